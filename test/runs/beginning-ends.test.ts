import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { Run } from '../../src/core/run.ts';
import type { Runs } from '../../src/core/transition.ts';
import { approveEnd, beginEnd } from '../../src/runs/ending/begin-end.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { asked, somePlan, someRun } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const revert = { action: 'restart', params: { back: true }, after: 60_000 };
const plan = { ...somePlan, revert } as Plan;
const parent = someRun({ id: 'R1', plan, ending: { at: asked, ended: null } });
const { target } = parent;

describe('what ends by itself is written down', () => {
  const cut = new Error('the line was cut');
  /** What comes of it when writing fails and these runs are found that undo the same. */
  const begun = (tries: Run[], from = parent) =>
    beginEnd(
      someTools({}, { create: () => Promise.reject(cut), children: async () => tries }).tools,
      from,
      target,
    ).then(() => 'it is there', String);

  test('as its plan says, for nobody in particular', async () => {
    const created: unknown[] = [];
    const create: Runs['create'] = async (...words) => {
      created.push(...words);
      return parent;
    };
    await beginEnd(someTools({}, { create }).tools, parent, target);
    const reason = 'R1 was approved to end by itself.';
    expect(created).toEqual([
      {
        id: 'R-1',
        action: 'restart',
        target,
        params: { back: true },
        reason,
        requestedBy: { id: 'gatehouse', team: 'T1' },
        parent: 'R1',
        askedIn: 'C1',
      },
      {
        event: 'run.requested',
        actor: 'gatehouse',
        facts: {
          agent: 'test',
          action: 'restart',
          service: 'rms-auth',
          env: 'prod',
          params: { back: true },
          reason,
          parent: 'R1',
        },
      },
    ]);
  });

  const elsewhere = { service: 'rust-auth', env: 'prod' };
  test.each<[string, Run[], string]>([
    ['somebody else was first', [someRun({ state: 'executing' })], 'it is there'],
    ['it was done before', [someRun({ state: 'succeeded' })], 'it is there'],
    [
      'one of several is on its way',
      [someRun({ state: 'failed' }), someRun({ state: 'approved' })],
      'it is there',
    ],
    ['all there were have failed', [someRun({ state: 'failed' })], 'Error: the line was cut'],
    ['there is none', [], 'Error: the line was cut'],
    [
      'there is one on another target',
      [someRun({ state: 'executing', target: elsewhere })],
      'Error: the line was cut',
    ],
  ])('once: where %s', async (_what, tries, became) => {
    expect(await begun(tries)).toBe(became);
  });

  test.each([
    ['says nothing of an end', someRun({ id: 'R1' })],
    ['is not there', someRun({ id: 'R1', plan: null })],
  ])('never where the plan %s', async (_what, from) => {
    expect(await begun([], from)).toBe('Error: the plan of R1 does not say how it ends');
  });
});

describe('what ends by itself may begin', () => {
  const end = someRun({ id: 'R2', parent: 'R1', state: 'requested', plan: null, approval: null });
  const nothing = { sleep: () => new Promise<void>(() => {}) };
  async function approved(run: Run, change: Partial<RunTools> = {}, found: Run | null = parent) {
    const all = someTools(
      { ...nothing, ...change },
      { find: async (id) => (id === 'R1' ? found : null) },
    );
    const became = await approveEnd(all.tools, run).catch(String);
    return { ...all, became, events: all.changes.map(({ audit }) => audit.event) };
  }

  test('once it is planned, covered by what was approved', async () => {
    const { became, changes, events } = await approved(end);
    expect(events).toEqual(['run.planned', 'run.approved']);
    expect(changes[0]).toMatchObject({
      patch: {
        state: 'planned',
        why: null,
        approval: {
          name: 'covered by its parent',
          slots: [],
          requesterConfirms: false,
          waits: 0,
          reason: 0,
          typedTarget: false,
        },
      },
      audit: { facts: { risk: 'high', steps: ['Do one', 'Do two'] } },
      messages: [],
    });
    expect(changes[0]?.audit.facts.summary).toEqual(expect.any(String));
    expect(changes[1]).toMatchObject({
      patch: { state: 'approved', validFor: 365 * 86_400_000 },
      audit: { facts: { approval: 'covered by its parent', parent: 'R1', of: '01234567' } },
      messages: [{ kind: 'card', to: 'C-approvals' }],
    });
    expect(became).toMatchObject({ state: 'approved' });
  });

  test('at once where it is planned already', async () => {
    expect((await approved({ ...end, state: 'planned' })).events).toEqual(['run.approved']);
  });

  test('not where what it undoes is not there', async () => {
    const why = 'Error: R2 undoes a run that there is not';
    expect((await approved(end, {}, null)).became).toBe(why);
    expect((await approved({ ...end, parent: null })).became).toBe(why);
  });

  const poor = { targets: { offer: async () => null } };
  const why = 'It cannot be planned yet: the target lacks lifecycle. It is tried again by itself.';

  test('not where it cannot be planned for the moment, which its card says', async () => {
    const { became, changes, events } = await approved(end, poor);
    expect(became).toEqual({ why, soon: false });
    expect(events).toEqual(['run.held']);
    expect(changes[0]).toMatchObject({
      patch: { why },
      messages: [{ kind: 'card', to: 'C-approvals' }],
    });
  });

  test('and what the card says of that stays', async () => {
    const { became, events } = await approved({ ...end, why: 'It was so before.' }, poor);
    expect(became).toEqual({ why, soon: false });
    expect(events).toEqual([]);
  });
});
