import { type Incident, type IncidentRole, incidentRoles, isOpen } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { reopenedLadder } from '../calling/reopened-ladder.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

type Left = Extract<IncidentEvent, { kind: 'person-left' }>;

/** What somebody has in an incident that needs somebody else once they are gone. */
export interface Held {
  roles: readonly IncidentRole[];
  /** Whether they are the one who is on it. */
  acknowledged: boolean;
  /** Roles that were offered to them. */
  offered: readonly IncidentRole[];
  /** Whether the review is theirs to write. */
  review: boolean;
}

/** What somebody has in it; null when that is nothing. Who had which role in one that is over stays as it was. */
export function heldIn(incident: Incident, who: string): Held | null {
  const { roles, acknowledged, handovers, review, state } = incident;
  const open = isOpen(state);
  const held: Held = {
    roles: open ? incidentRoles.filter((role) => roles[role]?.by === who) : [],
    acknowledged: open && acknowledged?.by === who,
    offered: open ? handovers.filter(({ to }) => to === who).map(({ role }) => role) : [],
    review: state === 'resolved' && review?.owner === who,
  };
  const nothing = held.roles.length + held.offered.length === 0;
  return nothing && !held.acknowledged && !held.review ? null : held;
}

/**
 * Somebody who has a part in it can do nothing any more: nobody has their roles from now on, and whoever has to
 * hear of that does so by the same ladders as when they had let go of them.
 */
export const personLeft: Decide<Left> = (incident, { who, why }, { now }) => {
  const held = heldIn(incident, who);
  if (held === null) return refused({ kind: 'not-now', why: 'They have no part in it.' });
  const after = without(
    held.acknowledged ? reopenedLadder(incident, now) : incident,
    who,
    held,
    now,
  );
  const { acknowledged, roles, offered, review } = held;
  const facts = { who, why, roles: [...roles], acknowledged, offered: [...offered], review };
  return decided(after, 'person-left', facts, inRoom(after, isOpen(after.state) ? 0 : 2));
};

function without(incident: Incident, who: string, held: Held, now: number): Incident {
  const roles = Object.fromEntries(
    Object.entries(incident.roles).filter(([role]) => !held.roles.includes(role as IncidentRole)),
  );
  const led = incident.roles.commander !== undefined;
  // While nobody leads that is asked for already, and whoever else leaves puts it off for nobody.
  const asked = held.roles.includes('commander') || (led && held.roles.includes('communications'));
  const counted = asked
    ? { ...incident.counted, 'role-unclaimed': { from: now, done: 0 } }
    : incident.counted;
  const handovers = incident.handovers
    .filter(({ to }) => to !== who)
    .map((one) => (one.from === who ? { ...one, from: null } : one));
  const review =
    held.review && incident.review ? { ...incident.review, owner: null } : incident.review;
  return { ...incident, roles, counted, handovers, review };
}
