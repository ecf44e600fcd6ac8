import type { On, Verdict } from '../core/action.ts';
import type { PlanFact } from '../core/plan.ts';
import { probeDeadline, sightAll } from '../core/sighting.ts';

/** What several checks come to. */
export const verdictOf = (checks: Verdict['checks']): Verdict => ({
  ok: checks.every(({ ok }) => ok),
  checks,
});

/** What the probes see before a change. They make no other plan: they change by the second. */
export const healthFacts = async (on: On<'probes'>): Promise<PlanFact[]> =>
  (await lookAt(on)).map(({ probe, health, detail }) => ({
    name: probe,
    value: `${health}: ${detail}`,
    material: false,
  }));

/** What the probes see after a change: all of them have to be up. */
export const healthChecks = async (on: On<'probes'>): Promise<Verdict['checks']> =>
  (await lookAt(on)).map(({ probe, health, detail }) => ({
    name: probe,
    ok: health === 'up',
    seen: `${health}: ${detail}`,
  }));

const lookAt = ({ can, clock }: On<'probes'>) => sightAll(can.probes.list(), clock, probeDeadline);
