import { describe, expect, test } from 'vitest';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import type { Window } from '../../src/core/window.ts';
import { windowAtClaim } from '../../src/runs/asking/run-window.ts';
import type { RunnerOptions } from '../../src/runs/create-runner.ts';
import { approvalsAnywhere } from '../support/approvals-anywhere.ts';
import { someIncident } from '../support/some-incident.ts';
import { someRun } from '../support/some-run.ts';
import { aRequest, ballot, granted, grounds } from './grounds.ts';
import { someTools } from './some-tools.ts';

const workingHours: Window = {
  hours: [
    {
      days: [1, 2, 3, 4],
      from: 8 * 60,
      to: 16 * 60,
      zone: 'Europe/Berlin',
      written: 'Mon-Thu 08:00-16:00 Europe/Berlin',
    },
  ],
};
/** A Monday. */
const open = Date.parse('2026-11-23T14:30:00Z');
const closing = Date.parse('2026-11-23T15:00:00Z');
const opensNext = { at: Date.parse('2026-11-24T07:00:00Z'), zone: 'Europe/Berlin' };
const target = { service: 'rms-auth', env: 'prod' };

interface Given {
  windows?: Record<string, Record<string, Window>>;
  breakGlass?: BreakGlassRule;
  options?: Partial<RunnerOptions>;
}

/** Restarting in production has its hours, and it is that moment for the database. */
function setUp(at: number, { windows, breakGlass, options }: Given = {}) {
  const all = grounds();
  all.time.jump(at - all.time.clock.now());
  const approvals = () => ({
    ...approvalsAnywhere,
    windows: windows ?? { production: { restart: workingHours } },
    ...(breakGlass && { breakGlass }),
  });
  const runner = all.runnerOver({ approvals, breakGlass: all.store.breakGlass, ...options });
  return { ...all, runner };
}

describe('at the request', () => {
  test('what is asked for within its hours is asked for', async () => {
    const { runner } = setUp(open);
    expect(granted(await runner.request(aRequest())).state).toBe('waiting');
  });

  test('what is asked for outside of them is refused, with when it may be and who could', async () => {
    const { runner, find, store, machine } = setUp(closing);
    expect(await runner.request(aRequest())).toEqual({
      ok: false,
      error: {
        kind: 'outside-window',
        action: 'restart',
        target: 'rms-auth@prod',
        place: 'production',
        hours: ['Mon-Thu 08:00-16:00 Europe/Berlin'],
        opens: opensNext,
        inIncident: false,
        breakGlass: null,
      },
    });
    expect(await find('R-1')).toMatchObject({
      state: 'denied',
      why: 'restart may begin on rms-auth@prod only Mon-Thu 08:00-16:00 Europe/Berlin. It can be asked for again on Tuesday 24 November 2026 at 08:00 (Europe/Berlin). Nothing was done.',
    });
    const [last] = await store.audit.find({ subject: 'R-1', limit: 1 });
    expect(last).toMatchObject({ event: 'run.refused' });
    expect(machine.effects).toEqual([]);
  });

  test('nothing is asked of the target for it', async () => {
    const looked: string[] = [];
    const all = grounds({
      action: {
        precheck: async () => {
          looked.push('precheck');
          return { ok: true, checks: [] };
        },
      },
    });
    all.time.jump(closing - all.time.clock.now());
    const windows = { prod: { restart: workingHours } };
    const runner = all.runnerOver({ approvals: () => ({ ...approvalsAnywhere, windows }) });
    expect((await runner.request(aRequest())).ok).toBe(false);
    expect(looked).toEqual([]);
  });

  test.each<[string, Record<string, Record<string, Window>>, boolean]>([
    ['said for another action', { production: { deploy: workingHours } }, true],
    ['said for what is not production', { elsewhere: { restart: workingHours } }, true],
    ['said for another environment', { live: { restart: workingHours } }, true],
    ['said for the environment by its name', { prod: { restart: workingHours } }, false],
  ])('%s, it is let in: %s', async (_what, windows, let_in) => {
    const { runner } = setUp(closing, { windows });
    expect((await runner.request(aRequest())).ok).toBe(let_in);
  });

  test('what is said for the environment by its name comes before what is said for production', async () => {
    const whole = {
      ...workingHours,
      hours: workingHours.hours.map((one) => ({ ...one, to: 1_440 })),
    };
    const windows = { production: { restart: workingHours }, prod: { restart: whole } };
    expect((await setUp(closing, { windows }).runner.request(aRequest())).ok).toBe(true);
  });

  test('it is the clock of the database that counts, not that of the process', async () => {
    const wrong = { now: () => open, monotonic: () => 0 };
    const { runner } = setUp(closing, { options: { clock: wrong } });
    expect(await runner.request(aRequest())).toMatchObject({ error: { kind: 'outside-window' } });
  });
});

describe('under the lock', () => {
  test('what was approved in time and would begin too late is ended, with nothing done', async () => {
    const { runner, find, machine, time, store } = setUp(closing - 1_000);
    const run = granted(await runner.request(aRequest()));
    const lock = await store.locks.acquire('rms-auth@prod', 'somebody');
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(0);
    time.jump(1_000);
    if ('fence' in lock) await lock.release();
    runner.start();
    await time.pass(5_000);
    await runner.stop(0);
    expect(await find(run.id)).toMatchObject({
      state: 'denied',
      why: expect.stringContaining('again on Tuesday 24 November 2026 at 08:00 (Europe/Berlin)'),
    });
    expect(machine.effects).toEqual([]);
    expect(await store.locks.holders('rms-auth@prod')).toEqual([]);
  });

  test('it is the clock of the database that counts, not that of the process', async () => {
    const wrong = { now: () => closing - 60_000, monotonic: () => 0 };
    const { runner, find, machine, time, store } = setUp(closing - 1_000, {
      options: { clock: wrong },
    });
    const run = granted(await runner.request(aRequest()));
    const lock = await store.locks.acquire('rms-auth@prod', 'somebody');
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(0);
    time.jump(1_000);
    if ('fence' in lock) await lock.release();
    runner.start();
    await time.pass(5_000);
    await runner.stop(0);
    expect([(await find(run.id)).state, machine.effects]).toEqual(['denied', []]);
  });

  test('what begins in time is done, also when it ends too late', async () => {
    const { runner, find, machine, time } = setUp(closing - 120_000);
    const run = granted(await runner.request(aRequest()));
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(119_000);
    expect((await find(run.id)).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });
});

test('no hours keep what was approved to end by itself', async () => {
  const windows = { production: { restart: workingHours } };
  const { tools } = someTools({ approvals: () => ({ ...approvalsAnywhere, windows }) });
  const run = someRun({ action: 'restart', target, state: 'approved' });
  expect(await windowAtClaim(tools, run, closing)).toMatchObject({ kind: 'never' });
  expect(await windowAtClaim(tools, { ...run, parent: 'R-0' }, closing)).toBeNull();
});

describe('who could do it anyway', () => {
  const rule: BreakGlassRule = {
    roles: ['oncall'],
    onCall: ['primary'],
    never: [],
    notify: { roles: ['manager'], channel: 'C-security' },
    perPerson: 2,
    global: 5,
    review: { by: ['manager'], within: 86_400_000 },
  };
  const reason = 'nobody answers and nobody can sign in';

  test('break-glass does not wait for the hours, and a refusal says who has it', async () => {
    const { runner, house, machine, time, find } = setUp(closing, { breakGlass: rule });
    expect(await runner.request(aRequest())).toMatchObject({
      error: { breakGlass: { roles: ['oncall'], onCall: ['primary'] } },
    });
    house.roles.set('asker', ['oncall', 'primary']);
    const run = granted(await runner.request(aRequest({ reason, breakGlass: true })));
    const sure = { kind: 'confirm' as const, typedTarget: 'rms-auth@prod' };
    granted(await runner.vote(ballot(run, 'asker', sure)));
    await time.pass(60_000);
    expect((await find(run.id)).state).toBe('succeeded');
    expect(machine.effects).toEqual(['one', 'two']);
  });

  test('it is said of nobody where break-glass never counts, and asking for it does not help', async () => {
    const { runner, machine } = setUp(closing, { breakGlass: { ...rule, never: ['restart'] } });
    expect(await runner.request(aRequest())).toMatchObject({ error: { breakGlass: null } });
    expect(await runner.request(aRequest({ reason, breakGlass: true }))).toMatchObject({
      error: { kind: 'break-glass', why: 'never' },
    });
    expect(machine.effects).toEqual([]);
  });

  const inIncident = { production: { restart: { ...workingHours, inIncident: true as const } } };
  const found = (change: Parameters<typeof someIncident>[1]) => ({
    incidentOf: async () => someIncident(7, { target, state: 'mitigating', ...change }),
  });

  test.each<[string, Given, boolean]>([
    ['in an open one about it', { windows: inIncident, options: found({}) }, true],
    ['in one that is over', { windows: inIncident, options: found({ state: 'resolved' }) }, false],
    [
      'in one about something else',
      { windows: inIncident, options: found({ target: null }) },
      false,
    ],
    ['in an open one where nobody says that it may', { options: found({}) }, false],
  ])('%s it is let in as said', async (_where, given, may) => {
    const { runner } = setUp(closing, given);
    const asked = await runner.request(aRequest({ incident: 'INC-7' }));
    expect(asked.ok || asked.error.kind).toBe(may || 'outside-window');
  });

  test('without naming the incident it is refused, and says that one would do', async () => {
    const { runner } = setUp(closing, { windows: inIncident, options: found({}) });
    expect(await runner.request(aRequest())).toMatchObject({ error: { inIncident: true } });
  });

  test('when the incident is over before it begins, it is ended; while it cannot be read, it waits', async () => {
    let state: 'mitigating' | 'resolved' | null = 'mitigating';
    const incidentOf = async () => {
      if (state === null) throw new Error('the database does not answer');
      return someIncident(7, { target, state });
    };
    const all = setUp(closing, { windows: inIncident, options: { incidentOf } });
    const { runner, time, find, machine } = all;
    const run = granted(await runner.request(aRequest({ incident: 'INC-7' })));
    state = null;
    granted(await runner.vote(ballot(run, 'm1')));
    runner.start();
    await time.pass(30_000);
    expect((await find(run.id)).state).toBe('approved');
    state = 'resolved';
    await time.pass(30_000);
    await runner.stop(0);
    expect((await find(run.id)).state).toBe('denied');
    expect(machine.effects).toEqual([]);
  });
});
