import type { Fault } from '../../support/faulty-code.ts';
import { simulate } from './simulate.ts';
import { withFault } from './with-fault.ts';

/** The first schedule in which the mistake is noticed, and as what; null when it is in none of so many. */
export const findFault = (
  fault: Fault,
  schedules: number,
): Promise<{ seed: number; verdict: string } | null> =>
  withFault(fault, async (code) => {
    for (let seed = 0; seed < schedules; seed += 1) {
      const { verdict } = await simulate(code, seed);
      if (verdict !== null) return { seed, verdict };
    }
    return null;
  });
