import { expect, test } from 'vitest';
import { realCode } from './code.ts';
import { interesting } from './interesting.ts';
import { simulate } from './simulate.ts';

/** `SIM_SCHEDULES` makes it as many as there is time for; `SIM_SEED` is one that failed, alone. */
const only = process.env.SIM_SEED;
const schedules = Number(process.env.SIM_SCHEDULES ?? 5_000);
const patience = { timeout: 120_000 + schedules * 200 };
const seeds = only ? [Number(only)] : Array.from({ length: schedules }, (_, seed) => seed);

test('whatever happens to incidents, every promise is kept or said aloud', patience, async () => {
  const all = new Map<string, number>();
  for (const seed of seeds) {
    const { verdict, seen } = await simulate(realCode, seed);
    expect(verdict, `SIM_SEED=${seed}`).toBeNull();
    for (const [what, times] of seen) all.set(what, (all.get(what) ?? 0) + times);
  }
  if (!only && schedules >= 1_000) {
    expect(interesting.filter((what) => !all.has(what))).toEqual([]);
  }
  if (process.env.SIM_SHOW) {
    const lines = [...all].toSorted().map((one) => one.join(': '));
    console.log(lines.join('\n'));
  }
});
