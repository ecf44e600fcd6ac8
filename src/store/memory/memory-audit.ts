import type { Audit, AuditQuery } from '../../core/audit.ts';
import { everyService } from '../../core/target.ts';
import type { Body } from '../audit/audit-body.ts';
import { auditRecord } from '../audit/audit-record.ts';
import type { StoredRecord } from '../audit/audit-source.ts';
import { verifyLog } from '../audit/verify-log.ts';
import type { MemoryLog } from './memory-log.ts';

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

function matches(query: AuditQuery, { id, subject, version, body }: StoredRecord): boolean {
  const is = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted === value;
  if (!is(query.subject, subject)) return false; // before anything is parsed
  if (query.version !== undefined && query.version !== version) return false;
  const { about, actor, at, facts } = JSON.parse(body) as Body;
  return (
    is(query.actor, actor) &&
    is(query.action, about.action) &&
    is(query.incident, about.incident) &&
    (is(query.service, about.service) || isAboutAll(query.service, about.service, facts)) &&
    at >= (query.since ?? 0) &&
    at <= (query.until ?? Number.POSITIVE_INFINITY) &&
    id < (query.beforeId ?? Number.POSITIVE_INFINITY)
  );
}

/** Whether it is about all services, and the one that is looked for is one of them. */
const isAboutAll = (
  wanted: string | undefined,
  service: string | undefined,
  { services }: Body['facts'],
): boolean =>
  service === everyService && Array.isArray(services) && services.some((one) => one === wanted);
