import type { Json } from './json.ts';

/** What an audit record says, as whoever changes something writes it. Secrets never stand in it. */
export interface AuditEntry {
  /** What happened, such as `run.approved`. */
  event: string;
  /** Who did it: `user:T…/U…`, or `gatehouse` for what nobody asked for at that moment. */
  actor: string;
  /** Everything that somebody will want to know about it. */
  facts: { readonly [key: string]: Json };
}

/** One row of the append-only log. */
export interface AuditRecord extends AuditEntry {
  /** Counts up, with gaps. */
  id: number;
  /** What it is about: the id of a run or an incident, or `system:…`. */
  subject: string;
  /** The subject's version after the change. */
  version: number;
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
  /** SHA-256, in hex, over the one before it and this one’s text as it is stored. */
  hash: string;
}

/** What somebody looks for in the audit. Everything given must hold. */
export interface AuditQuery {
  subject?: string;
  /** With a subject: the record of the change to this version, and no other. */
  version?: number;
  actor?: string;
  action?: string;
  /** Also what was done to all services, this one among them. */
  service?: string;
  /** An incident: its own records, and those of the runs in it. */
  incident?: string;
  /** In milliseconds since 1970. */
  since?: number;
  /** Likewise: nothing that is newer. */
  until?: number;
  /** Only records with a lower id than this one: the next page. */
  beforeId?: number;
  limit: number;
}

/** What a check of the log found. */
export type AuditCheck =
  | { ok: true; records: number; seals: number; unsealed: number }
  | { ok: false; records: number; firstBad: string; why: string };

/** Reads the log. It is written by transitions alone. */
export interface Audit {
  /** Newest first. */
  find(query: AuditQuery): Promise<readonly AuditRecord[]>;
  /** Reads all of it and does every sum again. */
  verify(): Promise<AuditCheck>;
}

/** What can be written down that is no change of a run: each has a chain of its own. */
export type NoteSubject = `system:${string}`;

/** Clicks that meant nothing, or something that is not theirs to mean. */
export const clicksSubject = 'system:clicks' satisfies NoteSubject;

/** How many notes about one subject are written down within a minute; the others are only counted. */
export const notesAMinute = 20;

/** Writes down what happened without changing anything. */
export interface Notes {
  /**
   * One record, or one more in the count of those that were too many: the next record after their
   * minute says how many they were.
   *
   * @throws when it could not be written down.
   */
  append(subject: NoteSubject, entry: AuditEntry): Promise<void>;
}
