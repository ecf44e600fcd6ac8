import type { On, Verdict } from '../core/action.ts';
import type { Plan } from '../core/plan.ts';
import { healthChecks } from './proof.ts';

/**
 * What the probes see after a change that is no cure for what was wrong before: a service under attack is
 * not well yet, and the change has worked all the same. None may be worse than the plan has seen it.
 */
export async function notWorseChecks(
  { facts }: Pick<Plan, 'facts'>,
  on: On<'probes'>,
): Promise<Verdict['checks']> {
  const before = new Map(facts.map(({ name, value }) => [name, wellness(value)]));
  return (await healthChecks(on)).map((check) => {
    const isAsBefore = !check.ok && wellness(check.seen) >= (before.get(check.name) ?? well);
    return isAsBefore ? { ...check, ok: true, seen: `${check.seen}, no worse than before` } : check;
  });
}

const order = ['down', 'unknown', 'degraded', 'up'];
const well = order.indexOf('up');

/** How well `up: 200 in 3 ms` and the like is: the more the better. */
export const wellness = (seen: string): number => order.indexOf(seen.split(':', 1)[0] ?? '');
