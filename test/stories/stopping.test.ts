import { afterEach, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { tcpServer } from '../support/local-server.ts';
import { answersIn, textOf } from '../support/person.ts';

let grounds: Grounds;
let bot: BotProcess;
afterEach(async () => {
  await bot.kill();
  await grounds.close();
});

/** The bot in a process of its own; nothing in these stories needs a database, and there is none. */
async function start(mode: 'socket' | 'http', env: Record<string, string> = {}): Promise<void> {
  grounds = await openGrounds({ mode });
  bot = startBotProcess({ ...grounds.env, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/', ...env });
  await bot.ready();
}

/** Commands that hang at a service until it answers, one for each of these people. */
async function hang(ids: readonly string[]) {
  const service = grounds.service('rust-auth');
  service.be('hung');
  for (const id of ids) await grounds.person(id).types('status rust-auth@prod --deadline 9s');
  await expect.poll(service.held).toBe(ids.length);
  return service;
}

const early = [people.onCall1, people.onCall2, people.manager1];
const late = [people.manager2, people.security, people.helpdesk, people.viewer, people.auditor];
const sentence = 'This was not taken, so nothing will happen: Gatehouse is just being restarted.';

/** What somebody was told about the command that they typed: by Gatehouse, or by Slack when it failed. */
const told = (id: string): Promise<string> =>
  grounds.slack.waitFor(id, (seen) => {
    const last = seen.messages.find(({ onlyFor }) => onlyFor === id);
    return last && `${last.text}\n${textOf(last)}`;
  });

describe('a bot that is told to stop', () => {
  test.each(['socket', 'http'] as const)(
    'finishes what has begun, and whoever comes later is told: %s',
    async (mode) => {
      await start(mode);
      const service = await hang(early);
      bot.send('SIGTERM');
      await expect.poll(() => bot.lines.join()).toContain('"stopping"');
      for (const id of late) {
        await grounds.slack.type({ as: id, channel: channels.general, text: '/auth status' });
      }
      for (const id of late) {
        const answer = await told(id);
        // Slack says so as well when the connection ended under an acknowledgement.
        const failed = /error "(?:dispatch_failed|operation_timeout)"/.test(answer);
        const refused = answer.includes(sentence) || failed;
        expect(refused ? 'refused' : answer).toBe('refused');
      }
      if (mode === 'http') expect(await told(people.viewer)).toContain(sentence);
      service.be('up');
      for (const id of early) expect(await told(id)).toContain('Status of rust-auth@prod');
      expect(await bot.ended).toEqual({ code: 0, signal: null });
    },
  );

  test('ends with whoever started it', async () => {
    await start('socket');
    bot.abandon();
    expect(await bot.ended).toEqual({ code: 0, signal: null });
    await grounds.slack.waitFor(people.viewer, ({ app }) => app.sockets === 0);
  });
});

test('a database that hangs from before the start delays no answer and no end', async () => {
  const hung = await tcpServer(() => {});
  await start('socket', { DATABASE_URL: `postgres://nobody@127.0.0.1:${hung.port}/` });
  const viewer = grounds.person(people.viewer);
  expect(textOf(await viewer.asks('status'))).toContain('All 2 are up.');
  await expect.poll(() => hung.sockets.size).toBeGreaterThan(0);
  bot.send('SIGINT');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
  expect(answersIn(await viewer.sees())).toHaveLength(1);
  await hung.stop();
});
