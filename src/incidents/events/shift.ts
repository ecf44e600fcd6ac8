import { type Incident, isOpen } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom, toPeople } from '../places.ts';
import { isGrave } from '../updating/clock-of.ts';

/** Whether others are on call than were when that was looked at last: nobody of those is any more. */
export function isShift(incident: Incident, oncall: readonly string[]): boolean {
  const before = incident.oncall;
  if (before === undefined || !isOpen(incident.state) || !isGrave(incident)) return false;
  return oncall.length > 0 && !oncall.some((one) => before.includes(one));
}

/**
 * Others are on call now: the first of them is asked to lead a grave one, once, and whoever leads keeps it until
 * that is accepted. Nobody is asked where one of them leads it already, or somebody was asked before; and of what is
 * about security nobody hears by that, but those who work on it hear who is on call.
 */
export const shift: Decide<Extract<IncidentEvent, { kind: 'shift' }>> = (
  incident,
  { oncall },
  { now },
) => {
  const [to] = oncall;
  if (to === undefined || !isShift(incident, oncall)) {
    return refused({ kind: 'not-now', why: 'Nobody else is on call, or nobody has to take over.' });
  }
  const { roles, handovers, security } = incident;
  const had = roles.commander?.by ?? null;
  const leads = had !== null && oncall.includes(had);
  const asks = !leads && !security && !handovers.some(({ role }) => role === 'commander');
  const offer = { role: 'commander', from: had, to, at: now } as const;
  const after = { ...incident, oncall, ...(asks && { handovers: [...handovers, offer] }) };
  const facts = { role: 'commander', oncall: [...oncall], to: asks ? to : null, had };
  const told = asks ? toPeople([to], 0) : [];
  return decided(after, 'shift', facts, leads ? [] : [...told, ...inRoom(after, 1)]);
};
