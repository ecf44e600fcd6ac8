import { describe, expect, test } from 'vitest';
import type { RunnerOptions } from '../../src/runs/create-runner.ts';
import { escalateRun } from '../../src/runs/voting/escalate-run.ts';
import { approvalsAnywhere } from '../support/approvals-anywhere.ts';
import { aRequest, ballot, granted, grounds, storyOf } from './grounds.ts';
import { someTools } from './some-tools.ts';

const minute = 60_000;
const to = ['oncall:managers', 'user:s1'];

/** Whoever needs one manager hears after five minutes that nobody has decided; it expires after fifteen. */
function setUp(change: Partial<RunnerOptions> = {}) {
  const all = grounds();
  const high = { ...approvalsAnywhere.production.high, escalate: { after: 5 * minute, to } };
  const asked: (readonly string[])[] = [];
  const sent: string[] = [];
  const { runs } = all.store;
  const noted: typeof runs = {
    ...runs,
    transition: async (wanted) => {
      const done = await runs.transition(wanted);
      const rows = done.kind === 'done' ? wanted.messages : [];
      sent.push(...rows.filter(({ kind }) => kind === 'escalation').map((row) => row.to));
      return done;
    },
  };
  const options: Partial<RunnerOptions> = {
    runs: noted,
    approvals: () => ({
      ...approvalsAnywhere,
      production: { ...approvalsAnywhere.production, high },
    }),
    namedPeople: (names) => {
      asked.push(names);
      return ['m2', 's1'];
    },
    ...change,
  };
  const runner = all.runnerOver(options);
  /** Whom it was told, each as often as it was. */
  const told = () => sent;
  const ask = async (more = {}) => {
    const run = granted(await runner.request(aRequest(more)));
    runner.start();
    return run;
  };
  return { ...all, runner, asked, told, ask, another: () => all.runnerOver(options) };
}

describe('a request that nobody decides', () => {
  test('is told of once to those whom its approval names, and its record says to whom', async () => {
    const { runner, ask, told, asked, time, find, store } = setUp();
    const run = await ask();
    await time.pass(5 * minute - 1_000);
    expect([told(), (await find(run.id)).escalated]).toEqual([[], undefined]);
    await time.pass(2_000);
    expect(told()).toEqual(['user:m2', 'user:s1']);
    expect(asked.at(-1)).toEqual(to);
    expect(await find(run.id)).toMatchObject({
      state: 'waiting',
      escalated: { to, people: ['m2', 's1'] },
      waitsUntil: run.waitsUntil,
    });
    const [record] = await store.audit.find({ subject: run.id, limit: 1 });
    expect(record).toMatchObject({
      event: 'run.escalated',
      actor: 'gatehouse',
      facts: { named: to, told: ['m2', 's1'], after: 5 * minute, from: 'waiting', to: 'waiting' },
    });
    await time.pass(8 * minute);
    expect(told()).toEqual(['user:m2', 'user:s1']);
    expect(
      (await storyOf(store, run.id)).filter((line) => line.includes('escalated')),
    ).toHaveLength(1);
    await time.pass(3 * minute);
    expect((await find(run.id)).state).toBe('expired');
    await runner.stop(0);
  });

  test('is told of once by two processes, and by one that was started later', async () => {
    const { runner, another, ask, told, time } = setUp();
    await ask();
    const other = another();
    other.start();
    await time.pass(6 * minute);
    await runner.stop(0);
    const later = another();
    later.start();
    await time.pass(2 * minute);
    expect(told()).toEqual(['user:m2', 'user:s1']);
    await Promise.all([other.stop(0), later.stop(0)]);
  });

  test('is told of after a time in which nothing ran, as long as it still waits', async () => {
    const { runner, another, ask, told, time } = setUp();
    await ask();
    await runner.stop(0);
    time.jump(9 * minute);
    const later = another();
    later.start();
    await time.pass(2_000);
    expect(told()).toEqual(['user:m2', 'user:s1']);
    await later.stop(0);
  });

  test('is not told of when it has expired meanwhile', async () => {
    const { runner, another, ask, told, time, find } = setUp();
    const run = await ask();
    await runner.stop(0);
    time.jump(16 * minute);
    const later = another();
    later.start();
    await time.pass(2_000);
    expect([told(), (await find(run.id)).state]).toEqual([[], 'expired']);
    await later.stop(0);
  });
});

describe('nobody is told', () => {
  test.each(['approve', 'deny'] as const)('after somebody has decided: %s', async (kind) => {
    const { runner, ask, told, time, store } = setUp();
    const run = await ask();
    const lock = await store.locks.acquire('rms-auth@prod', 'somebody');
    granted(await runner.vote(ballot(run, 'm1', { kind })));
    await time.pass(6 * minute);
    expect(told()).toEqual([]);
    if ('fence' in lock) await lock.release();
    await runner.stop(0);
  });

  test('after it was taken back', async () => {
    const { runner, ask, told, time } = setUp();
    const run = await ask();
    granted(await runner.cancel(run.id, run.requestedBy as never));
    await time.pass(6 * minute);
    expect(told()).toEqual([]);
    await runner.stop(0);
  });

  test('before the database says that it is time, whatever the clock of the process says', async () => {
    const clock = { now: () => 4_000_000_000_000, monotonic: () => 0 };
    const { runner, ask, told, time } = setUp({ clock });
    await ask();
    await time.pass(4 * minute);
    expect(told()).toEqual([]);
    await runner.stop(0);
  });

  test('after its time is over, also before anybody has ended it', async () => {
    const { ask, told, time, find, store, runner } = setUp();
    const run = await ask();
    await runner.stop(0);
    time.jump(16 * minute);
    const { tools } = someTools({ clock: time.clock, namedPeople: () => ['m2'], runs: store.runs });
    await escalateRun(tools, run);
    expect([told(), (await find(run.id)).escalated]).toEqual([[], undefined]);
  });

  test('while it is not known who is behind the names; then it is made up for', async () => {
    let known: readonly string[] | null = null;
    const { runner, ask, told, time } = setUp({ namedPeople: () => known });
    await ask();
    await time.pass(7 * minute);
    expect(told()).toEqual([]);
    known = ['m2'];
    await time.pass(2_000);
    expect(told()).toEqual(['user:m2']);
    await runner.stop(0);
  });

  test('who has asked for it; when nobody else is there, it is written down', async () => {
    const { runner, ask, told, time, find } = setUp({ namedPeople: () => ['asker'] });
    const run = await ask();
    await time.pass(6 * minute);
    expect(told()).toEqual([]);
    expect((await find(run.id)).escalated).toEqual({ to, people: [] });
    await runner.stop(0);
  });

  test('whom it is about', async () => {
    const about = grounds({ action: { about: () => ['m2'] } });
    const high = { ...approvalsAnywhere.production.high, escalate: { after: 5 * minute, to } };
    const approvals = {
      ...approvalsAnywhere,
      production: { ...approvalsAnywhere.production, high },
    };
    const runner = about.runnerOver({
      approvals: () => approvals,
      namedPeople: () => ['m2', 's1'],
    });
    const run = granted(await runner.request(aRequest()));
    runner.start();
    await about.time.pass(6 * minute);
    expect((await about.find(run.id)).escalated?.people).toEqual(['s1']);
    await runner.stop(0);
  });
});

test('where jobs are taken, one is due when somebody is to be told, and one when it expires', async () => {
  const { runs, jobs } = grounds().store;
  const due: number[][] = [];
  const noted: typeof runs = {
    ...runs,
    transition: async (wanted) => {
      if (wanted.patch.state === 'waiting') due.push(wanted.jobs.map(({ dueIn }) => dueIn));
      return runs.transition(wanted);
    },
  };
  const { runner, ask } = setUp({ runs: noted, jobs });
  await jobs.ready();
  await ask();
  await runner.stop(0);
  expect(due).toEqual([[15 * minute + 100, 5 * minute + 100]]);
});

test('being told gives nobody a say: who may decide still may, and others still may not', async () => {
  const { runner, ask, time, find } = setUp();
  const run = await ask();
  await time.pass(6 * minute);
  expect(await runner.vote(ballot(run, 's1'))).toEqual({
    ok: false,
    error: { kind: 'not-eligible', roles: ['manager'] },
  });
  granted(await runner.vote(ballot(run, 'm2')));
  await time.pass(minute);
  expect((await find(run.id)).state).toBe('succeeded');
  await runner.stop(0);
});
