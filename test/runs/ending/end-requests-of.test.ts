import { expect, test } from 'vitest';
import type { Transition } from '../../../src/core/transition.ts';
import { aRequest, ballot, granted, grounds, storyOf } from '../grounds.ts';

const ended = {
  person: { id: 'asker', team: 'T1' },
  why: 'Who asked for it was offboarded by R-9. Nothing was done.',
  actor: 'user:T1/boss',
};

test('what somebody asked for and nobody has begun is ended, and nobody else’s', async () => {
  const { runner, find, store, machine } = grounds();
  const waiting = granted(await runner.request(aRequest()));
  const others = granted(
    await runner.request(aRequest({ by: { id: 'm2', team: 'T1', roles: ['oncall'] } })),
  );
  await runner.endRequestsOf(ended);
  expect(await find(waiting.id)).toMatchObject({ state: 'cancelled', why: ended.why });
  expect(await find(others.id)).toMatchObject({ state: 'waiting' });
  expect((await storyOf(store, waiting.id)).at(-1)).toBe('run.cancelled user:T1/boss');
  expect(machine.effects).toEqual([]);
});

test('a vote that comes in at the same moment does not save it', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { runner, find, machine } = grounds();
    const run = granted(await runner.request(aRequest()));
    await Promise.all([runner.endRequestsOf(ended), runner.vote(ballot(run, 'm1'))]);
    expect((await find(run.id)).state).toBe('cancelled');
    expect(machine.effects).toEqual([]);
  }
});

test('a second time nothing is left to end', async () => {
  const { runner, find } = grounds();
  const run = granted(await runner.request(aRequest()));
  await runner.endRequestsOf(ended);
  const { version } = await find(run.id);
  await runner.endRequestsOf(ended);
  expect((await find(run.id)).version).toBe(version);
  expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({
    ok: false,
    error: { kind: 'already', state: 'cancelled' },
  });
});

test('what was approved and could not begin is ended too', async () => {
  const { runner, find, store, machine } = grounds();
  await store.locks.acquire('rms-auth@prod', 'user:T1/somebody');
  const run = granted(await runner.request(aRequest()));
  await runner.vote(ballot(run, 'm1'));
  expect((await find(run.id)).state).toBe('approved');
  await runner.endRequestsOf(ended);
  expect((await find(run.id)).state).toBe('cancelled');
  expect(machine.effects).toEqual([]);
});

test.each([
  ['requested', 'planned'],
  ['planned', 'waiting'],
] as const)('what is only %s by then is ended before it is %s', async (_from, to) => {
  const { runnerOver, find, store } = grounds();
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const transition = async (change: Transition) => {
    if (change.patch.state === to) await held;
    return store.runs.transition(change);
  };
  const slow = runnerOver({ runs: { ...store.runs, transition } });
  const asked = slow.request(aRequest());
  await new Promise((resolve) => setImmediate(resolve));
  await runnerOver().endRequestsOf(ended);
  goOn();
  expect((await asked).ok).toBe(false);
  expect(await find('R-1')).toMatchObject({ state: 'cancelled', why: ended.why });
});

test('somebody else of that id, in another workspace, goes on asking', async () => {
  const { runner, find } = grounds();
  const by = { id: 'asker', team: 'T2', roles: ['oncall'] };
  const run = granted(await runner.request(aRequest({ by })));
  await runner.endRequestsOf(ended);
  expect((await find(run.id)).state).toBe('waiting');
});

test('what has been begun by the time it is looked at is left to itself', async () => {
  const { runner, runnerOver, find, store, time, machine } = grounds();
  const run = granted(await runner.request(aRequest()));
  const late = runnerOver({
    runs: {
      ...store.runs,
      async inStates(states) {
        const found = await store.runs.inStates(states);
        granted(await runner.vote(ballot(run, 'm1')));
        await time.pass(60_000);
        return found;
      },
    },
  });
  await late.endRequestsOf(ended);
  expect(await find(run.id)).toMatchObject({ state: 'succeeded', why: null });
  expect(machine.effects).toEqual(['one', 'two']);
});
