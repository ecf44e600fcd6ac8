import { type AuditEntry, type NoteSubject, notesAMinute } from '../../core/audit.ts';

/** What a minute of notes about one subject has come to. */
export interface NoteCount {
  /** The minute, counted from 1970. */
  minute: number;
  /** How many of it were written down, and how many only counted. */
  noted: number;
  leftOut: number;
}

/** What is to be written down now, in this order, and what is to be remembered. */
export interface NotedDown {
  entries: readonly AuditEntry[];
  count: NoteCount;
}

/** As it is before the first note. */
export const noNotes: NoteCount = { minute: 0, noted: 0, leftOut: 0 };

/**
 * Decides whether a note is written down or only counted, so that nobody can fill the audit with them.
 * What was only counted in an earlier minute is told by one record before it.
 */
export function noteDown(
  { minute, noted, leftOut }: NoteCount,
  { subject, entry, now }: { subject: NoteSubject; entry: AuditEntry; now: number },
): NotedDown {
  const current = Math.floor(now / 60_000);
  if (current <= minute && noted >= notesAMinute) {
    return { entries: [], count: { minute, noted, leftOut: leftOut + 1 } };
  }
  const before = current > minute && leftOut > 0 ? [leftOutEntry(subject, minute, leftOut)] : [];
  const started = current > minute ? 0 : noted;
  return {
    entries: [...before, entry],
    count: { minute: Math.max(current, minute), noted: started + 1, leftOut: 0 },
  };
}

/**
 * What was only counted in a minute that is over, as the record that tells it; nothing when there is
 * none. It is told soon, even when no other note ever follows.
 */
export const tellLeftOut = (
  { minute, noted, leftOut }: NoteCount,
  { subject, now }: { subject: NoteSubject; now: number },
): NotedDown | null =>
  leftOut > 0 && Math.floor(now / 60_000) > minute
    ? {
        entries: [leftOutEntry(subject, minute, leftOut)],
        count: { minute, noted, leftOut: 0 },
      }
    : null;

const leftOutEntry = (subject: NoteSubject, minute: number, count: number): AuditEntry => ({
  event: `${subject.slice('system:'.length)}.left-out`,
  actor: 'gatehouse',
  facts: { count, since: minute * 60_000 },
});
