import type { Sealed } from './audit-body.ts';

/** A row of the log as it is stored. */
export interface StoredRecord {
  id: number;
  subject: string;
  version: number;
  body: string;
  /** In hex, as every hash here. */
  hash: string;
}

/** A seal, with the records that it covers as they are now; one that is gone has no hash. */
export interface StoredSeal {
  n: number;
  hash: string;
  records: readonly Sealed[];
}

/** How far a run says that it is. */
export interface StoredHead {
  id: string;
  version: number;
  hash: string;
}

/** All of the log, page by page: each begins after what the last one ended with, and an empty one is the end. */
export interface AuditSource {
  records(afterId: number): Promise<readonly StoredRecord[]>;
  heads(afterId: string): Promise<readonly StoredHead[]>;
  seals(afterN: number): Promise<readonly StoredSeal[]>;
  /** The ids of the records that wait to be sealed. */
  pending(): Promise<readonly number[]>;
}
