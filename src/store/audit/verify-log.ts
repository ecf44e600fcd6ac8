import type { AuditCheck } from '../../core/audit.ts';
import { chainHash, chainStart, sealHash } from './audit-body.ts';
import type { AuditSource, StoredHead, StoredRecord, StoredSeal } from './audit-source.ts';

/** What was seen so far. */
interface Seen {
  records: number;
  seals: number;
  /** The newest record of each subject. */
  heads: Map<string, { version: number; hash: string }>;
  /** The ids that no seal was found for yet. */
  unsealed: Set<number>;
  lastSeal: string;
}

/** The first thing that is wrong. */
interface Flaw {
  firstBad: string;
  why: string;
}

/**
 * Does every sum again: each run's records follow each other without a gap and end where the run
 * says it is, and the seals follow each other and cover each record once, unless it still waits.
 */
export async function verifyLog(source: AuditSource): Promise<AuditCheck> {
  const seen: Seen = {
    records: 0,
    seals: 0,
    heads: new Map(),
    unsealed: new Set(),
    lastSeal: '',
  };
  const flaw =
    (await walk(
      0,
      source.records,
      ({ id }) => id,
      (record) => checkRecord(seen, record),
    )) ??
    (await walk(
      '',
      source.heads,
      ({ id }) => id,
      (head) => checkHead(seen, head),
    )) ??
    headless(seen) ??
    (await walk(
      0,
      source.seals,
      ({ n }) => n,
      (seal) => checkSeal(seen, seal),
    )) ??
    forgotten(seen, await source.pending());
  if (flaw) return { ok: false, records: seen.records, ...flaw };
  const unsealed = seen.unsealed.size;
  return { ok: true, records: seen.records, seals: seen.seals, unsealed };
}

async function walk<Key, Row>(
  start: Key,
  page: (after: Key) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
  check: (row: Row) => Flaw | null,
): Promise<Flaw | null> {
  let after = start;
  for (;;) {
    const rows = await page(after);
    for (const row of rows) {
      const flaw = check(row);
      if (flaw) return flaw;
    }
    const last = rows.at(-1);
    if (last === undefined) return null;
    after = keyOf(last);
  }
}

const nameOf = (subject: string, version: number) =>
  `${isNamed.test(subject) ? subject : `run ${subject}`}, version ${version}`;

/** What says by itself what it is; all the rest are runs. */
const isNamed = /:|^INC-/;

function checkRecord(seen: Seen, record: StoredRecord): Flaw | null {
  const { id, subject, version, body, hash } = record;
  const before = seen.heads.get(subject) ?? { version: 0, hash: chainStart(subject) };
  const firstBad = `record ${id}: ${nameOf(subject, version)}`;
  if (version !== before.version + 1) {
    const expected = nameOf(subject, before.version + 1);
    return version > before.version
      ? { firstBad: expected, why: `its record is missing; the next is record ${id}` }
      : { firstBad, why: `it comes after version ${before.version}` };
  }
  if (chainHash(before.hash, version, body) !== hash) {
    return { firstBad, why: 'its text, its hash or the one before it was changed' };
  }
  seen.records += 1;
  seen.heads.set(subject, { version, hash });
  seen.unsealed.add(id);
  return null;
}

function checkHead({ heads }: Seen, { id, version, hash }: StoredHead): Flaw | null {
  const last = heads.get(id) ?? { version: 0, hash: '' };
  heads.delete(id);
  if (last.version < version) {
    return {
      firstBad: nameOf(id, last.version + 1),
      why: `its record is missing; it is at version ${version}`,
    };
  }
  if (last.version > version) {
    return {
      firstBad: nameOf(id, version + 1),
      why: `it is itself only at version ${version}`,
    };
  }
  if (last.hash === hash) return null;
  return { firstBad: nameOf(id, version), why: 'it holds another hash than its record' };
}

function headless({ heads }: Seen): Flaw | null {
  for (const [id] of heads)
    return { firstBad: nameOf(id, 1), why: 'there is nothing that it is the record of' };
  return null;
}

function checkSeal(seen: Seen, { n, hash, records }: StoredSeal): Flaw | null {
  const sum = sealHash(seen.lastSeal, n, records);
  for (const { id } of records) {
    if (seen.unsealed.delete(id)) continue;
    return {
      firstBad: `record ${id}`,
      why: `seal ${n} covers it, and it is missing or sealed twice`,
    };
  }
  if (n !== seen.seals + 1) {
    return { firstBad: `seal ${seen.seals + 1}`, why: `it is missing; the next is seal ${n}` };
  }
  if (sum !== hash) {
    return { firstBad: `seal ${n}`, why: 'it or a record that it covers was changed' };
  }
  seen.seals += 1;
  seen.lastSeal = hash;
  return null;
}

/** What is neither sealed nor waiting for it. */
function forgotten({ unsealed }: Seen, pending: readonly number[]): Flaw | null {
  const waiting = new Set(pending);
  for (const id of unsealed) {
    if (!waiting.has(id)) return { firstBad: `record ${id}`, why: 'no seal covers it' };
  }
  return null;
}
