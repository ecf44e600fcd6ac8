import { expect, test } from 'vitest';
import type { Ended, Run } from '../../src/core/run.ts';
import { planMessage } from '../../src/views/plan.ts';
import { runCard } from '../../src/views/run-card.ts';
import { asked, somePlan, someRun } from '../support/some-run.ts';

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
const shown = (change: Partial<Run>) =>
  textOf(runCard(someRun({ plan, ...change }), { now: asked + 1_000 }));
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
  const card = runCard(someRun({ ...child, state: 'approved' }), { now: asked });
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
