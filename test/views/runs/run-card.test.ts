import { describe, expect, test } from 'vitest';
import type { StepOutcome } from '../../../src/core/action.ts';
import { isOver, type Run, runStates } from '../../../src/core/run.ts';
import type { Message } from '../../../src/views/blocks/message.ts';
import type { Audience } from '../../../src/views/runs/run-buttons.ts';
import { runButtons } from '../../../src/views/runs/run-buttons.ts';
import { runCard } from '../../../src/views/runs/run-card.ts';
import { runDetails } from '../../../src/views/runs/run-details.ts';
import { stateWords } from '../../../src/views/runs/run-words.ts';
import { asked, oneManager, somePlan, someRun, someYes } from '../../support/some-run.ts';

const shown = (change: Partial<Run> = {}, audience?: Audience): string =>
  textOf(runCard(someRun(change), audience && { audience }));

const textOf = (message: Message): string =>
  [...JSON.stringify(message).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`) as string)
    .join('\n');

const buttonsOf = (change: Partial<Run> = {}, audience?: Audience): string[] => {
  const { blocks } = runCard(someRun(change), audience && { audience });
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.map((one) => ('action_id' in one ? (one.action_id ?? '') : ''))
      : [],
  );
};

const step = (id: string, outcome: StepOutcome | null) => ({
  id,
  intentAt: asked + 70_000,
  outcome,
});

describe('a run that waits', () => {
  test('says what will happen, on what, why, how risky, whether it can be undone, and until when', () => {
    const text = shown();
    for (const sentence of [
      'Restart rms-auth@prod',
      '1. Restart the copy api\n2. Restart the copy worker',
      '*api*: pid 41, up',
      '<@UONCALL> asked <!date^1767323045^',
      '*Why:* memory leak since noon',
      '*Risk:* :large_orange_circle: high. People are signed out while it restarts.',
      '*Can it be undone?* No. What was in memory is gone.',
      '*Still needed:* 1 person with the role `manager`.',
      'The request expires <!date^1767323945^{date_short_pretty} at {time}|2026-01-02 03:19 UTC>',
      'Run `R7`  ·  Plan `01234567`',
    ]) {
      expect(text).toContain(sentence);
    }
  });

  test('shows who approved and what is still needed', () => {
    const approval = {
      ...oneManager,
      slots: [
        { n: 1, anyOf: ['manager'] },
        { n: 1, anyOf: ['manager', 'security'] },
      ],
    };
    const text = shown({ approval, votes: [{ ...someYes, note: 'go ahead' }] });
    expect(text).toContain('Approved by <@UMANAGER> (`manager`)');
    expect(text).toContain('go ahead');
    expect(text).toContain('*Still needed:* 1 person with the role `manager` or `security`.');
  });

  test('offers the decision to those who decide, and taking back to the one who asked', () => {
    expect(buttonsOf()).toEqual(['run:approve', 'run:deny', 'run:details']);
    expect(buttonsOf({}, 'requester')).toEqual(['run:cancel', 'run:details']);
  });

  test('offers nothing but a confirmation where the requester has to confirm', () => {
    const approval = { ...oneManager, slots: [], requesterConfirms: true };
    expect(buttonsOf({ approval })).toEqual(['run:confirm', 'run:details']);
    expect(buttonsOf({ approval }, 'requester')).toEqual([
      'run:confirm',
      'run:cancel',
      'run:details',
    ]);
    expect(shown({ approval })).toContain('the confirmation of <@UONCALL>');
  });

  describe('and is escalated', () => {
    const escalate = { after: 300_000, to: ['oncall:managers', 'role:a<b'] };
    const approval = { ...oneManager, escalate };
    const escalated = { to: escalate.to, people: ['UONE', 'UTWO'] };
    const firstOf = (change: Partial<Run>) =>
      JSON.stringify(runCard(someRun(change), { told: true }).blocks[1]);

    test('says beforehand who hears of it and when', () => {
      expect(shown({ approval })).toContain(
        'If nobody has decided it <!date^1767323345^{date_short_pretty} at {time}|2026-01-02 03:09 UTC>, `oncall:managers`, `role:a&lt;b` hears of it.',
      );
      expect(shown({ approval, state: 'denied' })).not.toContain('hears of it');
      expect(shown()).not.toContain('hears of it');
    });

    test('says afterwards who was told, also once it is over', () => {
      for (const state of ['waiting', 'succeeded', 'expired'] as const) {
        expect(shown({ approval, escalated, state })).toContain(
          '*Escalated:* nobody had decided it for 5 m, so <@UONE>, <@UTWO> heard of it (`oncall:managers`, `role:a&lt;b`).',
        );
      }
      expect(shown({ approval, escalated: { ...escalated, people: [] } })).toContain(
        'there is nobody to tell but those it is about',
      );
    });

    test('tells who hears of it why, and that it gives them no right, as long as it waits', () => {
      expect(firstOf({ approval, escalated })).toContain('being told gives nobody that right');
      expect(firstOf({ approval, escalated, state: 'approved' })).not.toContain('that right');
      expect(shown({ approval, escalated })).not.toContain('that right');
    });
  });

  test('carries the run and the plan in its buttons, and nothing else', () => {
    const values = [...JSON.stringify(runCard(someRun())).matchAll(/"value":"([^"]*)"/g)];
    expect(values.map(([, value]) => value)).toEqual(['R7.01234567', 'R7.01234567', 'R7.01234567']);
  });
});

describe('a run that does without the approvals of others', () => {
  const breakGlass = { reviewWithin: 60_000, deniedBy: ['manager'] };
  const approval = { ...oneManager, slots: [], requesterConfirms: true, breakGlass };
  const approved = {
    approval,
    state: 'approved' as const,
    votes: [{ ...someYes, kind: 'confirm' as const }],
  };

  test('can be denied by those who are told, until it has begun', () => {
    expect(buttonsOf({ approval })).toEqual(['run:confirm', 'run:details']);
    expect(buttonsOf(approved)).toEqual(['run:deny', 'run:details']);
    expect(buttonsOf(approved, 'requester')).toEqual(['run:cancel', 'run:details']);
    expect(buttonsOf({ ...approved, state: 'executing' })).toEqual(['run:details']);
    expect(shown(approved)).toContain('Until it has begun `/auth deny R7 "why not"` stops it');
    expect(shown({ ...approved, state: 'executing' })).not.toContain('/auth deny');
  });
});

describe('a run that is being done', () => {
  test('shows its phases, a bar and how long it takes', () => {
    const steps = [
      step('restart:api', { kind: 'done', seen: 'pid 77' }),
      step('restart:worker', null),
    ];
    const text = shown({ state: 'executing', steps, votes: [someYes] });
    expect(text).toContain('▓▓▓▓▓░░░░░ 2 of 4  begun <!date^1767323115^{ago}|at 03:05:15 UTC>');
    expect(text).toContain('✓ Restart the copy api – pid 77\n▶ Restart the copy worker\n○ Prove');
    expect(text).toContain('Approved by <@UMANAGER>');
  });

  test('cannot be decided or taken back any more', () => {
    for (const state of ['claimed', 'executing', 'verifying'] as const) {
      expect(buttonsOf({ state }, 'requester')).toEqual(['run:details']);
    }
  });
});

describe('a run that is over', () => {
  const steps = [step('restart:api', { kind: 'done', seen: 'pid 77' })];

  test('shows what was seen before and after', () => {
    const verdict = { ok: true, checks: [{ name: 'health', ok: true, seen: '200 in 3 ms' }] };
    const text = shown({ state: 'succeeded', steps, verdict, changedAt: asked + 75_000 });
    expect(text).toContain('*Seen before*\n*api*: pid 41, up');
    expect(text).toContain('*Seen after*\n✓ *health*: 200 in 3 ms');
    expect(text).toContain('took 5 s');
  });

  test.each<[Partial<Run>, string[]]>([
    [
      { state: 'failed', steps, why: 'health: 500.' },
      [
        'It did not work. Health: 500.',
        'Of the steps that were begun, 1 of 1 is done',
        '`/auth status rms-auth@prod`',
      ],
    ],
    [{ state: 'failed' }, ['It did not work.', 'Nothing was done']],
    [
      { state: 'interrupted', steps: [step('restart:api', null)] },
      [
        'It broke off',
        '? Restart the copy api – nobody knows whether it happened',
        'Nobody knows whether this happened: Restart the copy api.',
        'Nothing is done again by itself',
      ],
    ],
    [
      { state: 'denied', votes: [{ ...someYes, kind: 'deny', note: 'not during the match' }] },
      [
        '<@UMANAGER> denied it: not during the match.',
        'Nothing was done',
        '`/auth restart rms-auth@prod`',
      ],
    ],
    [
      { state: 'expired' },
      ['Not everybody who was needed approved it in time.', 'Nothing was done'],
    ],
    [{ state: 'expired', validUntil: asked }, ['could not begin before the approval ran out']],
    [{ state: 'cancelled' }, ['<@UONCALL> took it back.', 'Nothing was done']],
    [
      { state: 'superseded', why: 'pid 41 is pid 50' },
      ['Pid 41 is pid 50.', 'Nothing was done', 'What was approved does not hold any more'],
    ],
    [{ state: 'compensated', steps }, ['It did not work and was taken back.', '`/auth run R7`']],
  ])('says what happened, what still works and what to do: %j', (change, sentences) => {
    const text = shown(change);
    for (const sentence of sentences) expect(text).toContain(sentence);
    const unsure = ['failed', 'interrupted', 'compensated'].includes(change.state ?? '');
    expect(buttonsOf(change)).toEqual([...(unsure ? ['ask:look'] : []), 'run:details']);
  });

  test('offers to look at the target where nobody knows what became of it', () => {
    const target = { service: 'all', env: 'prod' };
    const [row] = runButtons(someRun({ state: 'interrupted', target }), 'deciders');
    expect(row?.elements[0]).toMatchObject({
      text: { text: 'Look at it now' },
      value: 'status all@prod',
    });
  });

  test('does not say that all is as before where something else has changed the target', () => {
    const text = shown({ state: 'superseded', why: 'pid 41 is down' });
    expect(text).toContain('Nothing was done.');
    expect(text).not.toContain('as before');
  });
});

test.each(runStates)('a run that is %s says so, with and without a plan', (state) => {
  const words = stateWords[state];
  expect(shown({ state })).toContain(words);
  expect(shown({ state, plan: null, approval: null })).toContain('restart rms-auth@prod');
  expect(buttonsOf({ state, plan: null })).toEqual([]);
});

test.each(runStates)(
  'what is planned is not told as what will happen once it cannot: %s',
  (state) => {
    const ahead = !isOver(state);
    const [told, never] = ['What will happen', 'What was planned'];
    const [does, not] = ahead ? [told, never] : [never, told];
    for (const verdict of [null, { ok: true, checks: [] }]) {
      const run = someRun({ state, verdict });
      const texts = [textOf(runCard(run)), textOf(runDetails({ run, trail: [] }))];
      for (const text of texts) expect(text).not.toContain(not);
      expect(texts[1]).toContain(does);
    }
    const begun = [{ id: 'restart:api', intentAt: asked, outcome: null }];
    expect(shown({ state, steps: begun })).not.toContain('as it is now');
  },
);

describe('a run that was superseded by another plan', () => {
  const [one] = somePlan.steps;
  const newPlan = {
    ...somePlan,
    steps: one ? [one] : [],
    facts: [{ name: 'api', value: 'pid 50, up', material: true }],
    risk: 'destructive' as const,
    hash: '89abcdef'.repeat(8),
  };
  const change = {
    state: 'superseded' as const,
    why: 'The plan would be another one now',
    newPlan,
  };

  test('shows the whole new plan instead of the old one, with a button that asks for it', () => {
    const text = shown(change);
    for (const sentence of [
      '*What would happen now*\n1. Restart the copy api',
      '*On what, as it is now*\n*api*: pid 50, up',
      '*Risk:* :red_circle: destructive',
      'Approved plan `01234567`  ·  New plan `89abcdef`',
      '*Ask for this plan* there asks for it anew',
    ]) {
      expect(text).toContain(sentence);
    }
    expect(text).not.toContain('Restart the copy worker');
    expect(buttonsOf(change)).toEqual(['run:again', 'run:details']);
    expect(JSON.stringify(runCard(someRun(change)))).toContain('"value":"R7.89abcdef"');
  });

  test('keeps what was approved under its details', () => {
    const details = textOf(runDetails({ run: someRun(change), trail: [] }));
    expect(details).toContain('*What would happen now*\n1. Restart the copy api');
    expect(details).toContain(
      '*What was planned*\n1. Restart the copy api\n2. Restart the copy worker',
    );
  });

  test('shows all of a long one under its details', () => {
    const steps = Array.from({ length: 20 }, (_, index) => ({
      ...somePlan.steps[0],
      id: `${index}`,
    }));
    const long = { ...newPlan, steps: steps as typeof somePlan.steps };
    expect(shown({ ...change, newPlan: long })).toContain('… and 9 more');
    const details = textOf(runDetails({ run: someRun({ ...change, newPlan: long }), trail: [] }));
    expect(details).toContain('20. Restart the copy api');
  });

  test('has no such button when it should have ended what another run did: that is tried again', () => {
    expect(buttonsOf({ ...change, parent: 'R1' })).toEqual(['run:details']);
  });
});

test('a very long plan says how much of it is left out, and keeps its buttons', () => {
  const [one] = somePlan.steps;
  if (!one) throw new Error('a plan without steps');
  const many = Array.from({ length: 90 }, (_, index) => ({ ...one, id: `${index}` }));
  const plan = { ...somePlan, steps: many };
  expect(shown({ plan })).toContain('… and 79 more');
  expect(buttonsOf({ plan })).toEqual(['run:approve', 'run:deny', 'run:details']);
  const details = textOf(runDetails({ run: someRun({ plan }), trail: [] }));
  expect(details).toContain('90. Restart the copy api');
});

test('a proof that did not succeed does not read as if it had', () => {
  const steps = [{ id: 'restart:api', intentAt: asked, outcome: null }];
  const verdict = { ok: false, checks: [{ name: 'health', ok: false, seen: '500' }] };
  expect(shown({ state: 'failed', steps, verdict })).toContain('✗ Prove that it works');
});
