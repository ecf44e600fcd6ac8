import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { directMessage, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type BotProcess, startBotProcess } from '../support/bot-process.ts';
import { type Grounds, openGrounds } from '../support/grounds.ts';
import { patiently } from '../support/open-patiently.ts';
import { readiness } from '../support/pages.ts';
import { patience } from '../support/patience.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { runIdIn } from '../support/run-house.ts';
import { slowProcess } from '../support/slow-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/**
 * Bots on one PostgreSQL, killed after Slack has heard that a change was taken and before anything has
 * come of it: the table of runs is locked meanwhile.
 */
describe.skipIf(!postgresAvailable)('a change whose bot is killed after it was taken', () => {
  let server: PostgresServer;
  let grounds: Grounds;
  let db: pg.Client;
  /** Holds the lock: what a transaction sees of other sessions stands still. */
  let locker: pg.Client;
  let bot: BotProcess;
  let engineer: Person;
  const folder = tempFolder();
  const service = slowProcess(folder.path, 0);

  beforeAll(async () => {
    const catalogue = (services: Readonly<Record<string, { url: string }>>) =>
      runCatalogue(
        Object.fromEntries(
          Object.entries(services).map(([name, { url }]) => [
            name,
            { ...service.section, http: { checks: [{ name: 'health', url: `${url}/health` }] } },
          ]),
        ),
      );
    [server, grounds] = await Promise.all([
      startPostgres(),
      openGrounds({ services: ['rms-auth'], catalogue }),
      service.start(),
    ]);
    [db, locker] = [0, 1].map(() => new pg.Client({ connectionString: server.url })) as [
      pg.Client,
      pg.Client,
    ];
    await Promise.all([db.connect(), locker.connect()]);
    engineer = grounds.person(people.onCall1);
    bot = await start();
  });
  afterAll(async () => {
    service.kill();
    await bot?.kill();
    await Promise.all([db?.end(), locker?.end()]);
    await grounds?.close();
    await Promise.all([server?.stop(), folder.remove()]);
  });

  async function start(): Promise<BotProcess> {
    const started = startBotProcess({ ...grounds.env, DATABASE_URL: patiently(server.url) });
    const web = await started.web();
    const database = async () => (await readiness(web)).checks.database;
    await vi.waitFor(
      async () => expect(await database()).toEqual({ ok: true, why: null }),
      patience,
    );
    await started.ready();
    return started;
  }

  /** Types it while no run can be written down, and kills the bot as soon as it tries to. */
  async function killAmid(command: string): Promise<number> {
    await locker.query('begin; lock table run in exclusive mode');
    await engineer.types(command);
    const writing = async () => {
      const { rows } = await db.query(
        `select pid from pg_stat_activity
         where wait_event_type = 'Lock' and query like '%insert into run%'`,
      );
      return rows[0]?.pid as number;
    };
    const pid = await vi.waitFor(async () => (await writing()) ?? expect.fail('not yet'), patience);
    await bot.kill();
    return pid;
  }

  const runsOf = async () =>
    (await db.query(`select id, origin from run where reason = 'memory leak' order by created_at`))
      .rows as { id: string; origin: string }[];
  const open = async () =>
    (
      await db.query(
        `select count(*)::int as n from intake where request is not null and settled_at is null`,
      )
    ).rows[0].n as number;
  /** So much later, for the database. */
  const later = (seconds: number) =>
    db.query(`update gatehouse_clock set shift = shift + $1 * interval '1 second'`, [seconds]);
  /** What the person is told in their direct messages about what was left behind, while that is done. */
  const told = async (doing: () => Promise<unknown>): Promise<Message> =>
    engineer.hears(
      doing,
      (one) =>
        one.channel === directMessage(engineer.id) &&
        textOf(one).includes('Gatehouse was stopped while it worked on'),
    );

  const command = 'restart rms-auth@prod --reason "memory leak"';

  test('is told to who asked when nothing came of it, and one press opens the form that asks for it again', async () => {
    const pid = await killAmid(command);
    await db.query('select pg_terminate_backend($1)', [pid]);
    await locker.query('rollback');
    expect(await runsOf()).toEqual([]);
    const message = await told(async () => {
      await later(11);
      bot = await start();
    });
    expect(textOf(message)).toContain('Nothing was done and nothing was asked for');
    expect(textOf(message)).toContain('restart rms-auth@prod');
    await expect.poll(open).toBe(0);
    expect(await runsOf()).toEqual([]);

    const form = await engineer.opens(message, 'Ask for it now');
    const values = { target: { target: 'rms-auth@prod' }, reason: { reason: 'memory leak' } };
    const submitting = { as: engineer.id, view: form.id, values };
    const answer = await engineer.hears(
      () => grounds.slack.submit(submitting),
      (one) => textOf(one).includes('is asked for'),
    );
    const [run, ...more] = await runsOf();
    expect([run?.id, more]).toEqual([runIdIn(answer), []]);
  });

  test('is told to be a run when one came of it after all, and there is one', async () => {
    const before = (await runsOf()).length;
    await killAmid(command);
    await locker.query('commit'); // and the statement of the dead goes on
    await expect.poll(async () => (await runsOf()).length).toBe(before + 1);
    const message = await told(async () => {
      await later(11);
      bot = await start();
    });
    const run = (await runsOf()).at(-1);
    expect(textOf(message)).toContain(`It is run \`${run?.id}\``);
    expect(labelsOf(message)).toEqual([]);
    await expect.poll(open).toBe(0);
    expect(await runsOf()).toHaveLength(before + 1);
  });

  test('is only told when it is old, and no button offers to do it now', async () => {
    const pid = await killAmid(command);
    await db.query('select pg_terminate_backend($1)', [pid]);
    await locker.query('rollback');
    const message = await told(async () => {
      await later(16 * 60);
      bot = await start();
    });
    expect(textOf(message)).toContain('type it again');
    expect(labelsOf(message)).toEqual([]);
    await expect.poll(open).toBe(0);
    expect(answersIn(await engineer.sees()).filter((one) => one.ts === message.ts)).toHaveLength(1);
  });
});
