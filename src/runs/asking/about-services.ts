import type { AuditEntry } from '../../core/audit.ts';
import type { Plan } from '../../core/plan.ts';
import type { Run } from '../../core/run.ts';
import { everyService } from '../../core/target.ts';
import { membersOf } from '../planning/everywhere-plan.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * What a record about all services says besides, so that it is found under the name of each: those that the
 * plan has steps on, and before there is one all that were meant.
 */
export function aboutServices(
  { targetsIn }: Pick<RunTools, 'targetsIn'>,
  { target: { service, env } }: Pick<Run, 'target'>,
  plan: Pick<Plan, 'steps'> | null,
): AuditEntry['facts'] {
  if (service !== everyService) return {};
  const services = plan ? membersOf(plan) : targetsIn(env).map((target) => target.service);
  return { services };
}
