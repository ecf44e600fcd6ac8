import { expect, test } from 'vitest';
import { interesting } from './interesting.ts';
import { realCode } from './real-code.ts';
import { simulate } from './simulate.ts';

/** `SIM_SCHEDULES` makes it as many as there is time for; `SIM_SEED` is one that failed, alone. */
const only = process.env.SIM_SEED;
const schedules = Number(process.env.SIM_SCHEDULES ?? 5_000);
const patience = { timeout: 120_000 + schedules * 200 };
const seeds = only ? [Number(only)] : Array.from({ length: schedules }, (_, seed) => seed);

test('whatever happens, in any order, nothing happens that must not', patience, async () => {
  const all = new Map<string, number>();
  for (const seed of seeds) {
    const { verdict, seen } = await simulate(realCode, seed);
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
