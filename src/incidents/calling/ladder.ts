import type { Count, Incident } from '../../core/incident.ts';
import type { Rung } from '../../core/incident-rules.ts';
import { clockOf } from '../updating/clock-of.ts';

/** The two ladders of an incident: while nobody acknowledges, and while it is not resolved. */
export type LadderKind = 'acknowledge' | 'unresolved';

/** A rung; without a contact it only says in the channel what is the matter. */
export interface Step {
  after: number;
  contact: string | null;
}

/** How often the last rung is called again while nobody acknowledges, before that is given up. */
export const repeats = 3;

/** From when a ladder counts, and how many of its rungs are behind it. */
export const countOf = ({ counted, times }: Incident, kind: LadderKind): Count =>
  counted[kind] ?? { from: times.declared, done: 0 };

/** Every rung of a ladder, in its order, as the rules stood when it was declared. */
export function stepsOf(incident: Incident, kind: LadderKind): readonly Step[] {
  const clock = clockOf(incident);
  if (kind === 'unresolved') return clock.unresolved;
  if (clock.acknowledge === null) return clock.unacknowledged;
  return again(clock.unacknowledged, clock.acknowledge);
}

/** The last rung is called again; with no rung at all, it is said once that nobody has acknowledged. */
function again(rungs: readonly Rung[], every: number): readonly Step[] {
  const last = rungs.at(-1);
  if (!last) return [{ after: every, contact: null }];
  const more = Array.from({ length: repeats }, (_, k) => ({
    ...last,
    after: last.after + (k + 1) * every,
  }));
  return [...rungs, ...more];
}

/** How many rungs should have been reached by a moment. */
export function reachedBy(incident: Incident, kind: LadderKind, now: number): number {
  const { from } = countOf(incident, kind);
  return stepsOf(incident, kind).filter(({ after }) => from + after <= now).length;
}
