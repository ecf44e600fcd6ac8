import { expect, test } from 'vitest';
import type { KillSwitch } from '../../src/core/kill-switch.ts';
import type { Directory } from '../../src/core/person.ts';
import { whyStopped } from '../../src/runs/why-stopped.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { aRequest, ballot, directoryOf, granted, grounds, storyOf } from './grounds.ts';
import { virtualTime } from './virtual-time.ts';

const engineer = { id: 'asker', team: 'T1' };
const managers = ['m1', 'm2'].map((id) => ({ id, team: 'T1' }));

/** A runner that heeds a kill switch. */
function stoppable(change: Parameters<typeof grounds>[0] = {}) {
  const { killSwitch } = memoryStore(virtualTime());
  const all = grounds({ ...change, stopped: () => whyStopped(killSwitch) });
  const resume = () => Promise.all(managers.map((one) => killSwitch.lift(one)));
  return { ...all, killSwitch, resume };
}

test('while changes are stopped nothing new is asked for, and the reason is said', async () => {
  const { runner, store, killSwitch, resume } = stoppable();
  await killSwitch.engage(engineer, 'login storm');
  const why = 'All changes are stopped: login storm.';
  expect(await runner.request(aRequest())).toEqual({ ok: false, error: { kind: 'stopped', why } });
  expect(await store.audit.find({ limit: 10 })).toEqual([]);
  expect((await runner.preview(aRequest())).ok).toBe(true);
  await resume();
  granted(await runner.request(aRequest()));
});

test('while the switch cannot be read nothing is asked for either', async () => {
  const killSwitch: Pick<KillSwitch, 'state'> = {
    state: () => Promise.reject(new Error('no database')),
  };
  const { runner } = grounds({ stopped: () => whyStopped(killSwitch) });
  const refused = await runner.request(aRequest());
  expect(refused).toMatchObject({ ok: false, error: { kind: 'stopped' } });
  expect(JSON.stringify(refused)).toContain('cannot be read, so none is made: no database');
});

test('what was approved waits while changes are stopped, and begins after two people let them go on', async () => {
  const { runner, killSwitch, time, find, machine, resume } = stoppable();
  const run = granted(await runner.request(aRequest()));
  await killSwitch.engage(engineer, 'login storm');
  granted(await runner.vote(ballot(run, 'm1')));
  runner.start();
  await time.pass(30_000);
  expect((await find(run.id)).state).toBe('approved');
  await killSwitch.lift({ id: 'm1', team: 'T1' });
  await time.pass(30_000);
  expect(machine.effects).toEqual([]);
  await resume();
  await time.pass(20_000);
  expect(await find(run.id)).toMatchObject({ state: 'succeeded' });
  await runner.stop(0);
});

test('what waited begins within two seconds after that, however long it had waited, and asked nobody meanwhile', async () => {
  let asked = 0;
  const { standing } = directoryOf(grounds().house);
  const directory: Directory = {
    standing: (...about) => {
      asked += 1;
      return standing(...about);
    },
  };
  const { runner, killSwitch, time, find, machine, resume } = stoppable({ directory });
  const runs = [await runner.request(aRequest()), await runner.request(aRequest())].map(granted);
  await killSwitch.engage(engineer, 'login storm');
  for (const run of runs) granted(await runner.vote(ballot(run, 'm1')));
  runner.start();
  await time.pass(1_000);
  asked = 0;
  await time.pass(400_000);
  expect([asked, machine.effects]).toEqual([0, []]);
  await resume();
  await time.pass(2_000);
  expect(machine.effects.slice(0, 2)).toEqual(['one', 'two']);
  await time.pass(10_000);
  for (const run of runs) expect((await find(run.id)).state).toMatch(/succeeded|superseded/);
  await runner.stop(0);
});

test('what waits takes no lock meanwhile: whoever looks sees nobody at work', async () => {
  const all = stoppable();
  let taken = 0;
  const runner = all.runnerOver({
    locks: {
      ...all.store.locks,
      acquire: (...about) => {
        taken += 1;
        return all.store.locks.acquire(...about);
      },
    },
  });
  const run = granted(await runner.request(aRequest()));
  await all.killSwitch.engage(engineer, 'login storm');
  granted(await runner.vote(ballot(run, 'm1')));
  runner.start();
  await all.time.pass(60_000);
  expect(taken).toBe(0);
  await runner.stop(0);
});

test('a step whose intent is written down does not begin either', async () => {
  const all = stoppable();
  const { runs } = all.store;
  const runner = all.runnerOver({
    runs: {
      ...runs,
      transition: async (change) => {
        const done = await runs.transition(change);
        if (change.audit.event === 'run.step-begun') await all.killSwitch.engage(engineer, 'now');
        return done;
      },
    },
  });
  const run = granted(await runner.request(aRequest()));
  granted(await runner.vote(ballot(run, 'm1')));
  await all.time.pass(20_000);
  expect(all.machine.effects).toEqual([]);
  expect(await all.find(run.id)).toMatchObject({
    state: 'failed',
    why: 'Do one: all changes were stopped before it began.',
  });
  expect(await storyOf(all.store, run.id)).toContain('run.step-failed gatehouse');
});
