import type { Audit } from '../../core/audit.ts';
import { openEngine } from '../database/open-engine.ts';
import type { DatabaseOptions } from '../open-store.ts';
import type { StoredRecord } from './audit-source.ts';
import type { AnchorSource } from './check-anchors.ts';
import { anchorSource } from './sql-anchors.ts';
import { auditPages, auditSource, sqlAudit } from './sql-audit.ts';

/** The log without the rest of the store: nothing else is read, written or worked on. */
export interface OpenAudit extends Pick<Audit, 'verify'> {
  /** Every record, oldest first. */
  records(): AsyncIterable<StoredRecord>;
  /** What copies of the anchors are held against. */
  anchors: AnchorSource;
  close(): Promise<void>;
}

/**
 * Opens the database for whoever looks into the log from outside of Gatehouse.
 *
 * @throws {StoreBusy} when another process has the data folder open.
 * @throws {StoreError} when there is something that somebody has to change first.
 */
export async function openAudit(options: DatabaseOptions): Promise<OpenAudit> {
  const { db, close } = await openEngine(options);
  const { seals } = auditSource(db);
  const anchors = { ...anchorSource(db), seals };
  return { verify: sqlAudit(db).verify, records: () => auditPages(db), anchors, close };
}
