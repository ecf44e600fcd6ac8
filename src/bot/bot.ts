// Not the package's index: that also loads Express and a receiver for Lambda, a tenth of the whole start.
import bolt from '@slack/bolt/dist/App.js';
import { LogLevel } from '@slack/logger';
import type { Clock } from '../core/clock.ts';
import type { Intake } from '../core/intake.ts';
import type { Log } from '../core/log.ts';
import type { Readiness } from '../core/readiness.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Desk } from '../handlers/desk.ts';
import { createAnswer, createDirectAnswer } from './answer.ts';
import type { SlackClient } from './calling/slack-client.ts';
import { slackLogger } from './calling/slack-logger.ts';
import { holdMarks } from './marks/held-marks.ts';
import type { SlackDirectory } from './people/directory.ts';
import { type Identity, watchIdentity } from './people/identity.ts';
import { createDeliveries } from './receiving/deliveries.ts';
import { createDispatcher } from './receiving/dispatcher.ts';
import { watchLeftBehind } from './receiving/left-behind.ts';
import type { Meter } from './receiving/meter.ts';
import type { SlackReceiver } from './receiving/receiver.ts';
import { listen } from './receiving/through-bolt.ts';

/** What the bot is made of. */
export interface BotOptions {
  receiver: SlackReceiver;
  client: SlackClient;
  /** The id of the workspace, as configured. */
  team: string;
  desk: Desk;
  intake: Intake;
  /** Whether the database has only begun to open. */
  opening?(): boolean;
  directory: Pick<SlackDirectory, 'forget'>;
  /** Told when Slack says that a channel was closed, or that the app was put out of it, by its id. */
  channelChanged?(channel: string): void;
  /** A few letters for a person to quote and for the log to be searched by. */
  faultCode(): string;
  /** Takes secrets out of what is kept of a request. */
  redactor: Pick<Redactor, 'redactAll'>;
  meter: Meter;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** Gatehouse in Slack. */
export interface Bot {
  /** Begins to take deliveries; does not wait for Slack. */
  start(): Promise<void>;
  /**
   * Takes nothing more, ends the connections when the acknowledgements are out, then waits at most
   * `patience` milliseconds for what has begun; answers how much is left of it.
   */
  stop(patience: number): Promise<number>;
  ready(): Readiness;
}

/** Puts the receiver, Bolt, the dispatcher and the desk together. */
export function createBot(options: BotOptions): Bot {
  const { receiver, client, team, log } = options;
  let identity: Identity | null = null;
  const deliveries = createDeliveries(options);
  const leftBehind = watchLeftBehind({
    ...options,
    hold: deliveries.hold,
    direct: (asker) => createDirectAnswer(client, asker),
  });
  const marks = marksFor(options);
  const dispatcher = createDispatcher({
    ...options,
    deliveries,
    marks,
    answer: (asked, route) => createAnswer(client, asked, route),
    forget: (what, id) =>
      what === 'channel' ? options.channelChanged?.(id) : options.directory.forget(what, id),
    botUser: () => identity?.botUser() ?? null,
  });
  const app = new bolt.default({
    receiver,
    authorize: async () => ({}), // nothing in Bolt needs a token, so nothing in it waits for Slack
    ignoreSelf: false,
    convoStore: false,
    clientOptions: client.options,
    logger: slackLogger(log),
    logLevel: LogLevel.INFO,
  });
  listen(app, dispatcher.deliver);
  return {
    async start() {
      identity = watchIdentity({ api: client.api, team, log });
      await app.start();
      leftBehind.start();
    },
    async stop(patience) {
      dispatcher.stopTaking();
      identity?.stop();
      await app.stop();
      const left = await dispatcher.idle(patience);
      await Promise.all([leftBehind.stop(patience), marks.stop(patience), deliveries.flush()]);
      return left;
    },
    ready() {
      const known = identity?.ready() ?? { ok: true, why: null };
      return known.ok ? receiver.ready() : known;
    },
  };
}

/** Keeps what was done to messages while the database is away. */
const marksFor = (options: BotOptions) =>
  holdMarks({
    ...options,
    notice: async (noticed) => options.desk.notice?.(noticed),
    direct: (asker) => createDirectAnswer(options.client, asker),
  });
