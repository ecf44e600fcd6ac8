import type { Clock } from '../../core/clock.ts';
import type { Outbox, Rest, Standing, Whose } from '../../core/outbox.ts';
import type { RunState } from '../../core/run.ts';
import type { OutboxRequest } from '../../core/transition.ts';
import { isDirect, methodsFor, mostUnconfirmed, priorityOf } from '../outbox/outbox-rules.ts';
import {
  giveUpLost,
  isDue,
  type MemoryRow,
  newRow,
  settle,
  takeRow,
  turnOf,
  unconfirmedIn,
  want,
} from './memory-outbox-row.ts';

/** The outbox of a store in memory, and how a transition adds to it. */
export interface MemoryOutbox extends Outbox {
  /** The subject is at this version now: its cards are to show that, and these messages too. */
  raise(
    subject: string,
    version: number,
    messages: readonly OutboxRequest[],
    state?: RunState,
  ): void;
}

/** An empty outbox. */
export function memoryOutbox(clock: Pick<Clock, 'now'>): MemoryOutbox {
  const rows = new Map<string, MemoryRow>();
  const listeners: (() => void)[] = [];
  const all = () => [...rows.values()];
  const isTaken = (row: MemoryRow) => row.takenUntil !== null && row.takenUntil > clock.now();
  const { waitsFor, rest } = createRests(clock);
  return {
    raise: (subject, version, messages, state = 'requested') => {
      for (const { kind, to } of messages) {
        const id = JSON.stringify([subject, kind, to]);
        if (!rows.has(id)) rows.set(id, newRow({ id, kind, subject, to }, clock.now()));
      }
      const mine = all().filter((row) => row.subject === subject && isRaised(row));
      for (const row of mine) want(row, version, priorityOf(row.kind, state), clock.now());
      if (mine.length > 0) queueMicrotask(() => listeners.forEach((listener) => void listener()));
    },
    take: async (limit) => {
      for (const row of all()) if (!isTaken(row)) giveUpLost(row, clock.now());
      const busy = new Set(
        all()
          .filter(isTaken)
          .map(({ to }) => to),
      );
      const due = all()
        .filter((row) => isDue(row, clock.now()) && !isTaken(row))
        .toSorted((a, b) => turnOf(a) - turnOf(b))
        .filter(({ to }) => !busy.has(to) && busy.add(to))
        .slice(0, limit);
      return due.map((row) => takeRow(row, clock.now(), waitsFor));
    },
    report: async (id, sent, given = []) => {
      const row = rows.get(id);
      if (!row) return;
      settle(row, sent, clock.now());
      for (const one of given) rest(row, one);
    },
    whose: async (subject, where) => whose(all(), subject, where, isTaken),
    unconfirmed: async (subject) =>
      all()
        .filter((row) => subject === undefined || row.subject === subject)
        .flatMap(unconfirmedIn)
        .toReversed()
        .toSorted((a, b) => b.since - a.since)
        .slice(0, mostUnconfirmed),
    onAdded: (listener) => void listeners.push(listener),
  };
}

/** What is said once is not said again because its subject goes on. */
const isRaised = ({ kind, wanted }: MemoryRow): boolean => kind === 'card' || wanted === 0;

/** What rests in which place, and until when. */
function createRests(clock: Pick<Clock, 'now'>) {
  const until = new Map<string, number>();
  const keyOf = (method: string, { to }: MemoryRow) => `${method} ${to}`;
  return {
    waitsFor: (row: MemoryRow): number => {
      const all = methodsFor(row).map((method) => until.get(keyOf(method, row)) ?? 0);
      return Math.max(clock.now(), row.posted ? row.restsUntil : 0, ...all) - clock.now();
    },
    rest: (row: MemoryRow, { method, ms }: Rest): void => {
      if (method === null) row.restsUntil = clock.now() + ms;
      else {
        const key = keyOf(method, row);
        until.set(key, Math.max(until.get(key) ?? 0, clock.now() + ms));
      }
    },
  };
}

function whose(
  rows: readonly MemoryRow[],
  subject: string,
  { channel, ts }: Standing,
  isTaken: (row: MemoryRow) => boolean,
): Whose {
  const there = rows.filter(({ posted }) => posted?.ts === ts && posted.channel === channel);
  if (there.some((row) => row.subject === subject)) return 'its';
  if (there.length > 0) return 'another';
  const isOpen = rows.some(
    (row) =>
      row.subject === subject &&
      row.kind === 'card' &&
      (row.to === channel || (isDirect(channel) && row.to.startsWith('user:'))) &&
      ((row.posted === null && row.gaveUp === null) || row.ambiguous || isTaken(row)),
  );
  return isOpen ? 'perhaps' : 'nobody';
}
