import { expect, test } from 'vitest';
import type { Health } from '../../../src/core/health.ts';
import type { Sample } from '../../../src/core/incidents.ts';
import type { Run } from '../../../src/core/run.ts';
import { figuresOf } from '../../../src/incidents/updating/figures-of.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 14, 0);
const target = { service: 'rms-auth', env: 'prod' };

const sample = (minutes: number, ...checks: Health[]): Sample => ({
  at: start + minutes * minute,
  health: checks.includes('down') ? 'down' : checks.includes('unknown') ? 'unknown' : 'up',
  checks: checks.map((health, index) => ({ name: `check ${index + 1}`, health, took: 12 })),
  errorRate: checks.filter((health) => health !== 'up').length / checks.length,
});

const incident = (last: number | null = null, about: typeof target | null = target) => ({
  target: about,
  times: { declared: start } as never,
  updates: { last } as never,
});

const run = (more: Partial<Run>): Run =>
  ({
    id: 'R-1',
    action: 'restart',
    target,
    state: 'succeeded',
    requestedBy: { id: 'U1', team: 'T1' },
    why: null,
    changedAt: start + 3 * minute,
    ...more,
  }) as Run;

const figures = (samples: Sample[], runs: Run[] = [], minutes = 5, last: number | null = null) =>
  figuresOf({ incident: incident(last), samples, runs, now: start + minutes * minute });

test('it says which checks fail, and what that was before', () => {
  const seen = [sample(0, 'up', 'up'), sample(5, 'up', 'down')];
  expect(figures(seen)).toMatchObject({
    health: 'rms-auth@prod is down: 1 of 2 checks fail (check 2 down).',
    change: 'It was healthy 5 m ago; 0 % → 50 % of checks fail.',
  });
});

test('what has not been looked at lately is not said to be as it was', () => {
  const old = [sample(0, 'up', 'up')];
  expect(figures(old).health).toBe('rms-auth@prod has not been checked lately.');
  expect(figures([]).health).toBe('rms-auth@prod has not been checked lately.');
});

test('a check that does not answer is not called healthy', () => {
  expect(figures([sample(5, 'up', 'unknown')]).health).toContain('not answering its checks');
});

test('without a service it says that nothing is checked', () => {
  const seen = figuresOf({ incident: incident(null, null), samples: [], runs: [], now: start });
  expect(seen.health).toBe('No service was named, so that nothing is checked.');
});

test('what was done since the last update stands there once, what goes on until it ends', () => {
  const runs = [
    run({}),
    run({ id: 'R-2', state: 'waiting', action: 'rollback' }),
    run({ id: 'R-3', state: 'failed', why: 'it did not come back' }),
  ];
  expect(figures([], runs)).toMatchObject({
    done: [
      'restart rms-auth@prod (R-1): done and proved, asked for by user:U1',
      'restart rms-auth@prod (R-3): failed, asked for by user:U1 – it did not come back',
    ],
    running: ['rollback rms-auth@prod (R-2): waits for approval, asked for by user:U1'],
  });
  expect(figures([], runs, 5, start + 4 * minute).done).toEqual([]);
});

test('what was turned down before anybody was asked is not called done', () => {
  const denied = { state: 'denied', why: 'It needs a reason.' } as const;
  const runs = [
    run({ ...denied, id: 'R-1', waitsUntil: null }),
    run({ ...denied, id: 'R-2', waitsUntil: start + 9 * minute, why: 'too risky' }),
  ];
  expect(figures([], runs).done).toEqual([
    'restart rms-auth@prod (R-2): denied, asked for by user:U1 – too risky',
  ]);
});
