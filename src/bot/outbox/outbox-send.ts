import { setTimeout as realSleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Outbox, OutboxRow, Sent } from '../../core/outbox.ts';
import type { SlackClient } from '../calling/slack-client.ts';
import type { AttemptOptions } from './attempt-options.ts';
import { createAttempt } from './outbox-attempt.ts';
import { createOutboxCalls } from './outbox-calls.ts';
import { createGates, type Gates } from './outbox-gates.ts';
import { createOutboxPlaces, type OutboxRooms, roomIn } from './outbox-places.ts';
import { callOf, restsOf } from './outbox-rests.ts';
import { createTurns } from './outbox-turns.ts';

/** What sending needs. */
export interface SendOptions {
  outbox: Outbox;
  draw: AttemptOptions['draw'];
  client: Pick<SlackClient, 'api' | 'options'>;
  /** Where the channels of incidents are; there are none without it. */
  rooms?: OutboxRooms;
  clock: Clock;
  log: Log;
  /** How long one call may take, in milliseconds; as the client has it unless it is said. */
  callTime?: number;
  stopping: AbortSignal;
  /** Waits so many milliseconds of the clock, and rejects when the signal fires. */
  sleep?(ms: number, stopping: AbortSignal): Promise<unknown>;
}

/**
 * In milliseconds: for how long a row is its taker's, how much of that stays unused, and the longest
 * that a call may take of it, which leaves time for a post that has to wait for the one before.
 */
const lease = { whole: 10_000, spare: 500, call: 8_000 };
/** When a row comes again that a fault of Gatehouse's own has held up, in milliseconds. */
const afterFault = 5_000;

/** What came of one row. */
export interface SendOutcome {
  /** In how many milliseconds something may be due in its place. */
  retryIn: number;
  /** Whether Slack was asked; if not, another row may have the call instead. */
  called: boolean;
}

/**
 * Sends rows and reports what became of them.
 *
 * @throws {Error} when the client's calls may outlast the time that a row is held.
 */
export function createSend(options: SendOptions) {
  const { outbox, clock, log } = options;
  const gates = createGates(clock);
  const tryIt = createTry(options, gates);
  const busy = new Map<string, { id: string; ends: Promise<unknown> }>();
  const report = async (row: OutboxRow, takenAt: number, { sent, called }: Tried) => {
    note(log, row, sent);
    const isLate = clock.monotonic() >= takenAt + lease.whole;
    if (isLate && sent.kind !== 'shown') return; // it is somebody else's by now
    const unused = called ? undefined : callOf(row);
    await outbox
      .report(row.id, sent, restsOf(gates, row), unused, row.taking)
      .catch((error: unknown) => {
        log.error(
          { outbox: row.id, why: messageOf(error) },
          'What became of a message is not noted',
        );
      });
    const incident = row.kind === 'incident' && isElsewhere(row, sent) ? roomIn(row.to) : null;
    if (incident !== null) options.rooms?.cardStands(incident);
  };
  const sendNow = async (row: OutboxRow, takenAt: number): Promise<SendOutcome> => {
    const tried = await tryIt(row, takenAt);
    await report(row, takenAt, tried);
    const { sent, called } = tried;
    return { retryIn: 'retryIn' in sent ? sent.retryIn : 0, called };
  };
  return async (row: OutboxRow, takenAt: number): Promise<SendOutcome> => {
    // The next of a place is handed out as soon as the report of the one before is in the database, and that may be
    // before its answer is here.
    for (let other = busy.get(row.to); other !== undefined; other = busy.get(row.to)) {
      // Held up for so long that the row was handed out again.
      if (other.id === row.id) return { retryIn: lease.whole, called: true };
      await other.ends.catch(() => {});
    }
    const ends = sendNow(row, takenAt).finally(() => busy.delete(row.to));
    busy.set(row.to, { id: row.id, ends });
    return ends;
  };
}

/** What came of a row, and whether Slack was asked to post or to edit it. */
interface Tried {
  sent: Sent;
  called: boolean;
}

function createTry(options: SendOptions, gates: Gates) {
  const { client, clock, log, stopping } = options;
  const { callTime = client.options.timeout ?? 0 } = options;
  if (callTime > lease.call) {
    throw new Error(`a call for the outbox may take ${lease.call} ms at most, not ${callTime}`);
  }
  const { sleep = (ms, signal) => realSleep(ms, undefined, { signal }) } = options;
  const pause = (ms: number) =>
    sleep(ms, stopping).then(
      () => true,
      () => false,
    );
  const turns = createTurns(clock);
  const call = createOutboxCalls(gates);
  const places = createOutboxPlaces(client.api, call, options.rooms);
  const attempt = createAttempt({ ...options, api: client.api, call, places, gates, pause });
  return async (row: OutboxRow, takenAt: number): Promise<Tried> => {
    let called = false;
    const behind = turns.wait(row);
    if (behind > 0) {
      const sent = { ...notNow(behind, 'an earlier message goes first'), counts: false } as const;
      return { sent, called };
    }
    const calling = () => {
      called = true;
    };
    try {
      const end = takenAt + lease.whole - lease.spare;
      const sent = await attempt(row, { until: end - callTime, end }, calling);
      turns.note(row, sent);
      return { sent, called };
    } catch (error) {
      turns.leave(row);
      log.error({ outbox: row.id, error }, 'A message could not be drawn');
      return { sent: notNow(afterFault, messageOf(error)), called };
    }
  };
}

/** Whether it stands as another message now than before. */
const isElsewhere = ({ posted }: OutboxRow, sent: Sent): boolean =>
  sent.kind === 'shown' && posted?.ts !== sent.posted.ts;

const notNow = (retryIn: number, why: string) => ({ kind: 'not-now', retryIn, why }) as const;

function note(log: Log, { id, to, attempts }: OutboxRow, sent: Sent): void {
  if (sent.kind === 'shown') return;
  const fields = { outbox: id, to, attempts, why: sent.why };
  if (sent.kind === 'never') log.error(fields, 'Slack will never take a message');
  else if (sent.counts === false) log.debug(fields, 'A message waits');
  else log.warn(fields, 'A message has not reached Slack, or nobody knows; it is tried again');
}
