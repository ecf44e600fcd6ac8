import type { Clock } from '../core/clock.ts';
import type { Outbox, OutboxRow } from '../core/outbox.ts';
import type { OutboxRequest } from '../core/transition.ts';
import { maxTries, takenFor } from './outbox-rules.ts';

/** The outbox of a store in memory, and how a transition adds to it. */
export interface MemoryOutbox extends Outbox {
  /** The subject is at this version now: its messages are to show that, and these too. */
  raise(subject: string, version: number, messages: readonly OutboxRequest[]): void;
}

interface Row extends OutboxRow {
  nextAt: number;
  takenUntil: number | null;
  gaveUp: string | null;
}

/** An empty outbox. */
export function memoryOutbox(clock: Pick<Clock, 'now'>): MemoryOutbox {
  const rows = new Map<string, Row>();
  const listeners: (() => void)[] = [];
  const isTaken = (row: Row) => row.takenUntil !== null && row.takenUntil > clock.now();
  return {
    raise: (subject, version, messages) => {
      for (const { kind, to } of messages) {
        const id = JSON.stringify([subject, kind, to]);
        if (!rows.has(id)) rows.set(id, newRow({ id, kind, subject, to }, clock.now()));
      }
      const mine = [...rows.values()].filter((row) => row.subject === subject);
      for (const row of mine) want(row, version, clock.now());
      if (mine.length > 0) queueMicrotask(() => listeners.forEach((listener) => void listener()));
    },
    take: async (limit) => {
      for (const row of rows.values()) if (!isTaken(row)) giveUpLost(row);
      const busy = new Set([...rows.values()].filter(isTaken).map(({ to }) => to));
      const due = [...rows.values()]
        .filter((row) => isDue(row, clock.now()) && !isTaken(row))
        .toSorted((a, b) => a.nextAt - b.nextAt)
        .filter(({ to }) => !busy.has(to) && busy.add(to))
        .slice(0, limit);
      return due.map((row) => takeRow(row, clock.now()));
    },
    report: async (id, sent) => {
      const row = rows.get(id);
      if (row) settle(row, sent, clock.now());
    },
    onAdded: (listener) => void listeners.push(listener),
  };
}

const newRow = (key: Pick<Row, 'id' | 'kind' | 'subject' | 'to'>, now: number): Row => ({
  ...key,
  wanted: 0,
  shown: 0,
  posted: null,
  attempts: 0,
  ambiguous: false,
  nextAt: now,
  takenUntil: null,
  gaveUp: null,
});

function want(row: Row, version: number, now: number): void {
  if (row.shown >= row.wanted || row.gaveUp !== null) {
    row.nextAt = now;
    row.attempts = 0;
  }
  row.gaveUp = null;
  row.wanted = version;
}

const isDue = (row: Row, now: number): boolean =>
  row.shown < row.wanted && row.gaveUp === null && row.nextAt <= now;

/** Nobody came back from the last try either. */
function giveUpLost(row: Row): void {
  if (row.takenUntil !== null && row.attempts >= maxTries) row.gaveUp ??= 'no try was finished';
}

function takeRow(row: Row, now: number): OutboxRow {
  if (row.takenUntil !== null) row.ambiguous = true; // whoever had it never said what became of it
  row.takenUntil = now + takenFor;
  row.attempts += 1;
  const { nextAt: _, takenUntil: _t, gaveUp: _g, ...seen } = row;
  return seen;
}

function settle(row: Row, sent: Parameters<Outbox['report']>[1], now: number): void {
  row.takenUntil = null;
  if (sent.kind === 'shown') {
    row.shown = Math.max(row.shown, sent.version);
    row.posted = sent.posted;
    row.attempts = 0;
    row.ambiguous = false;
    row.gaveUp = null;
    row.nextAt = now;
    return;
  }
  if (sent.kind === 'never') {
    row.gaveUp = sent.why;
    return;
  }
  if (sent.counts === false) row.attempts -= 1;
  else if (row.attempts >= maxTries) row.gaveUp = sent.why;
  row.ambiguous = sent.kind === 'ambiguous' || row.ambiguous;
  row.nextAt = now + sent.retryIn;
}
