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
  /** What it is about: the id of a run. */
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
  actor?: string;
  action?: string;
  service?: string;
  /** In milliseconds since 1970. */
  since?: number;
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
