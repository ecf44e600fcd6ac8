import { expect, test } from 'vitest';
import { TargetError } from '../../../src/core/errors.ts';
import { createRunner } from '../../../src/runs/create-runner.ts';
import { faults } from './faults.ts';
import { type Code, simulate } from './simulate.ts';
import { withFault } from './with-fault.ts';

/** `SIM_SCHEDULES` makes it as many as there is time for; `SIM_SEED` is one that failed, alone. */
const only = process.env.SIM_SEED;
const schedules = Number(process.env.SIM_SCHEDULES ?? 300);
const patience = { timeout: 120_000 + schedules * 200 };
const seeds = only ? [Number(only)] : Array.from({ length: schedules }, (_, seed) => seed);

test('whatever happens, in any order, nothing happens that must not', patience, async () => {
  const code: Code = { createRunner, TargetError };
  const all = new Map<string, number>();
  for (const seed of seeds) {
    const { verdict, seen } = await simulate(code, seed);
    expect(verdict, `SIM_SEED=${seed}`).toBeNull();
    for (const [what, times] of seen) all.set(what, (all.get(what) ?? 0) + times);
  }
  if (!only) expect(interesting.filter((what) => !all.has(what))).toEqual([]);
  if (process.env.SIM_SHOW)
    console.log(
      [...all]
        .sort()
        .map((x) => x.join(': '))
        .join('\n'),
    );
});

/** What has to be among all that happens, for the rest to mean anything. */
const interesting = [
  'waiting → expired',
  'waiting → denied',
  'approved → expired',
  'approved → denied',
  'approved → cancelled',
  'claimed → superseded',
  'executing → interrupted',
  'executing → compensated',
  'executing → failed',
  'verifying → succeeded',
  'verifying → compensated',
  'run.verified-again',
  'run.ended',
  'run.replaced',
  'run.held',
  'taken down',
  'planned → denied',
];

/** Within so many schedules each of the mistakes must be found; most are within ten. */
const enough = 1_000;

test.each(faults)('it would be noticed if $name', patience, async (fault) => {
  const found = await withFault(fault, async (code) => {
    for (let seed = 0; seed < enough; seed += 1) {
      const { verdict } = await simulate(code, seed);
      if (verdict !== null) return { seed, verdict };
    }
    return null;
  });
  if (process.env.SIM_SHOW) console.log(fault.name, found);
  expect(found).not.toBeNull();
});
