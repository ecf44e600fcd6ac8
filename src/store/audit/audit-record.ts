import type { AuditRecord } from '../../core/audit.ts';
import type { Body } from './audit-body.ts';
import type { StoredRecord } from './audit-source.ts';

/** A stored row as readers see it. */
export function auditRecord({ id, subject, version, body, hash }: StoredRecord): AuditRecord {
  const { event, actor, facts, at } = JSON.parse(body) as Body;
  return { id, subject, version, at, event, actor, facts, hash };
}
