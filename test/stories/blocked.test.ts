import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openEmbedded } from '../../src/store/database/open-embedded.ts';
import { channels, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { dataFolder } from '../support/data-folder.ts';
import { type RunningDemo, runDemo } from '../support/demo.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { readiness } from '../support/pages.ts';
import { patience } from '../support/patience.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';

/** The real bot with a real database over the five systems of the demo, which is killed on the way. */
let grounds: Grounds;
let demo: RunningDemo;
let data: Awaited<ReturnType<typeof dataFolder>>;
let bot: BotProcess;
let engineer: Person;
let manager: Person;

const one = '203.0.113.7';
const other = '203.0.113.9';
const third = '203.0.113.11';
const systems = [
  'enterprise-auth',
  'identity-platform',
  'rms-auth',
  'rust-auth',
  'security-platform',
];

beforeAll(async () => {
  [grounds, data, demo] = await Promise.all([
    openGrounds({ services: [] }),
    dataFolder(),
    runDemo(),
  ]);
  engineer = grounds.person(people.onCall1);
  manager = grounds.person(people.manager1);
  bot = await start();
});
afterAll(async () => {
  await bot?.kill();
  await grounds?.close();
  await demo?.stop();
  await data?.remove();
});

async function start(): Promise<BotProcess> {
  const env = { ...grounds.env, GATEHOUSE_CONFIG: demo.config, GATEHOUSE_DATA: data.path };
  const started = startBotProcess(env);
  const web = await started.web();
  const database = async () => (await readiness(web)).checks.database;
  await vi.waitFor(async () => expect(await database()).toEqual({ ok: true, why: null }), patience);
  await started.ready();
  return started;
}

/** Kills the bot, lets so many minutes pass for the database, and starts another one. */
async function sleepThrough(minutes: number): Promise<void> {
  await bot.kill();
  const engine = await openEmbedded(data.path);
  await sql`update gatehouse_clock set shift = shift + ${minutes} * interval '1 minute'`.execute(
    engine.db,
  );
  await engine.close();
  bot = await start();
}

/** What a client from that address is answered, on each of the systems. */
const answers = (from: string) =>
  Promise.all(systems.map(async (system) => (await demo.ask(system, '/health', { from })).status));
const refusedOn = async (from: string) => {
  const all = await answers(from);
  return systems.filter((_, at) => all[at] === 403);
};

const card = (run: string, says: string): Promise<Message> =>
  grounds.slack.waitFor(people.onCall2, (seen) =>
    answersIn(seen).find(
      (message) =>
        message.channel === channels.authOps &&
        textOf(message).includes(`Run \`${run}\``) &&
        textOf(message).includes(says),
    ),
  );

/** The card of the run that ends what another one did. */
const cardOfEnd = (parent: string, says: string): Promise<Message> =>
  grounds.slack.waitFor(people.onCall2, (seen) =>
    answersIn(seen).find(
      (message) =>
        message.channel === channels.authOps &&
        textOf(message).includes(`it ends what \`${parent}\` did`) &&
        textOf(message).includes(says),
    ),
  );

async function ask(words: string): Promise<string> {
  return runIdIn(await toldAlone(engineer, () => engineer.types(`${words} --reason "stuffing"`)));
}

async function approved(words: string): Promise<string> {
  const run = await ask(words);
  const waiting = await card(run, 'waiting');
  expect(textOf(await pressing(manager, waiting, 'Approve'))).toContain('approval is recorded');
  await card(run, 'done and proved');
  return run;
}

const said = async (words: string) =>
  textOf(await toldAlone(engineer, () => engineer.types(words)));

/** What is tried with the three addresses; each test adds its runs. */
const runs = { rust: '', everywhere: '', long: '' };

test('an address is refused where it was asked for, and nowhere else', async () => {
  expect(await refusedOn(one)).toEqual([]);
  runs.rust = await ask(`block ${one} rust-auth@prod`);
  const waiting = await card(runs.rust, 'waiting');
  expect(textOf(waiting)).toContain(`*Ends by itself* 1 h after it has begun: \`unblock ${one}\`.`);
  await pressing(manager, waiting, 'Approve');
  expect(textOf(await card(runs.rust, 'done and proved'))).toContain('*Ends by itself* <!date^');
  expect(await refusedOn(one)).toEqual(['rust-auth']);
  expect(await refusedOn(other)).toEqual([]);
  expect(await said('blocks')).toContain(`${runs.rust} · stuffing`);
});

test('an address is refused everywhere at once, and let in again everywhere', async () => {
  runs.everywhere = await approved(`block ${other} all@prod --for 2h`);
  expect(await refusedOn(other)).toEqual(systems);
  const end = await ask(`unblock ${other} all@prod`);
  await pressing(engineer, await card(end, 'waiting'), 'Confirm');
  await card(end, 'done and proved');
  expect(await refusedOn(other)).toEqual([]);
});

test('a longer block takes the place of a shorter one', async () => {
  const short = await approved(`block ${third} rms-auth@prod --for 10m`);
  runs.long = await approved(`block ${third} rms-auth@prod --for 4h`);
  await card(short, `*Replaced* by the newer run \`${runs.long}\``);
});

test('what is protected is refused before anybody is asked', async () => {
  const answer = await said('block 192.0.2.9 rms-auth@prod --reason "stuffing"');
  expect(answer).toContain('protected by the configuration');
  expect(await refusedOn('192.0.2.9')).toEqual([]);
});

test('while all changes are stopped nothing ends by itself, and that is seen', async () => {
  expect(await said('stop-all "drill"')).toContain('nothing ends that was to end by itself');
  await sleepThrough(125);
  await cardOfEnd(runs.rust, 'All changes are stopped');
  expect(await refusedOn(one)).toEqual(['rust-auth']);
});

test('what came due while the bot was dead ends as soon as it may, and nothing else', async () => {
  for (const who of [manager, grounds.person(people.manager2)]) {
    await toldAlone(who, () => who.types('resume-all'));
  }
  const end = textOf(await cardOfEnd(runs.rust, 'done and proved'));
  expect(end).toContain(`Unblock ${one} on rust-auth@prod`);
  expect(await refusedOn(one)).toEqual([]);
  await card(runs.rust, '*Ended by itself*, as the run');

  const nothing = textOf(await cardOfEnd(runs.everywhere, 'done and proved'));
  expect(nothing).toContain('There was nothing left to do.');
  expect(await refusedOn(third)).toEqual(['rms-auth']);
  expect(textOf(await card(runs.long, 'done and proved'))).toContain('*Ends by itself* <!date^');
});
