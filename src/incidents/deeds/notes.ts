import type { Note } from '../../core/incident-note.ts';
import { type Decide, decided, refused } from '../decided.ts';

/** Puts a message or a sentence on the timeline, once; it stands there at its own time. */
export const addNote: Decide<{ kind: 'add-note'; note: Note }> = (incident, { note }) => {
  if (incident.notes[note.key] === 'shown') {
    return refused({ kind: 'already', what: 'on the timeline', by: null, at: null });
  }
  const { [note.key]: _before, ...marks } = incident.marks ?? {};
  const how = note.how === 'reaction' || note.how === 'pin' ? note.how : null;
  const after = {
    ...incident,
    notes: { ...incident.notes, [note.key]: 'shown' as const },
    marks: { ...marks, ...(how && { [note.key]: how }) },
  };
  return decided(after, 'note-added', { ...note, files: [...note.files], written: note.at }, []);
};

/** Takes it off what is shown; the record of it stays. */
export const hideNote: Decide<{ kind: 'hide-note'; note: string }> = (incident, { note }) => {
  if (incident.notes[note] !== 'shown') {
    return refused({ kind: 'already', what: 'off the timeline', by: null, at: null });
  }
  const after = { ...incident, notes: { ...incident.notes, [note]: 'hidden' as const } };
  return decided(after, 'note-hidden', { key: note }, []);
};

/** The message was edited, or deleted where there is no text: a later entry says so. */
export const noteChanged: Decide<{ kind: 'note-changed'; note: string; text: string | null }> = (
  incident,
  { note, text },
) => {
  if (incident.notes[note] === undefined) {
    return refused({ kind: 'not-now', why: 'That message is not on the timeline.' });
  }
  return decided(incident, 'note-changed', { key: note, text }, []);
};
