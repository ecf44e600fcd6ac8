import type { On } from '../core/action.ts';
import type { Instance } from '../core/capabilities.ts';
import type { PlanFact } from '../core/plan.ts';

/** How long listing the copies may take, in milliseconds. */
const patience = 5_000;

/** The running copies of a service, as an action sees them now. */
export const copiesOf = ({ can }: On<'instances'>): Promise<readonly Instance[]> =>
  can.instances.instances(AbortSignal.timeout(patience));

/** Which process runs is what the plan is about: when it is another one, somebody has acted meanwhile. */
export const copyFact = ({ id, health, startedAt, release }: Instance): PlanFact => ({
  name: id,
  value:
    startedAt === null
      ? health
      : `${health}, started ${new Date(startedAt).toISOString()}${release ? `, release ${release}` : ''}`,
  material: true,
});

/** Whether the state of every copy is known: nobody ends a process that cannot be found. */
export function stateCheck(copies: readonly Instance[]) {
  const unknown = copies.filter(({ health }) => health === 'unknown').map(({ id }) => id);
  const ok = unknown.length === 0;
  const seen = ok
    ? 'the state of every copy is known'
    : `nobody knows how ${unknown.join(', ')} is`;
  return { name: 'state', ok, seen };
}
