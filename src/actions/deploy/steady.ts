import type { On, Verdict } from '../../core/action.ts';
import { healthChecks } from '../proof.ts';

/** How often it is looked, and how many milliseconds lie between two looks. */
const looks = 10;
const pause = 100;

/**
 * What the probes see after a new release: all of them have to be up each time. A release that fails a part
 * of all requests is up when one looks once.
 */
export async function steadyChecks(on: On<'probes'>): Promise<Verdict['checks']> {
  let seen = await healthChecks(on);
  for (let look = 1; look < looks && seen.every(({ ok }) => ok); look += 1) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    seen = await healthChecks(on);
  }
  return seen;
}
