import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Json } from '../../src/core/json.ts';
import type { Run } from '../../src/core/run.ts';
import { planHash } from '../../src/runs/planning/plan-hash.ts';
import { usualTimes } from '../../src/runs/run-tools.ts';
import { realSleep } from '../../src/runs/sleep.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { changeOf, declarer } from '../contracts/incidents.ts';
import { entry, newRun } from '../contracts/runs.ts';
import { actionOn, aRequest, ballot, granted, grounds } from '../runs/grounds.ts';
import { realClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { makeOldDatabase, type OldRun } from './old-database.ts';

/** The approvals of production as the version before had them: nothing in them about proofs. */
const one: Json = {
  name: 'one',
  slots: [{ n: 1, anyOf: ['manager'] }],
  requesterConfirms: false,
  waits: 900_000,
  validFor: 600_000,
  reason: 0,
  typedTarget: false,
};
const steps = ['one', 'two'];
const intent = (id: string, outcome: Json) => ({ id, intentAt: 1_700_000_000_000, outcome });
const done = { kind: 'done', seen: 'did it' };

const { runnerOver, machine } = grounds();

/** Its plan as the version before kept it: what its policy was is in the hash and nowhere else. */
async function oldPlan(service: string) {
  const draft = await actionOn(machine).plan({}, {} as never);
  const about = { action: 'restart', version: 1, target: { service, env: 'prod' }, params: {} };
  return {
    ...draft,
    ...about,
    hash: planHash(draft, { ...about, policyVersion: 'the one before' }),
  };
}

async function oldRuns(): Promise<OldRun[]> {
  const run = async (state: string, more: Partial<OldRun> = {}, service = state) => {
    const plan = await oldPlan(service);
    const vote = { person: 'm1', kind: 'approve', roles: ['manager'], note: null, at: 1 };
    const votes = state === 'waiting' ? [] : [{ ...vote, planHash: plan.hash }];
    const id = `R-${service}`;
    return { id, state, service, plan: plan as unknown as Json, approval: one, votes, ...more };
  };
  const valid = { validFor: 600_000 };
  return [
    await run('planned'),
    await run('waiting', { waitsFor: 900_000 }),
    await run('approved', valid),
    await run('claimed', { ...valid, holds: -1_000 }),
    await run('executing', { ...valid, steps: [intent('one', null)], holds: -1_000 }),
    await run('verifying', { ...valid, steps: steps.map((id) => intent(id, done)) }),
    await run('executing', { ...valid, steps: [intent('one', null)], holds: 4_000 }, 'alive'),
  ];
}

const folder = tempFolder();
let store: Store;
let runner: ReturnType<typeof runnerOver>;
const upgrade = async () => {
  await makeOldDatabase(folder.path, await oldRuns());
  store = await openStore({ dataDir: folder.path, log: quietLog, clock: realClock });
  const { runs, locks, tally } = store;
  const times = { ...usualTimes, planning: 1_000, sweep: 100, verifyPauses: [] };
  const real = { clock: realClock, sleep: realSleep, times };
  runner = runnerOver({ runs, locks, tally, ...real });
  runner.start();
};
beforeAll(upgrade);
afterAll(async () => {
  await runner.stop(1_000);
  await store.close();
  await folder.remove();
});

const find = async (id: string): Promise<Run> =>
  (await store.runs.find(id)) ?? expect.fail(`${id} is gone`);
const becomes = async (id: string, state: Run['state']): Promise<Run> => {
  await expect.poll(async () => (await find(id)).state).toBe(state);
  return find(id);
};

describe('what the version before has left in its database', () => {
  test('what was approved is not done: its plan is another one now, and that is said', async () => {
    const { why } = await becomes('R-approved', 'superseded');
    expect(why).toMatch(/The plan would be another one now .* Nothing was done\.$/);
  });

  test('what waits can be approved with the code on its card, and is not done either', async () => {
    const run = await find('R-waiting');
    expect(run.state).toBe('waiting');
    granted(await runner.vote(ballot(run, 'm1')));
    expect((await becomes('R-waiting', 'superseded')).why).toContain('Nothing was done.');
  });

  test('what was claimed is over, and what was never put to anybody too', async () => {
    expect((await becomes('R-claimed', 'superseded')).why).toContain('Nothing was done.');
    expect((await becomes('R-planned', 'failed')).why).toContain('Nothing was done.');
  });

  test('what had begun is interrupted, with what a look at the target shows', async () => {
    const { why, steps: kept } = await becomes('R-executing', 'interrupted');
    expect(why).toMatch(/stopped in the middle.*Do one: it seems not done.*Not begun: Do two/);
    expect(kept[0]?.outcome?.kind).toBe('unknown');
  });

  test('what was only to be verified is verified again, which changes nothing', async () => {
    expect((await becomes('R-verifying', 'succeeded')).verdict?.ok).toBe(true);
  });

  test('what another process still held is found once its hold is over', async () => {
    await becomes('R-alive', 'interrupted');
  });

  test('nothing of it was done, nothing of it ends by itself, and the audit is whole', async () => {
    expect(machine.effects).toEqual([]);
    expect((await find('R-approved')).ending).toBeNull();
    expect(await store.runs.toEnd()).toEqual([]);
    const records = await store.audit.find({ subject: 'R-approved', limit: 10 });
    expect(records.map(({ event }) => event)).toEqual([
      'run.superseded',
      'run.claimed',
      'run.approved',
    ]);
  });

  test('a new request goes through it all', async () => {
    const run = granted(
      await runner.request(aRequest({ target: { service: 'new', env: 'prod' } })),
    );
    granted(await runner.vote(ballot(run, 'm1')));
    await becomes(run.id, 'succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('incidents are kept beside it, with their own runs and none of the old ones', async () => {
    const { incidents, runs, audit, outbox, presence } = store;
    const first = await declarer(() => incidents)();
    const to = 'C-upgraded';
    const news = [{ kind: 'incident', to, urgency: 1 } as const];
    expect((await incidents.transition(changeOf(first, {}, news))).kind).toBe('done');
    const run = await runs.create(newRun({ incident: first.id }), entry('run.requested'));
    expect((await runs.ofIncident(first.id)).map(({ id }) => id)).toEqual([run.id]);
    const records = await audit.find({ incident: first.id, limit: 10 });
    expect(records.map(({ subject }) => subject)).toEqual([run.id, first.id, first.id]);
    expect(await find('R-approved')).not.toHaveProperty('incident');
    expect(await outbox.standing(first.id, 'incident', to)).toBeNull();
    expect(await presence.beat()).toBeNull();
    expect(await audit.verify()).toMatchObject({ ok: true });
  });
});
