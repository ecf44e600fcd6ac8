import { type Anchor, anchorsIn } from '../../core/anchor.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { AuditSource, StoredSeal } from './audit-source.ts';

/** What the copies of anchors are held against. */
export interface AnchorSource extends Pick<AuditSource, 'seals'> {
  /** Every anchor that was made, by number. */
  made(): Promise<readonly Anchor[]>;
  /** The numbers of those that were copied into the file, and of those that stand in that channel. */
  filed(): Promise<readonly number[]>;
  posted(place: string): Promise<readonly number[]>;
}

/** Copies of anchors from one place. */
export interface AnchorCopies {
  /** Where they are from, for people: `the file anchors.log`. */
  from: string;
  anchors: readonly Anchor[];
  /** The numbers that must be among them. */
  expected: readonly number[];
}

/** What holding the copies against the log has shown. */
export type AnchorCheck =
  | {
      ok: true;
      /** How many different anchors there are copies of, and how many records the newest covers. */
      anchors: number;
      records: number;
    }
  | { ok: false; firstBad: string; why: string };

/** The anchors in a file that has one in each line and nothing else; else the first line that has none. */
export function anchorsInFile(text: string): Result<readonly Anchor[], number> {
  const lines = text.split('\n');
  const bad = lines.findIndex((line) => line.trim() !== '' && anchorsIn(line).length !== 1);
  return bad >= 0 ? err(bad + 1) : ok(lines.flatMap(anchorsIn));
}

/**
 * Holds every copy against the seals as they are now. Whoever owns the database can do every sum of
 * the log again, or cut it off; what was copied before then does not fit any more.
 */
export async function checkAnchors(
  source: AnchorSource,
  copies: readonly AnchorCopies[],
): Promise<AnchorCheck> {
  const made = await source.made();
  const own: AnchorCopies = { from: 'the database', anchors: made, expected: [] };
  const all = [...copies, own].flatMap(({ from, anchors }) =>
    anchors.map((anchor) => ({ from, anchor })),
  );
  const seals = await sealsFor(source, new Set(all.map(({ anchor }) => anchor.seal)));
  const ordered = all.toSorted((a, b) => a.anchor.seal - b.anchor.seal || a.anchor.n - b.anchor.n);
  let good = 0;
  for (const { from, anchor } of ordered) {
    const why = whyBad(anchor, seals.get(anchor.seal), good);
    if (why !== null) return { ok: false, firstBad: `anchor ${anchor.n} in ${from}`, why };
    good = anchor.records;
  }
  const missing = copies.flatMap(missingFrom).toSorted((a, b) => a.n - b.n)[0];
  if (missing) {
    const why = 'it was copied there and is not there any more';
    return { ok: false, firstBad: `anchor ${missing.n} in ${missing.from}`, why };
  }
  const known = new Set(ordered.map(({ anchor }) => anchor.n));
  return { ok: true, anchors: known.size, records: good };
}

/** What a seal that an anchor was made of is like now. */
interface SealNow {
  hash: string;
  /** How many records it and those before it cover. */
  records: number;
}

function whyBad(anchor: Anchor, seal: SealNow | undefined, good: number): string | null {
  const since = `what was recorded after the first ${good} records is not what it was`;
  if (!seal) return `there is no seal ${anchor.seal}: ${since}, or was cut off`;
  if (seal.hash !== anchor.hash) return `seal ${anchor.seal} has another hash now: ${since}`;
  if (seal.records === anchor.records) return null;
  return `seal ${anchor.seal} ends ${seal.records} records now and not ${anchor.records}: ${since}`;
}

function missingFrom({ from, anchors, expected }: AnchorCopies) {
  const there = new Set(anchors.map(({ n }) => n));
  return expected.filter((n) => !there.has(n)).map((n) => ({ from, n }));
}

async function sealsFor(
  { seals }: Pick<AnchorSource, 'seals'>,
  wanted: ReadonlySet<number>,
): Promise<Map<number, SealNow>> {
  const found = new Map<number, SealNow>();
  let records = 0;
  for (let page = await seals(0); page.length > 0; page = await seals(lastOf(page))) {
    for (const { n, hash, records: covered } of page) {
      records += covered.length;
      if (wanted.has(n)) found.set(n, { hash, records });
    }
  }
  return found;
}

const lastOf = (page: readonly StoredSeal[]): number => page.at(-1)?.n ?? 0;
