import { onTestFinished } from 'vitest';
import { type Bot, type BotOptions, createBot } from '../../src/bot/bot.ts';
import type { PoolFetch } from '../../src/bot/calling/pool-fetch.ts';
import { createSlackClient, type SlackClient } from '../../src/bot/calling/slack-client.ts';
import { createSocketReceiver } from '../../src/bot/receiving/socket-receiver.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import { Secret } from '../../src/core/secret.ts';
import type { Answer, Asked, Desk } from '../../src/handlers/desk.ts';
import { memoryIntake } from '../../src/store/memory/memory-intake.ts';
import { patience } from '../support/patience.ts';
import { recordingLog } from './recording-log.ts';

/** A desk that remembers what it was asked, and does with it what the test says. */
export function tinyDesk(
  handle: (asked: Asked, answer: Answer) => Promise<void> = async () => {},
  changes: (asked: Asked) => boolean = () => false,
): Desk & { asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    changes,
    handle(one, answer) {
      asked.push(one);
      return handle(one, answer);
    },
    tellLeftBehind: async () => {},
  };
}

/** A client of the Slack at that address; it waits as long as a test does unless it is said. */
export const clientOf = (
  apiUrl: string,
  timeout = patience,
  token = 'xoxb-test',
  fetch?: PoolFetch,
): SlackClient =>
  createSlackClient({
    apiUrl,
    token: new Secret(token),
    redactor: createRedactor(),
    log: recordingLog(),
    timeout,
    ...(fetch && { fetch }),
  });

/** Everything about a bot in a test that is not said. */
export function botOptions(apiUrl: string, given: Partial<BotOptions> = {}): BotOptions {
  const client = given.client ?? clientOf(apiUrl);
  const log = given.log ?? recordingLog();
  return {
    client,
    log,
    receiver: createSocketReceiver({
      client: { appToken: 'xapp-test', clientOptions: client.options },
      lines: 2,
      shared: false,
      log,
      random: () => 0,
    }),
    desk: tinyDesk(),
    intake: memoryIntake(),
    team: 'T1',
    directory: { forget: () => {} },
    faultCode: () => 'F-TEST',
    redactor: createRedactor(),
    meter: { delivered: () => {}, acknowledged: () => {} },
    clock: { monotonic: () => 0 },
    ...given,
  };
}

/** A bot over Socket Mode, stopped when the test is over. */
export async function startBot(apiUrl: string, given: Partial<BotOptions> = {}): Promise<Bot> {
  const bot = createBot(botOptions(apiUrl, given));
  onTestFinished(async () => void (await bot.stop(0)));
  await bot.start();
  return bot;
}
