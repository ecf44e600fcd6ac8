import type { Audit, AuditQuery } from '../core/audit.ts';
import type { Body } from './audit-body.ts';
import { auditRecord } from './audit-record.ts';
import type { StoredRecord } from './audit-source.ts';
import type { MemoryLog } from './memory-log.ts';
import { verifyLog } from './verify-log.ts';

/** Reads the log of a store in memory. */
export const memoryAudit = (log: MemoryLog): Audit => ({
  find: async (query) =>
    log
      .all()
      .toReversed()
      .filter((record) => matches(query, record))
      .slice(0, query.limit)
      .map(auditRecord),
  verify: () => verifyLog(log),
});

function matches(query: AuditQuery, { id, subject, body }: StoredRecord): boolean {
  const { about, actor, at } = JSON.parse(body) as Body;
  const is = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted === value;
  return (
    is(query.subject, subject) &&
    is(query.actor, actor) &&
    is(query.action, about.action) &&
    is(query.service, about.service) &&
    at >= (query.since ?? 0) &&
    at <= (query.until ?? Number.POSITIVE_INFINITY) &&
    id < (query.beforeId ?? Number.POSITIVE_INFINITY)
  );
}
