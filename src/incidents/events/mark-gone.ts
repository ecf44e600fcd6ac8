import type { IncidentEvent } from '../../core/incident-command.ts';
import { type Decide, decided, refused } from '../decided.ts';

type MarkGone = Extract<IncidentEvent, { kind: 'mark-gone' }>;

/**
 * The mark that had put a message onto the timeline was taken away while nobody was there to see who did it. What
 * stands there for another reason, such as the shortcut, stays.
 */
export const markGone: Decide<MarkGone> = (incident, { note }) => {
  const { notes, marks = {} } = incident;
  if (notes[note] !== 'shown' || marks[note] === undefined) {
    return refused({ kind: 'already', what: 'off the timeline', by: null, at: null });
  }
  const after = { ...incident, notes: { ...notes, [note]: 'hidden' as const } };
  return decided(after, 'note-hidden', { key: note, unseen: true }, []);
};
