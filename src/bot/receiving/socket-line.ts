import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { SocketSession } from './socket-session.ts';

/** Keeps one connection to Slack open for as long as it is wanted. */
export interface SocketLine {
  /** Why it is not open; null while it is. */
  trouble(): string | null;
  /** How many connections it has now: two while one is being replaced. */
  connections(): number;
  stop(): Promise<void>;
}

/** What a line needs. */
export interface SocketLineOptions {
  open(stop: AbortSignal): Promise<SocketSession>;
  log: Log;
  /** A number from 0 to 1, to spread the attempts of many processes. */
  random(): number;
}

/** A connection that ends sooner than this counts as a failed attempt, in milliseconds. */
const worthwhile = 5_000;
/** How long a replaced connection is kept for what Slack still sends through it, in milliseconds. */
const farewell = 12_000;
/** So many replaced connections are kept at a time, since Slack allows an app ten in all. */
const mostReplaced = 1;
const longestPause = 30_000;

/**
 * Starts a line. When Slack wants a connection replaced, the next one is opened first; when one is
 * lost, the next is tried at once and then at growing distances, for ever.
 */
export function startSocketLine({ open, log, random }: SocketLineOptions): SocketLine {
  const stopping = new AbortController();
  const sessions = new Set<SocketSession>();
  let trouble = 'no connection to Slack has been opened yet';
  let failures = 0;

  const serve = async () => {
    const replaced = [...sessions];
    const session = await open(stopping.signal);
    sessions.add(session);
    void session.closed.then(() => sessions.delete(session));
    for (const old of replaced.slice(-mostReplaced)) retire(old, stopping.signal);
    for (const older of replaced.slice(0, -mostReplaced)) void older.close();
    const settled = setTimeout(() => {
      failures = 0;
    }, worthwhile);
    await session.over;
    clearTimeout(settled);
    failures += 1;
    trouble = 'the connection to Slack was lost; another is being opened';
  };
  const keep = async () => {
    while (!stopping.signal.aborted) {
      await serve().catch((error: unknown) => {
        failures += 1;
        trouble = `no connection to Slack can be opened: ${messageOf(error)}`;
        if (!stopping.signal.aborted) log.warn({ failures }, trouble);
      });
      await rest(pause(failures, random), stopping.signal);
    }
  };

  const kept = keep();
  return {
    trouble: () => (sessions.size > 0 ? null : trouble),
    connections: () => sessions.size,
    async stop() {
      stopping.abort();
      await Promise.all([...sessions].map((session) => session.close()));
      await kept;
    },
  };
}

function retire(session: SocketSession, stop: AbortSignal): void {
  void Promise.race([session.closed, rest(farewell, stop)]).then(() => session.close());
}

const rest = (milliseconds: number, stop: AbortSignal): Promise<void> =>
  sleep(milliseconds, undefined, { signal: stop, ref: false }).catch(() => {});

/** None after the first failure, then half a second, doubling, half of it left to chance. */
const pause = (failures: number, random: () => number): number =>
  failures < 2 ? 0 : Math.min(longestPause, 500 * 2 ** (failures - 2)) * (0.5 + random() / 2);
