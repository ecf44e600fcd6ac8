import { expect, test } from 'vitest';
import { realCode } from '../runs/simulator/real-code.ts';
import { simulate } from '../runs/simulator/simulate.ts';

/** So many of the simulator's schedules notice most of what is wrong with the life of runs. */
const few = 40;

test('nothing happens in a few schedules that must not', async () => {
  for (let seed = 0; seed < few; seed += 1) {
    const { verdict } = await simulate(realCode, seed);
    expect(verdict, `seed ${seed}`).toBeNull();
  }
});
