import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { parse, stringify } from 'yaml';
import type { AuditCheck, AuditRecord } from '../../../src/core/audit.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import { openEngine } from '../../../src/store/database/open-engine.ts';
import { sqlIncidents } from '../../../src/store/incident/sql-incidents.ts';
import type { DatabaseOptions } from '../../../src/store/open-store.ts';
import { channels, people } from '../../../workspace/people.ts';
import type { Message } from '../../../workspace/protocol.ts';
import { chanceFrom } from '../../runs/simulator/chance.ts';
import { type BotProcess, startBotProcess } from '../../support/bot-process.ts';
import { type Grounds, openGrounds } from '../../support/grounds.ts';
import { owedMessages } from '../../support/owed-messages.ts';
import { readiness } from '../../support/pages.ts';
import { answersIn, textOf } from '../../support/person.ts';
import { runCatalogue } from '../../support/run-catalogue.ts';

/** What is killed, for how long, and where everything is kept. */
export interface SurviveOptions {
  bots: number;
  /** For how long bots are killed, in milliseconds. */
  ms: number;
  seed: number;
  env: Readonly<Record<string, string>>;
  database: DatabaseOptions;
}

/** Everything that can be known after the bots were killed again and again. */
export interface Survived {
  kills: number;
  /** How many slots the clock was set on by while nobody was there. */
  skipped: number;
  incidents: readonly Incident[];
  records: ReadonlyMap<string, readonly AuditRecord[]>;
  audit: AuditCheck;
  /** What stands in Slack, and the names of the channels. */
  messages: readonly Message[];
  rooms: readonly { id: string; name: string }[];
}

/** How many incidents are open, and how often each is told of, in milliseconds. */
export const open = 20;
export const pace = 60_000;

const catalogue = (): string =>
  stringify({
    ...parse(runCatalogue({})),
    channels: { approvals: channels.authOps, incidents: channels.incidents },
    services: {},
    incidents: {
      contacts: Object.fromEntries(
        ['primary', 'secondary', 'manager', 'security', 'ciso'].map((name) => [
          name,
          { who: `user:${people.onCall2}` },
        ]),
      ),
      clocks: { sev1: { update_every: '1m', still_on_it: 'none' } },
    },
  });

/** Declares incidents, kills bots at random and sets the clock on while nobody is there; then looks. */
export async function survive(options: SurviveOptions): Promise<Survived> {
  const grounds = await openGrounds({ services: [], catalogue });
  const bots = Array.from({ length: options.bots }, () => start(grounds, options));
  try {
    await Promise.all(bots.map(readyToWork));
    await declareAll(grounds);
    const done = await killAgainAndAgain(options, grounds, bots);
    await settle(grounds);
    await endAll(bots);
    for (let left = 4; left > 0 && (await owedMessages(options.database)) > 0; left -= 1) {
      // A slow machine has not sent everything by now.
      for (const at of bots.keys()) bots[at] = start(grounds, options);
      await Promise.all(bots.map(readyToWork));
      await settle(grounds);
      await endAll(bots);
    }
    const seen = await grounds.slack.look(people.onCall1);
    const rooms = seen.channels.map(({ id, name }) => ({ id, name }));
    return { ...done, ...(await readLeft(options)), messages: answersIn(seen), rooms };
  } finally {
    await Promise.all(bots.map((bot) => bot.kill()));
    await grounds.close();
  }
}

async function endAll(bots: readonly BotProcess[]): Promise<void> {
  for (const bot of bots) bot.send('SIGTERM');
  await Promise.all(bots.map((bot) => bot.ended));
}

/** Until who declares them has heard of each; their channels are still being made then. */
async function declareAll({ slack, person }: Grounds): Promise<void> {
  const engineer = person(people.onCall1);
  for (let typed = 0, missing = open; missing > 0; ) {
    for (; missing > 0; missing -= 1) {
      typed += 1;
      await engineer.types(`incident start sev1 login ${typed} is down`);
    }
    missing = await slack
      .waitFor(people.onCall1, (seen) => {
        const declared = answersIn(seen).filter(saysDeclared).length;
        const refused = answersIn(seen).filter((one) => /will happen/.test(textOf(one))).length;
        return declared + refused >= typed && { count: open - declared };
      })
      .then(({ count }) => count);
  }
}

const saysDeclared = (one: Message): boolean =>
  one.onlyFor === people.onCall1 && /is declared/.test(textOf(one));

const start = ({ env }: Grounds, options: SurviveOptions) =>
  startBotProcess({ ...env, ...options.env });

async function killAgainAndAgain(options: SurviveOptions, grounds: Grounds, bots: BotProcess[]) {
  const chance = chanceFrom(options.seed);
  let [kills, skipped] = [0, 0];
  for (const end = performance.now() + options.ms; performance.now() < end; ) {
    await sleep(chance.next() * 1_200);
    const first = kills === 0; // long enough that slots are merged
    const all = first || chance.of(0.6);
    const victims = all ? [...bots.keys()] : [Math.floor(chance.next() * bots.length)];
    await Promise.all(victims.map((at) => bots[at]?.kill()));
    kills += victims.length;
    if (victims.length === bots.length) {
      const periods = first ? 2.4 : 0.3 + 2.2 * chance.next();
      await setClockOn(options, Math.round(periods * pace));
      skipped += periods;
    }
    for (const at of victims) bots[at] = start(grounds, options);
    await Promise.all(victims.map((at) => readyToWork(bots[at] as BotProcess)));
  }
  return { kills, skipped: Math.floor(skipped) };
}

/** What the database takes for the time is so much later from now on; nobody else has it open. */
const setClockOn = (options: SurviveOptions, ms: number): Promise<void> =>
  withEngine(options, async ({ db }) => {
    await sql`update gatehouse_clock set shift = shift + ${ms} * interval '1 millisecond'`.execute(
      db,
    );
  });

async function withEngine<T>(
  { database }: SurviveOptions,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openEngine(database);
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

const readLeft = (options: SurviveOptions) =>
  withEngine(options, async (engine) => {
    const incidents = await sqlIncidents({ engine, added() {} }).list({ limit: 100 });
    const audit = sqlAudit(engine.db);
    const records = new Map<string, readonly AuditRecord[]>();
    for (const { id } of incidents) {
      records.set(id, await audit.find({ subject: id, limit: 1_000 }));
    }
    return { incidents, records, audit: await audit.verify() };
  });

/** Slack reaches it, and it has its database. */
async function readyToWork(bot: BotProcess): Promise<void> {
  await bot.ready();
  const web = await bot.web();
  const isReady = () =>
    readiness(web).then(
      ({ status }) => status === 200,
      () => false,
    );
  while (!(await isReady())) await sleep(20);
}

/** What a killed bot had taken out of the outbox is its own for ten seconds: so long nobody else sends it. */
const quiet = 13_000;

/** Waits until nothing new has come to be seen for a while: each channel gets one message a second. */
async function settle({ slack }: Grounds): Promise<void> {
  let [seen, since] = [-1, performance.now()];
  for (const end = since + 90_000; performance.now() < end; await sleep(250)) {
    const now = answersIn(await slack.look(people.onCall1)).length;
    if (now !== seen) [seen, since] = [now, performance.now()];
    if (performance.now() - since > quiet) return;
  }
}

/** The numbers of the updates that stand in a channel, as people read them. */
export const updatesIn = (messages: readonly Message[], channel: string): number[] =>
  messages
    .filter((one) => one.channel === channel)
    .flatMap((one) => /Update (\d+)/.exec(textOf(one))?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
