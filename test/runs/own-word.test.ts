import { describe, expect, test } from 'vitest';
import { defaultApprovals } from '../../src/core/default-approvals.ts';
import type { Draft } from '../../src/core/plan.ts';
import { actionOn, aRequest, granted, grounds } from './grounds.ts';

/** What is asked for comes of something by which the person has said that they mean it. */
const meant = { meant: true } as const;
const lowly = (machine: Parameters<typeof actionOn>[0]) => ({
  plan: async (...all: Parameters<ReturnType<typeof actionOn>['plan']>): Promise<Draft> => ({
    ...(await actionOn(machine).plan(...all)),
    risk: 'low',
  }),
  baseRisk: 'low' as const,
});
const machine = { release: '1.0', effects: [] };
const low = () => grounds({ action: lowly(machine), approvals: () => defaultApprovals });

describe('who has given their word already', () => {
  test('is asked for it no more: it begins at once and is done, with no vote of theirs', async () => {
    const { runner, find, time } = low();
    const run = granted(await runner.request(aRequest(meant)));
    expect([run.state, run.approval?.ownWord, run.votes]).toEqual(['approved', 'given', []]);
    runner.start();
    await time.pass(60_000);
    expect(await find(run.id)).toMatchObject({ state: 'succeeded', votes: [] });
    await runner.stop(0);
  });

  test('is asked for it where it comes of nothing', async () => {
    const run = granted(await low().runner.request(aRequest()));
    expect([run.state, run.approval?.ownWord]).toEqual(['waiting', undefined]);
  });

  test('still waits for everybody else', async () => {
    const { runner } = grounds({ approvals: () => defaultApprovals });
    const run = granted(await runner.request(aRequest(meant)));
    expect(run).toMatchObject({ state: 'waiting', approval: { name: 'one' } });
  });

  test('waits for others as well where the policy has begun to ask for them', async () => {
    let approvals = defaultApprovals;
    const { runner, find, time } = grounds({
      action: lowly(machine),
      approvals: () => approvals,
    });
    const run = granted(await runner.request(aRequest(meant)));
    const { production } = defaultApprovals;
    approvals = { ...defaultApprovals, production: { ...production, low: production.high } };
    runner.start();
    await time.pass(60_000);
    expect((await find(run.id)).state).toBe('superseded');
    await runner.stop(0);
  });
});
