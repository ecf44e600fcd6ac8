import type { Clock } from '../../core/clock.ts';
import type { Incident } from '../../core/incident.ts';
import { noticeOf } from '../../core/incident-notice.ts';
import type { IncidentMessage } from '../../core/incidents.ts';
import type { Outbox, Standing, Whose } from '../../core/outbox.ts';
import type { RunState } from '../../core/run.ts';
import type { OutboxRequest } from '../../core/transition.ts';
import { heldFor, roomsIn } from '../outbox/outbox-room.ts';
import {
  isDirect,
  liveKinds,
  methodOf,
  mostUnconfirmed,
  priorityOf,
} from '../outbox/outbox-rules.ts';
import {
  compactNotices,
  leftOutNotices,
  raiseIncident,
  refreshIncident,
  rowId,
  waitingNotices,
} from './memory-incident-messages.ts';
import { inTurn } from './memory-outbox-order.ts';
import { createRests } from './memory-outbox-rests.ts';
import {
  giveUpLost,
  isDue,
  isLate,
  isOwed,
  type MemoryRow,
  newRow,
  settleReport,
  takeRow,
  unconfirmedIn,
  want,
} from './memory-outbox-row.ts';
import { type MemoryPace, memoryPace } from './memory-pace.ts';

/** The outbox of a store in memory, and how a transition adds to it. */
export interface MemoryOutbox extends Outbox {
  /** The subject is at this version now: its cards are to show that, and these messages too. */
  raise(
    subject: string,
    version: number,
    messages: readonly OutboxRequest[],
    state?: RunState,
  ): void;
  /** The incident has changed: its cards are to show that, and these messages are to be sent. */
  raiseIncident(incident: Incident, messages: readonly IncidentMessage[]): void;
  /** The cards of the incident are to be shown anew. */
  refreshIncident(id: string): void;
}

/** An empty outbox. Without a pace it hands out whatever is due. */
export function memoryOutbox(
  clock: Pick<Clock, 'now'>,
  pace: MemoryPace = memoryPace(clock),
): MemoryOutbox {
  const rows = new Map<string, MemoryRow>();
  const listeners: (() => void)[] = [];
  const all = () => [...rows.values()];
  const isTaken = (row: MemoryRow) => isTakenAt(row, clock.now());
  const { waitsFor, rest } = createRests(clock);
  const tell = (added: number) => {
    if (added > 0) queueMicrotask(() => listeners.forEach((listener) => void listener()));
  };
  return {
    raise: (subject, version, messages, state = 'requested') => {
      for (const { kind, to } of messages) {
        const id = rowId(subject, kind, to);
        if (!rows.has(id)) rows.set(id, newRow({ id, kind, subject, to }, clock.now()));
      }
      const mine = all().filter((row) => row.subject === subject && isRaised(row));
      for (const row of mine) want(row, version, priorityOf(row.kind, state), clock.now());
      tell(mine.length);
    },
    raiseIncident: (incident, messages) =>
      tell(raiseIncident(rows, incident, messages, clock.now())),
    refreshIncident: (id) => tell(refreshIncident(rows, id, clock.now())),
    take: async (limit, held) => {
      const now = clock.now();
      const free = freeOf(rows, now);
      const chosen = free === null ? [] : choose(free, pace, { limit, now, held });
      return chosen.map((row) => takeRow(row, now, waitsFor));
    },
    report: async (id, sent, given = [], unused, taking) => {
      const row = rows.get(id);
      if (!row) return;
      if (unused !== undefined && (sent.kind === 'shown' || !isLate(row, taking))) {
        pace.giveBack(unused);
      }
      for (const one of settleReport(row, { sent, given, taking }, clock.now())) rest(row, one);
    },
    whose: async (subject, where) => whose(all(), subject, where, isTaken),
    unconfirmed: async (subject) =>
      newestUnconfirmed(all().filter((row) => subject === undefined || isOf(row, subject))),
    standing: async (subject, kind, to) => rows.get(rowId(subject, kind, to))?.posted ?? null,
    standings: async (incident) => standingsOf(all(), incident),
    compact: async (olderThan) => compactNotices(rows, olderThan, clock.now()),
    leftOut: async (since) => leftOutNotices(rows, since),
    waiting: async () => waitingNotices(rows, clock.now()),
    onAdded: (listener) => void listeners.push(listener),
  };
}

interface Wish {
  limit: number;
  now: number;
  held: ((ms: number) => void) | undefined;
}

/** The next that may go, each with its call. */
function choose(
  free: readonly MemoryRow[],
  pace: MemoryPace,
  { limit, now, held }: Wish,
): MemoryRow[] {
  const known = pace.known();
  const rooms = roomsIn(pace.limits, known);
  const chosen = free.length === 0 ? [] : inTurn(free, rooms, now).slice(0, limit);
  const wait = heldFor(pace.limits, known, chosen, rooms);
  if (wait !== null) held?.(wait);
  for (const row of chosen) pace.serve(methodOf(row));
  return chosen;
}

const newestUnconfirmed = (rows: readonly MemoryRow[]) =>
  rows
    .flatMap(unconfirmedIn)
    .toReversed()
    .toSorted((a, b) => b.since - a.since)
    .slice(0, mostUnconfirmed);

/**
 * What is due and nobody's, where nothing is under way in its place; what nobody came back from is given up. Null
 * when nothing was due.
 */
function freeOf(rows: ReadonlyMap<string, MemoryRow>, now: number): MemoryRow[] | null {
  const busy = new Set<string>();
  const due: MemoryRow[] = [];
  for (const row of rows.values()) {
    if (isTakenAt(row, now)) busy.add(row.to);
    else if (isDue(row, now)) due.push(row);
  }
  if (due.length === 0) return null;
  for (const row of due) giveUpLost(row, now);
  return due.filter((row) => isOwed(row) && !busy.has(row.to));
}

const isTakenAt = ({ takenUntil }: MemoryRow, now: number): boolean =>
  takenUntil !== null && takenUntil > now;

/** Whether it is one of the subject's: a notice of an incident is the incident's. */
const isOf = (row: MemoryRow, subject: string): boolean =>
  row.subject === subject || (row.kind === 'notice' && noticeOf(row.subject)?.incident === subject);

const standingsOf = (rows: readonly MemoryRow[], incident: string) =>
  rows
    .filter(({ kind }) => kind === 'incident' || kind === 'notice')
    .flatMap((row) => (row.posted && isOf(row, incident) ? [{ to: row.to, ...row.posted }] : []));

/** What is said once is not said again because its subject goes on. */
const isRaised = ({ kind, wanted }: MemoryRow): boolean => liveKinds.includes(kind) || wanted === 0;

function whose(
  rows: readonly MemoryRow[],
  subject: string,
  { channel, ts }: Standing,
  isTaken: (row: MemoryRow) => boolean,
): Whose {
  const there = rows.filter(({ posted }) => posted?.ts === ts && posted.channel === channel);
  if (there.some((row) => isOf(row, subject))) return 'its';
  if (there.length > 0) return 'another';
  const isOpen = rows.some(
    (row) =>
      isOf(row, subject) &&
      ['card', 'escalation', 'incident', 'notice'].includes(row.kind) &&
      (row.to === channel ||
        row.to.startsWith('incident:') ||
        (isDirect(channel) && row.to.startsWith('user:'))) &&
      ((row.posted === null && row.gaveUp === null) || row.ambiguous || isTaken(row)),
  );
  return isOpen ? 'perhaps' : 'nobody';
}
