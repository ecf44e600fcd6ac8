import { setTimeout as realSleep } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Outbox, OutboxRow, Sent } from '../core/outbox.ts';
import { type AttemptOptions, createAttempt } from './outbox-attempt.ts';
import { createOutboxCalls } from './outbox-calls.ts';
import { createGates } from './outbox-gates.ts';
import { createOutboxPlaces } from './outbox-places.ts';
import { createTurns } from './outbox-turns.ts';
import type { SlackClient } from './slack-client.ts';

/** What sending needs. */
export interface SendOptions {
  outbox: Outbox;
  draw: AttemptOptions['draw'];
  client: Pick<SlackClient, 'api' | 'options'>;
  clock: Clock;
  log: Log;
  /** How long one call may take, in milliseconds; as the client has it unless it is said. */
  callTime?: number;
  stopping: AbortSignal;
  /** Waits so many milliseconds of the clock, and rejects when the signal fires. */
  sleep?(ms: number, stopping: AbortSignal): Promise<unknown>;
}

/** For how long a row is its taker's, and how much of that stays unused, in milliseconds. */
const lease = { whole: 10_000, spare: 500 };
/** When a row comes again that a fault of Gatehouse's own has held up, in milliseconds. */
const afterFault = 5_000;

/** Sends rows and reports what became of them. */
export function createSend(options: SendOptions) {
  const { outbox, client, clock, log, stopping } = options;
  const gates = createGates(clock);
  const turns = createTurns(clock);
  const busy = new Set<string>();
  const call = createOutboxCalls(gates);
  const places = createOutboxPlaces(client.api, call);
  const { sleep = (ms, signal) => realSleep(ms, undefined, { signal }) } = options;
  const pause = (ms: number) =>
    sleep(ms, stopping).then(
      () => true,
      () => false,
    );
  const attempt = createAttempt({ ...options, api: client.api, call, places, gates, pause });
  const callTime = options.callTime ?? client.options.timeout ?? 0;

  const tryIt = async (row: OutboxRow, takenAt: number): Promise<Sent> => {
    const behind = turns.wait(row);
    if (behind > 0) return { ...notNow(behind, 'an earlier message goes first'), counts: false };
    try {
      const sent = await attempt(row, takenAt + lease.whole - lease.spare - callTime);
      turns.note(row, sent);
      return sent;
    } catch (error) {
      turns.leave(row);
      log.error({ outbox: row.id, error }, 'A message could not be drawn');
      return notNow(afterFault, messageOf(error));
    }
  };
  const report = async (row: OutboxRow, takenAt: number, sent: Sent) => {
    note(log, row, sent);
    const isLate = clock.monotonic() >= takenAt + lease.whole;
    if (isLate && sent.kind !== 'shown') return; // it is somebody else's by now
    await outbox.report(row.id, sent).catch((error: unknown) => {
      log.error({ outbox: row.id, why: messageOf(error) }, 'What became of a message is not noted');
    });
  };
  /** Answers in how many milliseconds something may be due in that place. */
  return async (row: OutboxRow, takenAt: number): Promise<number> => {
    if (busy.has(row.to)) return lease.whole; // held up for so long that the row was handed out again
    busy.add(row.to);
    try {
      const sent = await tryIt(row, takenAt);
      await report(row, takenAt, sent);
      return 'retryIn' in sent ? sent.retryIn : 0;
    } finally {
      busy.delete(row.to);
    }
  };
}

const notNow = (retryIn: number, why: string) => ({ kind: 'not-now', retryIn, why }) as const;

function note(log: Log, { id, to, attempts }: OutboxRow, sent: Sent): void {
  if (sent.kind === 'shown') return;
  const fields = { outbox: id, to, attempts, why: sent.why };
  if (sent.kind === 'never') log.error(fields, 'Slack will never take a message');
  else if (sent.counts === false) log.debug(fields, 'A message waits');
  else log.warn(fields, 'A message has not reached Slack, or nobody knows; it is tried again');
}
