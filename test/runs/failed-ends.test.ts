import { expect, test } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import type { Target } from '../../src/core/target.ts';
import type { Runs } from '../../src/core/transition.ts';
import { failedEndPlaces, wasLastTry } from '../../src/runs/ending/end-places.ts';
import { usualTimes } from '../../src/runs/run-tools.ts';
import { someRun, someYes } from '../support/some-run.ts';
import { actionOn, aRequest, ballot, granted, grounds, spoilt } from './grounds.ts';

const ttl = 300_000;

/** What is put up for a while; what takes it down works from the so-many-th try on. */
function put(worksFrom: number) {
  let tries = 0;
  const machine = { release: '1', effects: [] };
  const plain = actionOn(machine);
  const up = actionOn(machine, {
    name: 'up',
    plan: async (params, on) => ({
      ...(await plain.plan(params, on)),
      revert: { action: 'down', params: {}, after: ttl },
    }),
  });
  const down = actionOn(machine, {
    name: 'down',
    execute: async (step) => {
      if (step.id !== 'one') return { kind: 'done', seen: 'down' };
      tries += 1;
      return tries < worksFrom ? { kind: 'failed', why: 'no' } : { kind: 'done', seen: 'down' };
    },
  });
  const ground = grounds();
  const told: [string, string][] = [];
  const runs: Runs = {
    ...ground.store.runs,
    transition: async (change) => {
      const done = await ground.store.runs.transition(change);
      const ends = change.messages.filter(({ kind }) => kind === 'end');
      if (done.kind === 'done')
        told.push(...ends.map(({ to }) => [change.id, to] as [string, string]));
      return done;
    },
  };
  const actions = [up, down];
  const runnerOver = (more: Runs = runs) =>
    ground.runnerOver({ actions, runs: more, times: { ...usualTimes, sweep: 20_000 } });
  const putUp = async (): Promise<Run> => {
    const runner = runnerOver();
    runner.start();
    const run = granted(await runner.request(aRequest({ action: 'up' })));
    granted(await runner.vote(ballot(run, 'm1')));
    await ground.time.pass(60_000);
    expect((await ground.find(run.id)).state).toBe('succeeded');
    told.length = 0;
    return run;
  };
  const children = (run: Run) => ground.store.runs.children(run.id);
  return { ...ground, told, runs, runnerOver, putUp, children };
}

test('when the end does not work, who asked for the run and who approved it are told, once', async () => {
  const { told, putUp, children, time } = put(4);
  const run = await putUp();
  await time.pass(2 * ttl);
  const tries = await children(run);
  expect(tries.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'succeeded']);
  const first = tries[0]?.id;
  expect(told).toEqual([
    [first, 'user:asker'],
    [first, 'user:m1'],
  ]);
});

test('when it is given up, they are told once more', async () => {
  const { told, putUp, children, time, find, store } = put(100);
  const run = await putUp();
  await time.pass(6_000_000);
  const tries = await children(run);
  expect((await find(run.id)).ending?.ended?.how).toBe('given-up');
  const [first, last] = [tries[0] as Run, tries[11] as Run];
  expect(told).toEqual(
    [first.id, last.id].flatMap((id) => ['user:asker', 'user:m1'].map((to) => [id, to])),
  );
  const lastOnes = await Promise.all([run, ...tries].map((one) => wasLastTry(store.runs, one)));
  expect(lastOnes).toEqual([...Array(12).fill(false), true]);
});

test('they are told once also when nobody knew whether that was written down', async () => {
  const { told, putUp, children, time, runs, runnerOver } = put(2);
  const run = await putUp();
  let lost = 0;
  const shaky = runnerOver(
    spoilt(runs, ({ messages }) => {
      if (!messages.some(({ kind }) => kind === 'end') || lost > 1) return null;
      lost += 1;
      return lost === 1 ? 'before' : 'after';
    }),
  );
  shaky.start();
  await time.pass(2 * ttl);
  expect((await children(run)).map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  expect(told).toHaveLength(2);
});

test('an end that works is told to nobody', async () => {
  const { told, putUp, time } = put(1);
  await putUp();
  await time.pass(2 * ttl);
  expect(told).toEqual([]);
});

const at = (service: string): Target => ({ service, env: 'prod' });
const open = { at: 1, ended: null };
const parent = someRun({ id: 'R-1', votes: [someYes], state: 'succeeded', ending: open });
const both = ['user:UONCALL', 'user:UMANAGER'];
const end = (change: Partial<Run> = {}): Run =>
  someRun({ id: 'R-2', parent: 'R-1', target: at('a'), state: 'failed', ...change });

test('each service of a run on all has its first and its last', () => {
  const other = end({ id: 'R-3', target: at('b') });
  expect(failedEndPlaces('executing', end(), { parent, tries: [other, end()] })).toEqual(both);
  const before = end({ id: 'R-0' });
  expect(failedEndPlaces('executing', end(), { parent, tries: [before, end()] })).toEqual([]);
  const eleven = Array.from({ length: 11 }, (_, n) => end({ id: `R-0${n}` }));
  expect(failedEndPlaces('executing', end(), { parent, tries: eleven })).toEqual(both);
  const few = [...eleven.slice(1), other];
  expect(failedEndPlaces('executing', end(), { parent, tries: few })).toEqual([]);
});

test('a try whose plan had changed is followed at once by another one: nobody is called for it', () => {
  const tries = [end({ id: 'R-0', state: 'superseded' })];
  expect(failedEndPlaces('claimed', end({ state: 'superseded' }), { parent, tries: [] })).toEqual(
    [],
  );
  expect(failedEndPlaces('executing', end(), { parent, tries })).toEqual(both);
  const eleven = Array.from({ length: 11 }, (_, n) => end({ id: `R-0${n}` }));
  const last = failedEndPlaces('claimed', end({ state: 'superseded' }), { parent, tries: eleven });
  expect(last).toEqual(both);
});

test('nobody is told of what a newer run has taken the place of, nor a second time', () => {
  const ended = { how: 'replaced', by: 'R-9' } as const;
  const replaced = { ...parent, ending: { at: 1, ended } };
  expect(failedEndPlaces('approved', end(), { parent: replaced, tries: [] })).toEqual([]);
  expect(failedEndPlaces('failed', end(), { parent, tries: [] })).toEqual([]);
});
