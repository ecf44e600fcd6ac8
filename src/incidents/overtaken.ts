import { type Incident, isOpen } from '../core/incident.ts';
import type { IncidentCommand } from '../core/incident-command.ts';
import type { IncidentRefusal } from '../core/incident-refusal.ts';

/** What means something else, or nothing, once the state is another one than the card had shown. */
const meaningful: readonly IncidentCommand['kind'][] = [
  'move',
  'set-severity',
  'set-security',
  'resolve',
  'reopen',
  'cancel',
  'watch-more',
  'publish-review',
  'waive-review',
];

/** What can be done as well once nobody works on it any more. */
const afterwards: readonly IncidentCommand['kind'][] = [
  'add-note',
  'hide-note',
  'note-changed',
  'add-follow-up',
  'finish-follow-up',
  'write-review',
  'set-title',
  'set-target',
  'set-impact',
];

/**
 * Why a button on a card of the version `seen` does nothing any more: the state has changed since then, and
 * whoever clicked meant the old one. Null when it still means the same.
 */
export function overtakenBy(
  { id, state, moved }: Incident,
  { kind }: IncidentCommand,
  seen: number,
): IncidentRefusal | null {
  if (moved.version <= seen || afterwards.includes(kind)) return null;
  if (isOpen(state) && !meaningful.includes(kind)) return null;
  return { kind: 'out-of-date', id, now: state, by: moved.by, at: moved.at };
}

/** Whether a command may call somebody, so that it has to be known who can be reached. */
export const mayCall = (command: IncidentCommand): boolean =>
  ['escalate', 'answer-escalation', 'set-security', 'set-severity', 'reopen', 'plea'].includes(
    command.kind,
  ) ||
  (command.kind === 'due' &&
    ['acknowledge', 'unresolved', 'update', 'overdue', 'still-on-it', 'role-unclaimed']
      .concat(['escalation-answer', 'review', 'follow-up'])
      .includes(command.deadline.kind));
