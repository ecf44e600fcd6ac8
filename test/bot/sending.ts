import { setTimeout as realSleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { createPoolFetch, type PoolFetch } from '../../src/bot/calling/pool-fetch.ts';
import type { SlackClient } from '../../src/bot/calling/slack-client.ts';
import type { Drawn } from '../../src/bot/outbox/attempt-options.ts';
import { createOutboxSender, type OutboxSender } from '../../src/bot/outbox/outbox-sender.ts';
import type { Clock } from '../../src/core/clock.ts';
import type { OutboxRow } from '../../src/core/outbox.ts';
import type { PaceLimits } from '../../src/core/pace.ts';
import { type MemoryOutbox, memoryOutbox } from '../../src/store/memory/memory-outbox.ts';
import { type MemoryPace, memoryPace } from '../../src/store/memory/memory-pace.ts';
import { app, people } from '../../workspace/people.ts';
import { patience } from '../support/patience.ts';
import { type LocalSlack, startLocalSlack, tokens } from './local-slack.ts';
import { type RecordingLog, recordingLog } from './recording-log.ts';
import { clientOf } from './start-bot.ts';

/** So much of the time between two looks at a fast clock counts at most, in milliseconds. */
const seen = 4;

/**
 * A clock on which so many milliseconds pass in one, as long as the process gets on. Half a second in which a
 * busy machine does not let it would be ten, in which everybody loses their place; and a lease has to be long
 * enough for what is done in it, however long each turn of the event loop takes.
 */
export function fastClock(times: number): Clock {
  const start = Date.now();
  let last = performance.now();
  let passed = 0;
  const look = () => {
    const now = performance.now();
    passed += Math.min(now - last, seen) * times;
    last = now;
    return passed;
  };
  setInterval(look, 2).unref();
  return { now: () => start + look(), monotonic: look };
}

/** Chance that is the same in every run. */
export function someChance(seed: number) {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { now: () => Date.now(), random };
}

/** What stands in a channel, oldest first. */
export interface Said {
  text: string;
  ts: string;
}

/** An outbox, a Slack, and senders between them on a clock that runs twenty times as fast. */
export interface Sending {
  slack: LocalSlack;
  /** The same Slack with all the patience in the world. */
  api: SlackClient['api'];
  outbox: MemoryOutbox;
  pace: MemoryPace;
  clock: Clock;
  log: RecordingLog;
  /** What the messages show: `subject version`. */
  draw(row: OutboxRow): Promise<Drawn | null>;
  /** How often that was asked. */
  drawn(): number;
  /** Raises the subject to that version and wants it shown there. */
  want(subject: string, version: number, ...to: string[]): void;
  sender(given?: Partial<Parameters<typeof createOutboxSender>[0]>): OutboxSender;
  /** For one sender: puts down when what it really sends was drawn, by these methods alone. */
  noting(
    at: number[],
    ...methods: ('postMessage' | 'update')[]
  ): Pick<Parameters<typeof createOutboxSender>[0], 'draw' | 'client'>;
  said(channel: string): Promise<Said[]>;
}

const times = 20;
/** The milliseconds that a call may take by the clock: long enough for a busy machine, and less than the outbox’s lease. */
const callTime = 6_000;

/** Sets it up; everything ends with the test. With limits there is a pace, and Slack's time is as fast as theirs. */
export async function startSending(
  given: Parameters<typeof startLocalSlack>[0] = {},
  limits?: PaceLimits,
): Promise<Sending> {
  const clock = fastClock(times);
  const slack = await startLocalSlack({ ...(limits && { rateClock: clock }), ...given });
  const pace = memoryPace(clock, limits);
  const outbox = memoryOutbox(clock, pace);
  const log = recordingLog();
  const versions = new Map<string, number>();
  let drawn = 0;
  const draw = async ({ subject }: OutboxRow) => {
    drawn += 1;
    const version = versions.get(subject) ?? 0;
    return { version, message: { text: `${subject} ${version}`, blocks: [] } };
  };
  const { api } = clientOf(slack.apiUrl, patience, tokens.bot);
  const clientHere = () =>
    clientOf(slack.apiUrl, patience, tokens.bot, fetchWithin(clock, callTime));
  return {
    ...{ slack, api, clock, outbox, pace, log, draw, drawn: () => drawn },
    want(subject, version, ...to) {
      versions.set(subject, version);
      outbox.raise(
        subject,
        version,
        to.map((place) => ({ kind: 'card', to: place })),
      );
    },
    sender(more = {}) {
      const client = clientHere();
      const sleep = (ms: number, signal: AbortSignal) => sleepBy(clock, ms, signal);
      const fast = { every: 5, callTime, sleep };
      const sender = createOutboxSender({ outbox, draw, client, clock, log, ...fast, ...more });
      onTestFinished(async () => void (await sender.stop(1_000)));
      sender.start();
      return sender;
    },
    noting: (at, ...methods) => noting({ at, methods, draw, clock, client: clientHere() }),
    async said(channel) {
      const who = channel.startsWith('D') ? `U${channel.slice(1)}` : people.onCall1;
      const { snapshot } = await slack.control('look', { as: who });
      return snapshot.messages
        .filter((message) => message.channel === channel && message.user === app.botUser)
        .map(({ text, ts }) => ({ text, ts }));
    },
  };
}

/** Waits by the clock. A timer that is set late in a turn of the event loop is early, which is much on a fast one. */
async function sleepBy(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const end = clock.monotonic() + ms;
  do await realSleep(Math.ceil((end - clock.monotonic()) / times), undefined, { signal });
  while (clock.monotonic() < end);
}

/** Gives a call so many milliseconds by the clock: it is not slow while the machine lets nobody go on. */
export function fetchWithin(clock: Clock, ms: number): PoolFetch {
  const pool = createPoolFetch();
  return async (url, init) => {
    const [over, done] = [new AbortController(), new AbortController()];
    const late = async () => {
      await sleepBy(clock, ms, done.signal);
      over.abort(new DOMException('Slack did not answer in time', 'TimeoutError'));
    };
    late().catch(() => {}); // it was answered before
    const signal = AbortSignal.any([over.signal, ...(init?.signal ? [init.signal] : [])]);
    return pool(url, { ...init, signal }).finally(() => done.abort());
  };
}

/** What noting needs. */
interface Noting extends Pick<Sending, 'draw' | 'clock'> {
  at: number[];
  methods: readonly ('postMessage' | 'update')[];
  client: SlackClient;
}

/** What is drawn and then not sent, because time has run out meanwhile, is not put down. */
function noting({ at, methods, draw, clock, client }: Noting) {
  let drawnAt = 0;
  const { chat } = client.api;
  const noted = methods.map((method) => {
    const call: (what: never) => Promise<unknown> = chat[method];
    const sends = (what: never) => {
      at.push(drawnAt);
      return call(what);
    };
    return [method, sends];
  });
  const api = Object.create(client.api, {
    chat: { value: { ...chat, ...Object.fromEntries(noted) } },
  });
  return {
    client: { ...client, api },
    draw: (row: OutboxRow) => {
      drawnAt = clock.monotonic();
      return draw(row);
    },
  };
}

/** The calls of a method so far, by what became of them. */
export const calls = async ({ slack }: Sending, method: string): Promise<string[]> => {
  const { traffic } = await slack.control('traffic', {});
  return traffic.filter(({ what }) => what === method).map(({ outcome }) => outcome);
};

/** So many names of runs. */
export const subjects = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `R${n + 1}`);

/** The texts of a channel. */
export const texts = (said: readonly Said[]): string[] => said.map(({ text }) => text);
