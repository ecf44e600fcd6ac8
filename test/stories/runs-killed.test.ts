import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { dataFolder } from '../support/data-folder.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { readiness } from '../support/pages.ts';
import { patience } from '../support/patience.ts';
import { answersIn, type Person, personIn, textOf } from '../support/person.ts';
import { approvals, runCatalogue } from '../support/run-catalogue.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';
import { type SlowProcess, slowProcess } from '../support/slow-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A real bot with a real database, which is killed while it works on real processes. */
let grounds: Grounds;
let data: Awaited<ReturnType<typeof dataFolder>>;
let bot: BotProcess;
let engineer: Person;
let manager: Person;
const folder = tempFolder();
const processes: Record<string, SlowProcess> = {
  stepping: slowProcess(join(folder.path, 'stepping'), 60_000),
  waiting: slowProcess(join(folder.path, 'waiting'), 0),
  between: slowProcess(join(folder.path, 'between'), 0),
};
const of = (service: string) => processes[service] as SlowProcess;

beforeAll(async () => {
  const catalogue = (services: Readonly<Record<string, { url: string }>>) =>
    runCatalogue(
      Object.fromEntries(
        Object.entries(services).map(([name, { url }]) => [
          name,
          { ...of(name).section, http: { checks: [{ name: 'health', url: `${url}/health` }] } },
        ]),
      ),
    );
  const starts = Object.values(processes).map((one) => one.start());
  [grounds, data] = await Promise.all([
    openGrounds({ services: Object.keys(processes), catalogue }),
    dataFolder(),
    ...starts,
  ]);
  engineer = grounds.person(people.onCall1);
  manager = grounds.person(people.manager1);
  bot = await start();
});
afterAll(async () => {
  for (const one of Object.values(processes)) one.kill(); // first, since the bot may never have started
  await bot?.kill();
  await grounds?.close();
  await Promise.all([data?.remove(), folder.remove()]);
});

/** The bot with a real database in that folder, which is open. */
async function start(): Promise<BotProcess> {
  const started = startBotProcess({ ...grounds.env, GATEHOUSE_DATA: data.path });
  const web = await started.web();
  const database = async () => (await readiness(web)).checks.database;
  await vi.waitFor(async () => expect(await database()).toEqual({ ok: true, why: null }), patience);
  await started.ready();
  return started;
}

const killAndStart = async () => {
  await bot.kill();
  bot = await start();
};

async function request(service: string): Promise<{ run: string; card: Message }> {
  const typed = `restart ${service}@prod --reason "memory leak"`;
  const run = runIdIn(await toldAlone(engineer, () => engineer.types(typed)));
  return { run, card: await card(run, 'waiting') };
}

const card = (run: string, says: string | RegExp, ms?: number): Promise<Message> =>
  grounds.slack.waitFor(
    people.onCall2,
    (seen) =>
      answersIn(seen).find(
        (one) =>
          one.channel === approvals && textOf(one).includes(run) && textOf(one).search(says) >= 0,
      ),
    ms,
  );

test('killed while a step is being done: interrupted soon after the restart, and nothing is done again', async () => {
  const { run, card: asked } = await request('stepping');
  expect(textOf(await pressing(manager, asked, 'Approve'))).toContain('Your approval is recorded');
  await expect.poll(() => of('stepping').tolds()).toBe(1);
  await killAndStart();
  const end = textOf(await card(run, 'interrupted, outcome unknown'));
  expect(end).toContain('Gatehouse was stopped in the middle.');
  expect(end).toContain('What the target shows');
  expect(end).toContain('Nothing is done again by itself.');
  await new Promise((done) => setTimeout(done, 2_500)); // it looks for what is left once a second
  expect([of('stepping').tolds(), of('stepping').starts()]).toEqual([1, 1]);
});

test('killed while a request waits: its card still works, and it is done once', async () => {
  const { run, card: asked } = await request('waiting');
  await killAndStart();
  expect(textOf(await pressing(manager, asked, 'Approve'))).toContain('Your approval is recorded');
  const end = await card(run, 'done and proved');
  expect(end.ts).toBe(asked.ts);
  expect([of('waiting').tolds(), of('waiting').starts()]).toEqual([1, 2]);
});

test('killed between the approval and the beginning: it is done once after the restart', async () => {
  const { run, card: asked } = await request('between');
  // Slack does not say now whether the approver still is a manager, so that it cannot begin yet.
  const approve = async () => {
    await grounds.slack.faults({ hang: false });
    await toldAlone(manager, () => manager.types('whoami'));
    await grounds.slack.faults({ hang: true });
    return textOf(await pressing(hasty, asked, 'Approve'));
  };
  const hasty = personIn(grounds.slack, manager.id, true);
  let told = await approve();
  // What was known of the manager is not believed for long: too short for a machine that stands still.
  for (let left = 9; left > 0 && told.includes('could not be looked up'); left -= 1)
    told = await approve();
  expect(told).toContain('Your approval is recorded');
  await bot.kill();
  await grounds.slack.faults({ hang: false });
  expect(of('between').tolds()).toBe(0);
  bot = await start();
  await card(run, 'done and proved');
  expect([of('between').tolds(), of('between').starts()]).toEqual([1, 2]);
});
