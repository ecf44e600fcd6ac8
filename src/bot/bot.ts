import { App, LogLevel } from '@slack/bolt';
import type { Clock } from '../core/clock.ts';
import type { Intake } from '../core/intake.ts';
import type { Log } from '../core/log.ts';
import type { Readiness } from '../core/readiness.ts';
import type { Desk } from '../handlers/desk.ts';
import { createAnswer } from './answer.ts';
import { createDeliveries } from './deliveries.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Meter } from './meter.ts';
import type { SlackReceiver } from './receiver.ts';
import type { SlackClient } from './slack-client.ts';
import { slackLogger } from './slack-logger.ts';
import { listen } from './through-bolt.ts';

/** What the bot is made of. */
export interface BotOptions {
  receiver: SlackReceiver;
  client: SlackClient;
  desk: Desk;
  intake: Intake;
  forget(what: 'person' | 'group', id: string): void;
  botUser(): string | null;
  faultCode(): string;
  meter: Meter;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** Gatehouse in Slack. */
export interface Bot {
  /** Begins to take deliveries; does not wait for Slack. */
  start(): Promise<void>;
  /** Takes nothing more, then waits at most this many milliseconds for what has begun; answers how much is left. */
  stop(patience: number): Promise<number>;
  ready(): Readiness;
}

/** Puts the receiver, Bolt, the dispatcher and the desk together. */
export function createBot(options: BotOptions): Bot {
  const { receiver, client, log } = options;
  const deliveries = createDeliveries({ intake: options.intake, log });
  const answer: Parameters<typeof createDispatcher>[0]['answer'] = (asked, route) =>
    createAnswer(client, asked, route);
  const dispatcher = createDispatcher({ ...options, deliveries, answer });
  const app = new App({
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
      await app.start();
    },
    async stop(patience) {
      dispatcher.stopTaking();
      await app.stop();
      return dispatcher.idle(patience);
    },
    ready: () => receiver.ready(),
  };
}
