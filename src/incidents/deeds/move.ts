import { type Incident, type IncidentState, incidentStates, isOpen } from '../../core/incident.ts';
import type { IncidentRefusal } from '../../core/incident-refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Decide, decided, isReason, leastReason, refused } from '../decided.ts';
import { inRoom } from '../places.ts';
import { clockOf } from '../updating/clock-of.ts';

/** Somebody says how far it is: forward over as many states as they like, back only with a reason. */
export const move: Decide<{ kind: 'move'; to: IncidentState; reason: string | null }> = (
  incident,
  { to, reason },
  { now },
) => {
  const may = mayMove(incident, to, reason);
  if (!may.ok) return refused(may.error);
  const after = movedTo(incident, to, now);
  const facts = { to, reason, watchUntil: after.watch?.until ?? null };
  return decided(after, 'moved', facts, inRoom(after, 1));
};

/** Whether it can be moved there by saying so: resolving and cancelling ask for more. */
export function mayMove(
  { id, state, moved }: Incident,
  to: IncidentState,
  reason: string | null,
): Result<true, IncidentRefusal> {
  if (state === to) return err({ kind: 'already', what: to, by: moved.by, at: moved.at });
  if (!isOpen(state)) return err({ kind: 'over', id, state });
  if (!isOpen(to) || to === 'triage') return err({ kind: 'not-from-here', from: state, to });
  const back = incidentStates.indexOf(to) < incidentStates.indexOf(state);
  if (back && !isReason(reason)) {
    return err({
      kind: 'needs-reason',
      what: `go back to ${to}`,
      atLeast: leastReason,
      flag: 'reason',
    });
  }
  return ok(true);
}

/** The incident in that state: once it is only watched, the watch begins; anywhere else there is none. */
export function movedTo(incident: Incident, to: IncidentState, now: number): Incident {
  const { times } = incident;
  if (to !== 'monitoring') {
    return { ...incident, state: to, watch: null, times: { ...times, mitigated: null } };
  }
  const { watch, watchAfterRelease } = clockOf(incident);
  const long = incident.released === null ? watch : watchAfterRelease;
  return {
    ...incident,
    state: to,
    watch: { from: now, until: now + long, state: 'running' },
    times: { ...times, mitigated: now },
  };
}
