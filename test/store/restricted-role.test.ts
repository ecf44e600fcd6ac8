import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import type { Engine } from '../../src/store/database/engine.ts';
import { openPostgres } from '../../src/store/database/open-postgres.ts';
import { forgetSamples } from '../../src/store/incident/forget-samples.ts';
import { recordingLog } from '../bot/recording-log.ts';
import { storeContract } from '../contracts/store.ts';
import { openPatiently } from '../support/open-patiently.ts';
import {
  type PostgresServer,
  postgresAvailable,
  startPostgres,
} from '../support/postgres-server.ts';
import { quietLog } from '../support/quiet-log.ts';

describe.skipIf(!postgresAvailable)('a role that owns nothing', () => {
  const role = `it's 100% "Gatehouse"`;
  let server: PostgresServer;
  let owner: Engine;
  const urls = () => {
    const bot = new URL(server.url);
    bot.username = encodeURIComponent(role);
    bot.password = 'bot';
    return { owner: new Secret(server.url), bot: new Secret(bot.href) };
  };
  const open = () => openPatiently(urls().bot.reveal(), server.url);
  beforeAll(async () => {
    server = await startPostgres();
    owner = await openPatiently(server.url);
    const name = `"${role.replaceAll('"', '""')}"`;
    await sql.raw(`create role ${name} login password 'bot'`).execute(owner.db);
  });
  afterAll(async () => {
    await owner?.close();
    await server?.stop();
  });

  describe('the contract', () => storeContract(open, () => owner));

  describe('can change nothing of what was recorded', () => {
    let bot: Engine;
    beforeAll(async () => {
      bot = await open();
    });
    afterAll(() => bot?.close());

    test.each(
      ['audit', 'audit_seal', 'audit_anchor', 'audit_anchor_filed'].flatMap((table) => [
        `update ${table} set ${table === 'audit' ? "body = ''" : 'n = 1'}`,
        `delete from ${table}`,
        `truncate ${table}`,
        `alter table ${table} disable trigger all`,
        `alter table ${table} add column x int`,
        `drop table ${table} cascade`,
        `select from ${table} for update`,
      ]),
    )('%s', async (statement) => {
      await expect(sql.raw(statement).execute(bot.db)).rejects.toMatchObject({ code: '42501' });
    });

    test.each([
      'delete from run',
      'delete from incident',
      'delete from incident_sample',
      'delete from presence',
      'update absence set until_at = from_at',
      'delete from absence',
      'delete from late_timers',
      'alter table incident disable trigger all',
      'delete from kill_switch',
      'delete from audit_note',
      'truncate run cascade',
      'alter table run disable trigger all',
      'drop trigger step on kill_switch',
      'create or replace function gatehouse_keep() returns trigger language plpgsql as $$ begin return new; end $$',
      "create or replace function gatehouse_now() returns timestamptz language sql as $$ select '2000-01-01'::timestamptz $$",
      "update gatehouse_clock set shift = interval '1 year'",
      'delete from gatehouse_migration',
      'create table anything (n int)',
      'set session_replication_role = replica',
    ])('nor what keeps it so: %s', async (statement) => {
      await expect(sql.raw(statement).execute(bot.db)).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('forgets what the checks said 90 days ago, and nothing else', async () => {
    const bot = await open();
    try {
      await sql`
        insert into incident_sample (incident, at)
        values ('old', 1), ('old', gatehouse_ms(gatehouse_now()))`.execute(bot.db);
      expect(await forgetSamples(bot.db, 2_000)).toBeGreaterThanOrEqual(1);
      const { rows } = await sql<{ at: number }>`
        select at::float8 as at from incident_sample where incident = 'old'`.execute(bot.db);
      expect(rows).toHaveLength(1);
      expect(rows[0]?.at).toBeGreaterThan(1);
    } finally {
      await bot.close();
    }
  });

  test('is not told that it owns the tables, and the owner is', async () => {
    for (const [url, migration, lines] of [
      [urls().bot, urls().owner, 0],
      [urls().bot, undefined, 0],
      [urls().owner, undefined, 1],
    ] as const) {
      const log = recordingLog();
      await (await openPostgres(url, log, migration)).close();
      const warnings = log.lines.filter(({ message }) => message.includes('owns the tables'));
      expect(warnings).toHaveLength(lines);
    }
  });

  test('cannot be the owner’s own', async () => {
    const { owner: url } = urls();
    await expect(openPostgres(url, quietLog, url)).rejects.toThrow('both name the role');
  });

  test('is told who has to bring the tables up to date', async () => {
    await sql`create database empty`.execute(owner.db);
    const bot = new URL(urls().bot.reveal());
    bot.pathname = '/empty';
    await expect(openPostgres(new Secret(bot.href), quietLog)).rejects.toThrow(
      'Name the role that owns them in DATABASE_MIGRATION_URL',
    );
  });
});
