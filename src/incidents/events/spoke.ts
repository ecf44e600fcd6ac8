import { type Incident, isOpen } from '../../core/incident.ts';
import { isAsked, stillOnItDeadline } from '../deadlines/people.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { clockOf } from '../updating/clock-of.ts';

/**
 * Somebody has said something in the channel: a sign of life when they work on it. Every change has a record,
 * so it is only one when it matters: once half of the time is over after which whoever acknowledged is asked.
 */
export const spoke: Decide<{ kind: 'spoke'; by: string }> = (incident, { by }, { now }) => {
  if (!isOpen(incident.state) || !worksOn(incident, by)) {
    return refused({ kind: 'not-now', why: 'They have no part in it.' });
  }
  const asked = stillOnItDeadline(incident);
  const span = clockOf(incident).acknowledgedFor ?? 0;
  if (asked === null || (!isAsked(incident) && asked.at - now > span / 2)) {
    return refused({ kind: 'not-now', why: 'Nobody has to be asked for a while.' });
  }
  return decided({ ...incident, lastActivity: now }, 'spoke', { by }, []);
};

const worksOn = ({ acknowledged, roles }: Incident, by: string): boolean =>
  acknowledged?.by === by || Object.values(roles).some((role) => role.by === by);
