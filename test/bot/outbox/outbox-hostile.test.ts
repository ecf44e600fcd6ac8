import { setTimeout as realSleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createOutboxSender } from '../../../src/bot/outbox/outbox-sender.ts';
import type { OutboxRow } from '../../../src/core/outbox.ts';
import { memoryOutbox } from '../../../src/store/memory/memory-outbox.ts';
import { patience } from '../../support/patience.ts';
import { startHostileSlack } from '../hostile-slack.ts';
import { tokens } from '../local-slack.ts';
import { recordingLog } from '../recording-log.ts';
import { fastClock, fetchWithin, someChance } from '../sending.ts';
import { clientOf } from '../start-bot.ts';

const [places, each, times, callTime] = [40, 25, 20, 3_000];
const shares = {
  limited: 0.1,
  before: 0.1,
  after: 0.1,
  'broken-before': 0.03,
  'broken-after': 0.03,
  hang: 0.01,
};

test('a thousand messages of two bots through a hostile Slack: none twice, none missing, each at its newest', async () => {
  const slack = await startHostileSlack(shares, someChance(17).random);
  onTestFinished(() => slack.close());
  const clock = fastClock(times);
  const outbox = memoryOutbox(clock);
  let version = 1;
  const draw = async ({ subject }: OutboxRow) => ({
    version,
    message: { text: `${subject} ${version}`, blocks: [] },
  });
  const sleep = (ms: number, signal: AbortSignal) =>
    realSleep(Math.ceil(ms / times) + 1, undefined, { signal });
  for (let bot = 0; bot < 2; bot += 1) {
    const client = clientOf(slack.apiUrl, patience, tokens.bot, fetchWithin(clock, callTime));
    const log = recordingLog();
    const pace = { every: 5, callTime, sleep };
    const sender = createOutboxSender({ outbox, draw, client, clock, log, ...pace });
    onTestFinished(async () => void (await sender.stop(1_000)));
    sender.start();
  }
  const channels = Array.from({ length: places }, (_, n) => `C${n}`);
  const names = channels.flatMap((channel) =>
    Array.from({ length: each }, (_, n) => ({ channel, subject: `${channel}-R${n}` })),
  );
  for (const { channel, subject } of names)
    outbox.raise(subject, 1, [{ kind: 'card', to: channel }]);
  await realSleep(1_000);
  version = 2;
  for (const { subject } of names) outbox.raise(subject, 2, []);

  const stands = () => channels.flatMap((channel) => slack.texts(channel)).toSorted();
  const wanted = names.map(({ subject }) => `${subject} 2`).toSorted();
  await expect.poll(stands, { timeout: 3 * patience, interval: 200 }).toEqual(wanted);
  for (const what of Object.keys(shares)) {
    expect(slack.happened.get(what) ?? 0, what).toBeGreaterThan(5);
  }
  expect(await outbox.unconfirmed()).toEqual([]);
});
