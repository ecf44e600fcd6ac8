import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { channels, people } from '../workspace/people.ts';
import { type BotProcess, startBotProcess } from './support/bot-process.ts';
import { dataFolder } from './support/data-folder.ts';
import { type Grounds, openGrounds, tokens } from './support/grounds.ts';
import { textOf } from './support/person.ts';

let grounds: Grounds;
let bot: BotProcess;
afterEach(async () => {
  await bot.kill();
  await grounds.close();
});

/** Looks like no secret: only who knows it takes it out. */
const password = 'correct-horse-battery';

/** The process that an installation runs; its database is not there, which delays nothing. */
async function start(env: Record<string, string> = {}): Promise<void> {
  grounds = await openGrounds({ mode: 'http', services: ['rust-auth'] });
  const database = `postgres://gatehouse:${password}@127.0.0.1:1/`;
  bot = startBotProcess({ ...grounds.env, DATABASE_URL: database, GATEHOUSE_LOG: 'debug', ...env });
  await bot.ready();
}

test('what it was told in secret comes out nowhere, also where it looks like nothing', async () => {
  await start();
  const database = `postgres://gatehouse:${password}@127.0.0.1:1/`;
  const now = new Date().toISOString();
  grounds.writeLog('rust-auth', [`${now} it is ${tokens.signingSecret}`, `${now} at ${database}`]);
  const engineer = grounds.person(people.onCall1);
  const log = textOf(await engineer.asks('logs rust-auth@prod'));
  expect(log.match(/\[secret\]/g)).toHaveLength(2);
  await engineer.asks(`status ${tokens.signingSecret}`);
  await engineer.types(`status ${database}`, channels.general);
  const everything = [JSON.stringify(await engineer.sees()), ...bot.lines].join('\n');
  for (const secret of [tokens.signingSecret, password]) expect(everything).not.toContain(secret);
});

test('a second process on the same data folder ends with one clear sentence, and the first goes on', async () => {
  const folder = await dataFolder();
  onTestFinished(() => folder.remove());
  const embedded = { DATABASE_URL: '', GATEHOUSE_DATA: folder.path };
  await start(embedded);
  await expect.poll(() => bot.lines.join()).toContain('the database is open');
  const second = startBotProcess({ ...grounds.env, ...embedded, GATEHOUSE_PORT: '0' });
  expect(await second.ended).toEqual({ code: 2, signal: null });
  const said = second.lines.filter((line) => !line.startsWith('{'));
  expect(said).toEqual([
    expect.stringMatching(/^The data folder .* is in use by another Gatehouse/),
  ]);
  const answer = await grounds.person(people.onCall1).asks('status');
  expect(textOf(answer)).toContain('All 1 are up.');
});

test('it answers, and ends when it is told to, while nobody reads its log', async () => {
  await start();
  bot.turnAway();
  const engineer = grounds.person(people.onCall1);
  expect(textOf(await engineer.asks('status'))).toContain('All 1 are up.');
  bot.send('SIGTERM');
  expect(await bot.ended).toEqual({ code: 0, signal: null });
});

describe('a fault that nobody caught', () => {
  const fault = `new Error('nobody looks, password=${password}')`;

  test.each([
    ['a rejection', `process.on('SIGUSR2', () => void Promise.reject(${fault}));`],
    ['an error thrown', `process.on('SIGUSR2', () => { throw ${fault}; });`],
  ])('ends the process, so that it is started anew, and is in the log: %s', async (_, program) => {
    await start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program)}` });
    bot.send('SIGUSR2');
    expect(await bot.ended).toEqual({ code: 1, signal: null });
    const faults = bot.lines.filter((line) => line.includes('"error"')).join('\n');
    expect(faults).toContain('a fault that nobody caught: nobody looks, password=[secret]');
    expect(bot.lines.join('\n')).not.toContain(password);
  });
});
