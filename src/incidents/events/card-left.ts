import { isOpen } from '../../core/incident.ts';
import type { IncidentEvent } from '../../core/incident-command.ts';
import { type Decide, decided, refused } from '../decided.ts';
import { inRoom } from '../places.ts';

type CardLeft = Extract<IncidentEvent, { kind: 'card-left' }>;

/**
 * The incident has left a channel, and its card there says nothing any more, or could not be emptied: what is
 * about security and still stands before everybody is said aloud, because only a person can take it away.
 */
export const cardLeft: Decide<CardLeft> = (incident, { from, ts, why }) => {
  const key = `${from}:${ts}`;
  const is = why === null ? 'emptied' : 'stands';
  const before = incident.leftCards?.[key];
  if (before === 'emptied' || before === is) {
    return refused({ kind: 'already', what: is, by: null, at: null });
  }
  const after = { ...incident, leftCards: { ...incident.leftCards, [key]: is } } as const;
  const isSaid = why !== null && incident.security && isOpen(incident.state);
  return decided(after, 'card-left', { left: from, card: ts, why }, isSaid ? inRoom(after, 1) : []);
};
