import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { dataFolder } from '../support/data-folder.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { leaveOldButton } from '../support/old-button.ts';
import { delivered, readiness } from '../support/pages.ts';
import { patience } from '../support/patience.ts';
import { answersIn, textOf } from '../support/person.ts';

/** Signed requests, because one of them can be sent again after the process that took it is gone. */
let grounds: Grounds;
let data: Awaited<ReturnType<typeof dataFolder>>;
let bot: BotProcess;

beforeAll(async () => {
  [grounds, data] = await Promise.all([openGrounds({ mode: 'http' }), dataFolder()]);
  bot = await start();
});
afterAll(async () => {
  await bot.kill();
  await grounds.close();
  await data.remove();
});

/** The bot with a real database in that folder, which is open. */
async function start(): Promise<BotProcess> {
  const started = startBotProcess({ ...grounds.env, GATEHOUSE_DATA: data.path });
  const web = await started.web();
  const database = async () => (await readiness(web)).checks.database;
  await vi.waitFor(async () => expect(await database()).toEqual({ ok: true, why: null }), patience);
  return started;
}

test('a click that was taken before the bot was killed is a copy for the next one', async () => {
  const engineer = grounds.person(people.onCall1);
  const button = await leaveOldButton(grounds, channels.authOps, engineer.id);
  const answer = await engineer.presses(button, 'Restart');
  expect(textOf(answer)).toContain('This button belongs to nothing that I know');
  await bot.kill();

  bot = await start();
  const before = answersIn(await engineer.sees()).length;
  expect(await grounds.slack.resend({ how: 'replay' })).toMatchObject({ status: 200 });
  await expect.poll(async () => delivered(await bot.web(), 'click', 'copy')).toBe(1);
  expect(await delivered(await bot.web(), 'click', 'new')).toBe(0);
  expect(answersIn(await engineer.sees())).toHaveLength(before);
});

test('commands that were typed while it was gone are told to have failed, and the next ones work', async () => {
  const viewer = grounds.person(people.viewer);
  await bot.kill();
  const typed = { as: viewer.id, channel: channels.general, text: '/auth status' };
  expect(await grounds.slack.type(typed)).toMatchObject({ error: 'dispatch_failed' });
  const { messages } = await viewer.sees();
  expect(messages.at(-1)?.text).toContain('/auth failed with the error "dispatch_failed"');
  bot = await start();
  expect(textOf(await viewer.asks('status'))).toContain('All 2 are up.');
});
