import { describe, expect, test } from 'vitest';
import type { Ended, EndedOn, Ending, Run } from '../../../src/core/run.ts';
import { planMessage } from '../../../src/views/runs/plan.ts';
import { runCard } from '../../../src/views/runs/run-card.ts';
import { endNotice } from '../../../src/views/runs/run-end-notice.ts';
import { endedNotice } from '../../../src/views/runs/run-ended-notice.ts';
import { asked, somePlan, someRun } from '../../support/some-run.ts';

const at = asked + 3_600_000;
const plan = {
  ...somePlan,
  summary: 'Block 203.0.113.7 on rms-auth@prod for 1 h',
  revert: { action: 'unblock', params: { address: '203.0.113.7' }, after: 3_600_000 },
};
const textOf = (message: object): string =>
  [...JSON.stringify(message).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .join('\n');
const shown = (change: Partial<Run>) => textOf(runCard(someRun({ plan, ...change })));
const ending = (how?: Ended['how']) => ({ at, ended: how ? { how, by: 'R-2' } : null });

test('a plan says after how long it ends by itself, and as what', () => {
  const line = '*Ends by itself* 1 h after it has begun: `unblock 203.0.113.7`.';
  expect(shown({ state: 'waiting' })).toContain(line);
  expect(textOf(planMessage(plan))).toContain(line);
  expect(shown({ plan: somePlan })).not.toContain('Ends by itself');
});

test('once it has begun, its card says when it ends, and then how it did', () => {
  expect(shown({ state: 'succeeded', ending: ending() })).toContain(
    '*Ends by itself* <!date^1767326645^',
  );
  expect(shown({ state: 'succeeded', ending: ending('done') })).toContain(
    '*Ended by itself*, as the run `R-2`.',
  );
  expect(shown({ state: 'succeeded', ending: ending('replaced') })).toContain(
    '*Replaced* by the newer run `R-2`: that one says when it ends.',
  );
});

test('whoever asked hears that it has ended, where, and as what', () => {
  const text = textOf(endedNotice(someRun({ plan, state: 'succeeded', ending: ending('done') })));
  expect(text).toContain(
    'It has ended, as it was approved: *Block 203.0.113.7 on rms-auth@prod for 1 h*',
  );
  expect(text).toContain('*Ended by itself*, as the run `R-2`.');
  expect(text).toContain('`/auth run R7` shows all of it');
});

test('what could not be ended says what to type', () => {
  const text = shown({ state: 'interrupted', ending: ending('given-up') });
  expect(text).toContain('It should have ended');
  expect(text).toContain('End it by hand: `/auth unblock 203.0.113.7 rms-auth@prod`.');
});

const child: Partial<Run> = {
  id: 'R-2',
  action: 'unblock',
  parent: 'R7',
  plan: { ...somePlan, summary: 'Unblock 203.0.113.7 on rms-auth@prod' },
  requestedBy: { id: 'gatehouse', team: 'T1' },
  validUntil: at,
};

test('what ends another run names it, nobody is said to have asked, and nobody can decide about it', () => {
  const text = shown({ ...child, state: 'approved' });
  expect(text).toContain('Gatehouse began it by itself <!date^');
  expect(text).toContain('it ends what `R7` did, and was approved with that.');
  expect(text).not.toContain('<@');
  expect(text).not.toContain('The approval is good until');
  const card = runCard(someRun({ ...child, state: 'approved' }));
  expect(JSON.stringify(card)).not.toContain('run:deny');
});

test('why it cannot be planned yet stands on its card', () => {
  const why = 'It cannot be planned yet: no answer. It is tried again by itself.';
  expect(shown({ ...child, state: 'requested', plan: null, why })).toContain(why);
});

test('one without a step says that there was nothing left to do', () => {
  const empty = { ...somePlan, steps: [] };
  expect(shown({ ...child, state: 'succeeded', plan: empty })).toContain(
    'There was nothing left to do.',
  );
  expect(shown({ ...child, state: 'approved', plan: empty })).toContain(
    'Nothing: it is so already.',
  );
});

test.each(['failed', 'interrupted', 'superseded', 'expired', 'denied', 'compensated'] as const)(
  'one that is %s is said to be tried anew, and nobody is told to ask again',
  (state) => {
    const text = shown({ ...child, state, why: 'It went wrong.' });
    expect(text).toContain('tries it anew by itself');
    expect(text).not.toContain('ask for it again');
    expect(text).not.toContain('done by itself');
    expect(text).not.toContain('done again by itself');
  },
);

describe('what was done to all services', () => {
  const on: EndedOn = {
    'rms-auth': { how: 'done', by: 'R-2' },
    'rust-auth': null,
    'enterprise-auth': { how: 'replaced', by: 'R-9' },
    'identity-platform': { how: 'given-up', by: 'R-5' },
  };
  const target = { service: 'all', env: 'prod' };
  const all = (change: Partial<Ending>) =>
    shown({ state: 'succeeded', target, ending: { at, ended: null, on, ...change } });

  test('says where it has ended, how, and where not yet', () => {
    const text = all({});
    expect(text).toMatch(/\*Ends by itself\* <!date[^>]*>, not yet on rust-auth\./);
    expect(text).toContain('*Ended by itself* on rms-auth, as the run `R-2`.');
    expect(text).toContain('*Replaced* on enterprise-auth by the newer run `R-9`');
    expect(text).toContain('It should have ended* on identity-platform');
    expect(text).toContain('`/auth unblock 203.0.113.7 identity-platform@prod`');
  });

  test('says no more than when as long as it holds everywhere', () => {
    const text = all({ on: { 'rms-auth': null, 'rust-auth': null } });
    expect(text).toMatch(/\*Ends by itself\* <!date[^>]*>\./);
    expect(text).not.toContain('not yet');
  });

  test('says nothing of what is to come when all of it has ended', () => {
    const done = { how: 'done', by: 'R-2' } as const;
    const text = all({ ended: done, on: { 'rms-auth': done } });
    expect(text).toContain('*Ended by itself* on rms-auth, as the run `R-2`.');
    expect(text).not.toContain('Ends by itself');
  });
});

describe('the message about an end that did not work', () => {
  const told = (state: Run['state'], wasLastTry: boolean) =>
    textOf(
      endNotice(
        someRun({ ...child, state, why: 'It did not answer.', params: { address: '203.0.113.7' } }),
        wasLastTry,
      ),
    );

  test('says that what the other run did still holds, and what comes next', () => {
    const text = told('failed', false);
    expect(text).toContain('What `R7` did still holds: you had asked for that, or approved it.');
    expect(text).toContain('tries it anew by itself, in a run of its own, up to 12 times in all');
    expect(text).not.toContain('<@gatehouse>');
    expect(told('interrupted', false)).toContain('What `R7` did may still hold');
  });

  test.each(['failed', 'interrupted', 'denied', 'superseded', 'expired', 'compensated'] as const)(
    'says of the last try that nothing more is tried and what to type: %s',
    (state) => {
      const text = told(state, true);
      expect(text).toContain('It was the last of 12 tries');
      expect(text).toContain('End it by hand: `/auth unblock 203.0.113.7 rms-auth@prod`.');
      expect(text).not.toContain('anew');
    },
  );
});
