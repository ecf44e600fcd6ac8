import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Log } from '../../core/log.ts';
import type { Secret } from '../../core/secret.ts';
import { connectionPool } from './connection-pool.ts';
import { StoreError } from './errors.ts';
import { grantsFor } from './grants.ts';
import { migrate, needsMigration } from './migrate.ts';
import { queryOn, renewedPool } from './renewed-pool.ts';
import type { Tables } from './tables.ts';

/** A migration may rewrite a large table, or wait for another process that does. In milliseconds. */
const patience = 600_000;

/** Who works with the tables, and who owns them when that is somebody else. */
export interface Roles {
  db: Kysely<Tables>;
  url: Secret;
  owner: Secret | undefined;
}

/**
 * Brings the tables up to date, by their owner when somebody else works with them; that somebody then
 * has the rights that Gatehouse needs, and no others.
 *
 * @throws {StoreError} when the role that is there has no right to do it.
 */
export async function preparePostgres({ db, url, owner }: Roles, log: Log): Promise<void> {
  if (owner) return prepareFor(await currentUser(db), owner, log);
  if (await needsMigration(db)) await asOwner(url, log, migrate);
  await warnOwner(db, log);
}

async function prepareFor(role: string, owner: Secret, log: Log): Promise<void> {
  await asOwner(owner, log, async (db) => {
    if ((await currentUser(db)) === role) throw new StoreError(sameRole(role), { final: true });
    await migrate(db);
    await makeJobs(owner, log);
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(4711, 6)`.execute(trx);
      for (const statement of grantsFor(role)) await sql.raw(statement).execute(trx);
    });
  });
}

const sameRole = (role: string): string =>
  `DATABASE_URL and DATABASE_MIGRATION_URL both name the role ${role}, which owns the tables. Name another role in DATABASE_URL, or leave DATABASE_MIGRATION_URL out.`;

async function currentUser(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ name: string }>`select current_user::text as name`.execute(db);
  return rows[0]?.name ?? '';
}

/** The job engine makes and changes its own tables when it starts; it works on nothing here. */
async function makeJobs(owner: Secret, log: Log): Promise<void> {
  const { PgBoss } = await import('pg-boss');
  const pool = renewedPool(() => connectionPool(owner, { max: 2, patience }, log));
  const boss = new PgBoss({
    db: { executeSql: (text, values) => queryOn(pool, text, values) },
    schema: 'jobs',
    supervise: false,
    schedule: false,
  });
  boss.on('error', (error) => log.debug({ error: error.message }, 'the job engine complains'));
  try {
    await boss.start();
  } finally {
    await boss.stop({ close: false, graceful: false });
    await pool.end();
  }
}

async function asOwner(
  url: Secret,
  log: Log,
  work: (db: Kysely<Tables>) => Promise<void>,
): Promise<void> {
  const pool = connectionPool(url, { max: 1, patience }, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await work(db);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '42501')) throw error;
    throw new StoreError(noRight, { final: true, cause: error });
  } finally {
    await db.destroy();
  }
}

const noRight =
  'The tables of the database have to be made or changed, and this role has no right to do it. Name the role that owns them in DATABASE_MIGRATION_URL. Nothing was changed.';

/** Whoever owns a table can put its triggers off, and so change what was recorded. */
async function warnOwner(db: Kysely<Tables>, log: Log): Promise<void> {
  const { rows } = await sql<{ owns: boolean }>`
    select pg_has_role(relowner, 'USAGE') as owns
    from pg_class where oid = 'audit'::regclass`.execute(db);
  if (rows[0]?.owns) log.warn({}, ownerWarning);
}

const ownerWarning =
  'The role in DATABASE_URL owns the tables, so whoever has its password can change the audit; only the anchors would show it. docs/deploying.md says how Gatehouse gets a role that can only add to it.';
