import type { Audit, AuditQuery } from '../../core/audit.ts';
import { everyService } from '../../core/target.ts';
import type { Body } from '../audit/audit-body.ts';
import { auditRecord } from '../audit/audit-record.ts';
import type { StoredRecord } from '../audit/audit-source.ts';
import { verifyLog } from '../audit/verify-log.ts';
import type { MemoryLog } from './memory-log.ts';

/** Reads the log of a store in memory. */
export const memoryAudit = (log: MemoryLog): Audit => ({
  find: async (query) => newestOf(log.all(), query).map(auditRecord),
  verify: () => verifyLog(log),
});

/** As many as are wanted, the newest first. */
function newestOf(all: readonly StoredRecord[], query: AuditQuery): StoredRecord[] {
  const found: StoredRecord[] = [];
  for (let at = all.length - 1; at >= 0 && found.length < query.limit; at -= 1) {
    const record = all[at] as StoredRecord;
    if (matches(query, record)) found.push(record);
  }
  return found;
}

function matches(query: AuditQuery, { id, subject, version, body }: StoredRecord): boolean {
  if (!is(query.subject, subject) || !is(query.version, version)) return false; // before anything is parsed
  if (id >= (query.beforeId ?? Number.POSITIVE_INFINITY)) return false;
  return insides.every((one) => query[one] === undefined) || saysSo(query, JSON.parse(body));
}

/** What of a query is about the text of a record. */
const insides = ['actor', 'action', 'incident', 'service', 'since', 'until'] as const;

const is = <T>(wanted: T | undefined, value: T | undefined): boolean =>
  wanted === undefined || wanted === value;

const saysSo = (query: AuditQuery, { about, actor, at, facts }: Body): boolean =>
  is(query.actor, actor) &&
  is(query.action, about.action) &&
  is(query.incident, about.incident) &&
  (is(query.service, about.service) || isAboutAll(query.service, about.service, facts)) &&
  at >= (query.since ?? 0) &&
  at <= (query.until ?? Number.POSITIVE_INFINITY);

/** Whether it is about all services, and the one that is looked for is one of them. */
const isAboutAll = (
  wanted: string | undefined,
  service: string | undefined,
  { services }: Body['facts'],
): boolean =>
  service === everyService && Array.isArray(services) && services.some((one) => one === wanted);
