import { setTimeout as realSleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Drawn } from '../../src/bot/outbox-attempt.ts';
import { createOutboxSender, type OutboxSender } from '../../src/bot/outbox-sender.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { OutboxRow } from '../../src/core/outbox.ts';
import { type MemoryOutbox, memoryOutbox } from '../../src/store/memory-outbox.ts';
import { type LocalSlack, startLocalSlack, tokens } from './local-slack.ts';
import { type RecordingLog, recordingLog } from './recording-log.ts';
import { clientOf } from './start-bot.ts';

/** A clock on which so many milliseconds pass in one. */
export function fastClock(times: number): Clock {
  const [start, from] = [Date.now(), performance.now()];
  const passed = () => (performance.now() - from) * times;
  return { now: () => start + passed(), monotonic: passed };
}

/** What stands in a channel, oldest first. */
export interface Said {
  text: string;
  ts: string;
}

/** An outbox, a Slack, and senders between them on a clock that runs twenty times as fast. */
export interface Sending {
  slack: LocalSlack;
  outbox: MemoryOutbox;
  clock: Clock;
  log: RecordingLog;
  /** What the messages show: `subject version`. */
  draw(row: OutboxRow): Promise<Drawn | null>;
  /** Raises the subject to that version and wants it shown there. */
  want(subject: string, version: number, ...to: string[]): void;
  sender(given?: Partial<Parameters<typeof createOutboxSender>[0]>): OutboxSender;
  said(channel: string): Promise<Said[]>;
}

const times = 20;
/** The milliseconds that a call may take, by the machine's time. */
const patience = 150;

/** Sets it up; everything ends with the test. */
export async function startSending(
  given: Parameters<typeof startLocalSlack>[0] = {},
): Promise<Sending> {
  const slack = await startLocalSlack(given);
  const clock = fastClock(times);
  const outbox = memoryOutbox(clock);
  const log = recordingLog();
  const versions = new Map<string, number>();
  const draw = async ({ subject }: OutboxRow) => {
    const version = versions.get(subject) ?? 0;
    return { version, message: { text: `${subject} ${version}`, blocks: [] } };
  };
  const reader = clientOf(slack.apiUrl, 5_000, tokens.bot).api;
  return {
    ...{ slack, clock, outbox, log, draw },
    want(subject, version, ...to) {
      versions.set(subject, version);
      outbox.raise(
        subject,
        version,
        to.map((place) => ({ kind: 'card', to: place })),
      );
    },
    sender(more = {}) {
      const client = clientOf(slack.apiUrl, patience, tokens.bot);
      const sleep = (ms: number, signal: AbortSignal) =>
        realSleep(ms / times, undefined, { signal });
      const fast = { every: 5, callTime: patience * times, sleep };
      const sender = createOutboxSender({ outbox, draw, client, clock, log, ...fast, ...more });
      onTestFinished(async () => void (await sender.stop(1_000)));
      sender.start();
      return sender;
    },
    async said(channel) {
      const { messages = [] } = await reader.conversations.history({ channel, limit: 999 });
      const app = messages.filter(({ bot_id }) => bot_id !== undefined);
      return app.map(({ text = '', ts = '' }) => ({ text, ts })).reverse();
    },
  };
}

/** The texts of a channel. */
export const texts = (said: readonly Said[]): string[] => said.map(({ text }) => text);
