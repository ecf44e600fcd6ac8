import { type Incident, incidentStates, isOpen } from '../core/incident.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';
import type { IncidentRules } from '../core/incident-rules.ts';
import type { Incidents, Unless } from '../core/incidents.ts';
import { err, type Result } from '../core/result.ts';
import { type Target, targetName } from '../core/target.ts';
import { mayReadIncident } from '../permissions/may-read-incident.ts';
import type { Declaration } from './incident-life.ts';

/** What of the newest incident has to hold for a declaration to be another one; null where nothing does. */
export const unlessSince = (
  { target, another = false }: Declaration,
  { duplicateWithin }: Pick<IncidentRules, 'duplicateWithin'>,
  now: number,
): Unless | null =>
  another || target === null || duplicateWithin === null
    ? null
    : { since: now - duplicateWithin, but: [] };

/**
 * Whether somebody who declares something is told of an incident that is the same: not of one about security that they
 * may not read, and what is about security is never taken for one that everybody reads.
 */
export function countsFor(incident: Incident, { by, security }: Declaration): boolean {
  const { id, team, holds = [] } = by;
  if (incident.declaredBy.team !== team || (security && !incident.security)) return false;
  return mayReadIncident(incident, { id, holds });
}

/** The open incident about the same target that was declared lately, as far as they may know of it; null without one. */
export async function knownDuplicate(
  incidents: Pick<Incidents, 'list' | 'find'>,
  declaration: Declaration,
  rules: Pick<IncidentRules, 'duplicateWithin'>,
): Promise<Incident | null> {
  const { target } = declaration;
  if (target === null || unlessSince(declaration, rules, 0) === null) return null;
  const states = incidentStates.filter(isOpen);
  const open = await incidents.list({ states, service: target.service, limit: 20 });
  for (const one of open) {
    if (!isAbout(one, target) || !countsFor(one, declaration)) continue;
    const seen = await incidents.find(one.id); // with the database's clock
    const unless = seen && unlessSince(declaration, rules, seen.now);
    if (seen && unless && isInTheWay(seen.incident, unless)) return seen.incident;
  }
  return null;
}

const isAbout = ({ target }: Incident, wanted: Target): boolean =>
  target !== null && targetName(target) === targetName(wanted);

const isInTheWay = ({ state, times }: Incident, { since }: Unless): boolean =>
  isOpen(state) && times.declared >= since;

/** The refusal that names it, and how bad whoever declares it says that it is. */
export const duplicateOf = (
  incident: Incident,
  { severity }: Pick<Declaration, 'severity'>,
): Result<never, IncidentRefusal> => err({ kind: 'duplicate', incident, wanted: severity });
