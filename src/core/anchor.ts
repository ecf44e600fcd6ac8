/** How far the audit was at a moment, as it is copied to where the database's owner cannot change it. */
export interface Anchor {
  /** Counts up from 1. */
  n: number;
  /** The newest seal, and how many records it and those before it cover. */
  seal: number;
  records: number;
  /** The seal's hash, in hex. */
  hash: string;
  /** By the database's clock, in milliseconds since 1970. */
  at: number;
}

/** The anchors that were made. */
export interface Anchors {
  find(n: number): Promise<Anchor | null>;
}

/** An anchor is made after so many sealed records, or when the oldest of them is so many milliseconds old. */
export const anchorAfter = { records: 100, ms: 900_000 } as const;

/** What the outbox calls an anchor. */
export const anchorSubject = (n: number): string => `anchor:${n}`;

/** The number of an anchor that the outbox calls so; null when it is none. */
export function anchorNumber(subject: string): number | null {
  const [, n] = /^anchor:([1-9]\d{0,14})$/.exec(subject) ?? [];
  return n === undefined ? null : Number(n);
}

/** An anchor in one line, as it stands in the file and in the channel: all of it can be read back. */
export const anchorLine = ({ n, seal, records, hash, at }: Anchor): string =>
  `audit anchor ${n}: ${records} records under seal ${seal}, sha256 ${hash}, ${new Date(at).toISOString()}`;

const pattern =
  /audit anchor ([1-9]\d{0,14}): ([1-9]\d{0,14}) records under seal ([1-9]\d{0,14}), sha256 ([0-9a-f]{64}), (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)/g;

/** Every anchor that a text names, in the order in which they stand. */
export const anchorsIn = (text: string): Anchor[] =>
  [...text.matchAll(pattern)].map(([, n, records, seal, hash = '', at = '']) => ({
    n: Number(n),
    seal: Number(seal),
    records: Number(records),
    hash,
    at: Date.parse(at),
  }));
