import type { Outbox, OutboxRow, Rest, Sent, Unconfirmed } from '../../core/outbox.ts';
import { maxTries, takenFor } from '../outbox/outbox-rules.ts';

/** A row of the outbox in memory. */
export interface MemoryRow extends Omit<OutboxRow, 'waits'> {
  priority: number;
  /** How far from the worst what it is about is. */
  rank: number;
  addedAt: number;
  nextAt: number;
  restsUntil: number;
  takenUntil: number | null;
  gaveUp: string | null;
  unconfirmed: { why: string; since: number } | null;
}

/** A row that nothing is wanted of yet. */
export const newRow = (
  key: Pick<MemoryRow, 'id' | 'kind' | 'subject' | 'to'>,
  now: number,
): MemoryRow => ({
  ...key,
  wanted: 0,
  shown: 0,
  posted: null,
  attempts: 0,
  taking: 0,
  ambiguous: false,
  priority: 1,
  rank: 0,
  addedAt: now,
  nextAt: now,
  restsUntil: 0,
  takenUntil: null,
  gaveUp: null,
  unconfirmed: null,
});

/** It is to show that version: what was up to date or given up is due at once. */
export function want(row: MemoryRow, version: number, priority: number, now: number): void {
  if (row.shown >= row.wanted || row.gaveUp !== null) {
    row.nextAt = now;
    row.attempts = 0;
  }
  row.gaveUp = null;
  row.wanted = version;
  row.priority = priority;
}

/** Likewise, but what is owed goes on to be as urgent as it was. */
export function wantMore(row: MemoryRow, version: number, priority: number, now: number): void {
  want(row, version, isOwed(row) ? Math.min(row.priority, priority) : priority, now);
}

/** Whether there is something that it is to show and does not. */
export const isOwed = (row: MemoryRow): boolean => row.shown < row.wanted && row.gaveUp === null;

/** Whether somebody may take it, if nobody has. */
export const isDue = (row: MemoryRow, now: number): boolean => isOwed(row) && row.nextAt <= now;

/** Nobody came back from the last try either. */
export function giveUpLost(row: MemoryRow, now: number): void {
  const isLost = row.takenUntil !== null && row.attempts >= maxTries && row.gaveUp === null;
  if (isLost) giveUp(row, 'no try was finished', now);
}

function giveUp(row: MemoryRow, why: string, now: number): void {
  row.gaveUp = why;
  row.unconfirmed = { why, since: row.unconfirmed?.since ?? now };
}

/** Hands it out; `waits` says how long it has to wait as it is then. */
export function takeRow(row: MemoryRow, now: number, waits: (row: MemoryRow) => number): OutboxRow {
  if (row.takenUntil !== null) row.ambiguous = true; // whoever had it never said what became of it
  row.takenUntil = now + takenFor;
  row.attempts += 1;
  row.taking += 1;
  const { id, kind, subject, to, wanted, shown, posted, attempts, taking, ambiguous } = row;
  const its = { id, kind, subject, to, wanted, shown, posted };
  return { ...its, attempts, taking, ambiguous, waits: waits(row) };
}

/** What somebody says of a row that they had taken. */
interface Report {
  sent: Sent;
  given: readonly Rest[];
  taking: number | undefined;
}

/** Whether somebody else has taken it since whoever reports did. */
export const isLate = (row: MemoryRow, taking: number | undefined): boolean =>
  taking !== undefined && row.taking !== taking;

/** Keeps what became of it, and answers what has to rest. */
export function settleReport(
  row: MemoryRow,
  { sent, given, taking }: Report,
  now: number,
): readonly Rest[] {
  const late = isLate(row, taking);
  const isTheirs = late && row.takenUntil !== null && row.takenUntil > now;
  if (!late || (sent.kind === 'shown' && !isTheirs)) settle(row, sent, now);
  else if (sent.kind === 'shown') settleLate(row, sent);
  return late && sent.kind !== 'shown' ? given.filter(({ method }) => method !== null) : given;
}

/** Keeps what somebody shows who comes back late; the row stays with who has taken it since. */
function settleLate(row: MemoryRow, sent: Extract<Sent, { kind: 'shown' }>): void {
  row.shown = Math.max(row.shown, sent.version);
  row.posted ??= sent.posted;
  row.gaveUp = null;
  row.unconfirmed = null;
}

/** Keeps what became of it. */
function settle(row: MemoryRow, sent: Parameters<Outbox['report']>[1], now: number): void {
  row.takenUntil = null;
  if (sent.kind === 'shown') {
    row.shown = Math.max(row.shown, sent.version);
    row.posted = sent.posted;
    row.attempts = 0;
    row.ambiguous = false;
    row.gaveUp = null;
    row.unconfirmed = null;
    row.nextAt = now;
    return;
  }
  if (sent.kind === 'never') {
    giveUp(row, sent.why, now);
    return;
  }
  row.gaveUp = null;
  if (sent.counts === false) row.attempts -= 1;
  else if (row.attempts >= maxTries) giveUp(row, sent.why, now);
  row.ambiguous = sent.kind === 'ambiguous' || row.ambiguous;
  row.nextAt = row.wanted > (sent.wanted ?? row.wanted) ? now : now + sent.retryIn;
}

/** The row as one that was given up and not shown since; nothing when it is none. */
export const unconfirmedIn = ({ id, kind, subject, to, unconfirmed }: MemoryRow): Unconfirmed[] =>
  unconfirmed === null ? [] : [{ id, kind, subject, to, ...unconfirmed }];
