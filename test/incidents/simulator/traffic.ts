import { AsyncLocalStorage } from 'node:async_hooks';
import type { OutboxRow } from '../../../src/core/outbox.ts';
import type { Must } from './line.ts';
import type { Process } from './time.ts';

/** Which row of the outbox the running code is sending. */
export const sending = new AsyncLocalStorage<OutboxRow>();

/** Something that Slack asks of whoever sends: until then it must not be done again. */
interface Rest {
  what: string;
  until: number;
  why: string;
  /** Who was told so, for which row. Whoever is handed a row out once that was reported knows it as well. */
  process: Process;
  row: string | undefined;
  /** Which of all reports it was that told of it; infinite while none has. */
  known: number;
}

/**
 * Holds what processes ask of Slack against what they may, for each place of the outbox. A process that died has
 * told nobody what it knew.
 */
export interface Traffic {
  /** A process begins to call a method in a channel, about a message that stands there or about none. */
  begins(process: Process, method: string, channel: string, ts?: string): void;
  /** Slack has asked for patience. */
  limited(process: Process, method: string, channel: string, until: number, ts?: string): void;
  /** What became of a row is in the database. */
  reported(process: Process, row: string): void;
  /** How many reports there were; rows that are handed out then know of so many. */
  reports(): number;
  handedOut(rows: readonly OutboxRow[], reports: number): void;
}

/** Between two posts into a channel, and between two edits of a message, in milliseconds. */
const apart = { posts: 1_000, edits: 1_500 };

/** What Slack allows of the methods that the outbox hands out. */
const limits: Readonly<Record<string, { most: number; within: number }>> = {
  'chat.postMessage': { most: 300, within: 60_000 },
  'chat.update': { most: 50, within: 60_000 },
};

/** What empties a card where its incident was is about that channel, and no row of the outbox tells of it. */
const isAside = (method: string, ts: string | undefined): boolean =>
  method === 'chat.update' && ts === undefined;

const placeOf = (method: string, channel: string, ts: string | undefined): string =>
  isAside(method, ts) ? channel : (sending.getStore()?.to ?? channel);

/** Nobody has asked for anything yet. */
export function createTraffic(now: () => number, must: Must): Traffic {
  let rests: Rest[] = [];
  let reports = 0;
  const knows = new WeakMap<OutboxRow, number>();
  const rest = (
    process: Process,
    what: string,
    until: number,
    why: string,
    row = sending.getStore()?.id,
  ) => {
    rests = rests.filter((one) => one.until > now());
    rests.push({ what, until, why, process, row, known: Number.POSITIVE_INFINITY });
  };
  const ask = (asks: Process, what: string) => {
    const row = sending.getStore();
    const heard = row ? (knows.get(row) ?? 0) : reports;
    // A card that comes into another channel is still thought of as one that stands somewhere, by everybody else.
    const moves = /^(post|chat.postMessage) /.test(what) && row?.posted;
    for (const { until, known, process, why, ...one } of rests) {
      if (one.what !== what || until <= now() || (moves && process !== asks)) continue;
      must(known > heard && process !== asks, why);
    }
  };
  const calls = new Map<string, number[]>();
  const count = (method: string) => {
    const limit = limits[method];
    if (!limit) return;
    const since = now() - limit.within;
    const lately = [...(calls.get(method) ?? []).filter((at) => at > since), now()];
    calls.set(method, lately);
    must(lately.length <= limit.most, `${method} is called more often than Slack allows`);
  };
  return {
    begins(process, method, channel, ts) {
      const place = placeOf(method, channel, ts);
      count(method);
      ask(process, `${method} ${place}`);
      if (method === 'chat.postMessage') {
        ask(process, `post ${place}`);
        rest(process, `post ${place}`, now() + apart.posts, 'two posts are too close together');
      }
      if (method !== 'chat.update' || ts === undefined) return;
      ask(process, `edit ${channel} ${ts}`);
      rest(
        process,
        `edit ${channel} ${ts}`,
        now() + apart.edits,
        'two edits are too close together',
      );
    },
    limited(process, method, channel, until, ts) {
      const row = isAside(method, ts) ? '' : sending.getStore()?.id;
      const what = `${method} ${placeOf(method, channel, ts)}`;
      rest(process, what, until, `${method} is called though Slack asked for patience`, row);
    },
    reported(process, row) {
      reports += 1;
      for (const one of rests) {
        if (one.process === process && one.row === row) one.known = Math.min(one.known, reports);
      }
    },
    reports: () => reports,
    handedOut(rows, heard) {
      for (const row of rows) knows.set(row, heard);
    },
  };
}
