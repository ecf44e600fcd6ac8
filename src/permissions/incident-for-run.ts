import { type IncidentState, isOpen } from '../core/incident.ts';
import type { NoIncident } from '../core/run-refusal.ts';
import type { Severity } from '../core/severity.ts';
import { everyService, type Target, targetName } from '../core/target.ts';

/** What of an incident says whether something may be done because of it. */
export interface IncidentInQuestion {
  id: string;
  state: IncidentState;
  target: Target | null;
  severity: Severity;
  /** What one about security is about is said to nobody who only guesses. */
  security?: boolean;
}

/**
 * Why a run may not be done because of its incident; null when it may: it is open, and about exactly that target, or
 * about one of the environment when the run is on all services of it.
 *
 * @param atLeast how grave it has to be: with 2 one of SEV1 or SEV2.
 */
export function whyNoIncident(
  target: Target,
  named: string | undefined,
  incident: IncidentInQuestion | null,
  atLeast: Severity = 4,
): NoIncident | null {
  if (named === undefined) return { why: 'none' };
  if (incident === null) return { why: 'unknown', id: named };
  const { id, state, target: about, severity, security = false } = incident;
  if (!isOpen(state)) return { why: 'over', id, state };
  if (about !== null && covers(about, target)) {
    return severity <= atLeast ? null : { why: 'minor', id, severity, atLeast };
  }
  return { why: 'elsewhere', id, about: security ? 'something else' : about && targetName(about) };
}

const covers = (about: Target, target: Target): boolean =>
  target.env === about.env && [about.service, everyService].includes(target.service);
