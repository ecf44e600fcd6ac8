import { afterEach, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { readiness } from '../support/pages.ts';
import { textOf } from '../support/person.ts';

let grounds: Grounds;
let bot: BotProcess;
afterEach(async () => {
  await bot.kill();
  await grounds.close();
});

const noDatabase = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/' };
const whySlack = async () => (await readiness(await bot.web())).checks.slack;

test('a token that is revoked before the start is said at /readyz, and the process lives on', async () => {
  grounds = await openGrounds({ mode: 'http' }); // where no connection tells that the token is bad
  await grounds.slack.faults({ revoked: true });
  bot = startBotProcess({ ...grounds.env, ...noDatabase });
  await expect.poll(whySlack).toEqual({ ok: false, why: expect.stringContaining('token_revoked') });
  expect((await readiness(await bot.web())).status).toBe(503);
  await grounds.slack.faults({ revoked: false });
  const status = await grounds.person(people.viewer).asks('status');
  expect(textOf(status)).toContain('All 2 are up.');
  expect(bot.lines.join('\n')).not.toContain('a fault that nobody caught');
});

test('a token that is revoked later is said at /readyz, and the process lives on', async () => {
  grounds = await openGrounds();
  bot = startBotProcess({ ...grounds.env, ...noDatabase });
  await bot.ready();
  await grounds.slack.faults({ revoked: true });
  await grounds.slack.sockets({ do: 'drop', all: true });
  await expect.poll(whySlack).toEqual({ ok: false, why: expect.stringContaining('token_revoked') });
  await grounds.slack.faults({ revoked: false });
  await expect.poll(whySlack).toMatchObject({ ok: true });
  const status = await grounds.person(people.viewer).asks('status');
  expect(textOf(status)).toContain('All 2 are up.');
  bot.send('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
});

test('a Web API that hangs from before the start keeps nobody from reading', async () => {
  grounds = await openGrounds({ mode: 'http', hasty: true });
  await grounds.slack.faults({ hang: true });
  bot = startBotProcess({ ...grounds.env, ...noDatabase });
  await bot.ready();
  const status = textOf(await grounds.person(people.viewer).asks('status'));
  expect(status).toContain('All 2 are up.');
  expect(status).toContain('Your roles could not be looked up');
});

test('a Slack that is down at the start is found when it is back', async () => {
  grounds = await openGrounds();
  await grounds.slack.faults({ failBefore: 1 });
  bot = startBotProcess({ ...grounds.env, ...noDatabase });
  await expect.poll(whySlack).toMatchObject({ ok: false });
  await grounds.slack.faults({ failBefore: 0 });
  await bot.ready();
  const status = await grounds.person(people.viewer).asks('status');
  expect(textOf(status)).toContain('All 2 are up.');
});
