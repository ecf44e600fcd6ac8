import { messageOf } from '../../core/errors.ts';
import type { OutboxRow } from '../../core/outbox.ts';
import { createInFlight } from '../in-flight.ts';
import { createSend, type SendOptions } from './outbox-send.ts';

/** Brings what the outbox holds to Slack. */
export interface OutboxSender {
  start(): void;
  /**
   * Takes nothing more and waits at most `patience` milliseconds for what is being sent; answers how
   * much is left of it. What is not sent stays in the outbox.
   */
  stop(patience: number): Promise<number>;
}

/** What the sender needs. */
export interface OutboxSenderOptions extends Omit<SendOptions, 'stopping'> {
  /** How often the outbox is looked into when nothing was added, in milliseconds. */
  every?: number;
  /** Whether nothing is to be sent for now, because Slack cannot be reached. */
  paused?(): boolean;
}

/** So many messages are on their way at once, each to another place. */
const atOnce = 8;
/**
 * What is due within so many milliseconds is waited for, and taken this much after it is due, since
 * the outbox counts from when it heard of it; for the rest it is enough to look now and then.
 */
const wake = { within: 2_000, late: 20 };

/** Makes the sender; it begins with `start`. */
export function createOutboxSender(options: OutboxSenderOptions): OutboxSender {
  const { outbox, clock, every = 500, paused = () => false } = options;
  const inFlight = createInFlight();
  const stopping = new AbortController();
  const send = createSend({ ...options, stopping: stopping.signal });
  const take = createTake(options);
  let sending = 0;
  let timer: NodeJS.Timeout | undefined;

  const sendOne = async (row: OutboxRow, takenAt: number) => {
    sending += 1;
    const { retryIn, called } = await send(row, takenAt);
    sending -= 1;
    if (!called) look();
    if (retryIn <= wake.within) setTimeout(look, retryIn && retryIn + wake.late).unref();
  };
  let next: NodeJS.Timeout | undefined;
  const held = (ms: number) => {
    clearTimeout(next);
    next = setTimeout(look, ms + 1).unref();
  };
  const round = async () => {
    const takenAt = clock.monotonic();
    const rows = sending < atOnce && !paused() ? await take(atOnce - sending, held) : [];
    for (const row of rows) void inFlight.add(sendOne(row, takenAt));
  };
  const look = inTurn(() => inFlight.add(round()), stopping.signal);
  return {
    start() {
      outbox.onAdded(look);
      timer = setInterval(look, every).unref();
      look();
    },
    stop(patience) {
      stopping.abort();
      clearInterval(timer);
      clearTimeout(next);
      return inFlight.idle(patience);
    },
  };
}

/** Takes rows; while the outbox cannot be read there are none, which is logged once. */
function createTake({ outbox, log }: Pick<OutboxSenderOptions, 'outbox' | 'log'>) {
  let trouble: string | null = null;
  return async (limit: number, held: (ms: number) => void): Promise<readonly OutboxRow[]> => {
    try {
      const rows = await outbox.take(limit, held);
      trouble = null;
      return rows;
    } catch (error) {
      const why = messageOf(error);
      if (why !== trouble) log.warn({ why }, 'The outbox cannot be read; messages wait in it');
      trouble = why;
      return [];
    }
  };
}

/** Runs one after the other; whatever was asked for meanwhile is one more run. */
function inTurn(run: () => Promise<void>, stopping: AbortSignal): () => void {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    while (again && !stopping.aborted) {
      again = false;
      await run();
    }
    running = false;
  };
}
