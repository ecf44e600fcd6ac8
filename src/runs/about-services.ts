import type { AuditEntry } from '../core/audit.ts';
import type { Plan } from '../core/plan.ts';
import { everyService } from '../core/target.ts';
import { membersOf } from './everywhere-plan.ts';
import type { RunTools } from './run-tools.ts';
import { type Touching, touchedBy } from './touched.ts';

/**
 * What a record about several services says besides, so that it is found under the name of each: those that the
 * plan has steps on, and before there is one all that were meant; or all that depend on what it is done to.
 */
export function aboutServices(
  tools: Pick<RunTools, 'targetsIn' | 'actions' | 'dependedOn'>,
  about: Touching,
  plan: Pick<Plan, 'steps'> | null,
): AuditEntry['facts'] {
  const { service, env } = about.target;
  if (service !== everyService) {
    const touched = touchedBy(tools, about);
    return touched.length > 1 ? { services: touched.map((target) => target.service) } : {};
  }
  const services = plan ? membersOf(plan) : tools.targetsIn(env).map((target) => target.service);
  return { services };
}
