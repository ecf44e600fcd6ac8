import type { AuditEntry } from '../../core/audit.ts';
import { bodyPieces, chainHash, chainStart, sealHash, wholeBody } from '../audit/audit-body.ts';
import type { AuditSource, StoredRecord, StoredSeal } from '../audit/audit-source.ts';

/** The audit log of a store in memory. */
export interface MemoryLog extends AuditSource {
  /** Appends the record of a change. */
  append(change: LoggedChange): void;
  /** Every record, oldest first. */
  all(): readonly StoredRecord[];
}

/** A change, as the log hears of it. */
export interface LoggedChange {
  subject: string;
  about: string;
  version: number;
  at: number;
  entry: AuditEntry;
}

/** A log without records. Each of its records is sealed at once. */
export function memoryLog(): MemoryLog {
  const records: StoredRecord[] = [];
  const seals: StoredSeal[] = [];
  const heads = new Map<string, { version: number; hash: string }>();
  const after = <T>(all: readonly T[], count: number) => all.slice(count, count + 1_000);
  return {
    append: ({ subject, about, version, at, entry }) => {
      const body = wholeBody(about, bodyPieces(entry, version), at);
      const hash = chainHash(heads.get(subject)?.hash ?? chainStart(subject), version, body);
      const id = records.length + 1;
      const sealed = [{ id, hash }];
      records.push({ id, subject, version, body, hash });
      heads.set(subject, { version, hash });
      seals.push({ n: id, hash: sealHash(seals.at(-1)?.hash ?? '', id, sealed), records: sealed });
    },
    all: () => records,
    records: async (afterId) => after(records, afterId),
    heads: async (afterId) =>
      [...heads]
        .map(([id, head]) => ({ id, ...head }))
        .filter(({ id }) => id > afterId)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, 1_000),
    seals: async (afterN) => after(seals, afterN),
    pending: async () => [],
  };
}
