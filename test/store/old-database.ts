import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Json } from '../../src/core/json.ts';
import { makeDatabase } from '../../src/store/database/make-database.ts';
import { migrations } from '../../src/store/migrations/index.ts';

/** A run as the version before wrote it, in any state. Times in milliseconds from now. */
export interface OldRun {
  id: string;
  state: string;
  service: string;
  plan: Json;
  approval: Json;
  votes?: readonly Json[];
  steps?: readonly Json[];
  waitsFor?: number;
  validFor?: number;
  /** For how long its process goes on holding the target; it holds nothing when it is left out. */
  holds?: number;
}

/** What the version before knew. */
const known = /^000[1-7]-/;

/** Makes the embedded database of the version before, with these runs in it. */
export async function makeOldDatabase(dataDir: string, runs: readonly OldRun[]): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const folder = join(dataDir, 'database');
  await makeDatabase(folder);
  const db = new Kysely<unknown>({
    dialect: new PGliteDialect({ pglite: await PGlite.create(folder) }),
  });
  const old = Object.entries(migrations).filter(([name]) => known.test(name));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(old) },
    migrationTableName: 'gatehouse_migration',
    migrationLockTableName: 'gatehouse_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  for (const run of runs) await insert(db, run);
  await db.destroy();
}

async function insert(db: Kysely<unknown>, run: OldRun): Promise<void> {
  const { id, state, service } = run;
  const about = JSON.stringify({ action: 'restart', env: 'prod', id, service });
  const body = `{"about":${about},"actor":"gatehouse","at":1700000000000,"event":"run.${state}","facts":{},"version":1}`;
  const hash = sql`gatehouse_chain(sha256(convert_to(${id}, 'UTF8')), 1, ${body})`;
  const fromNow = (ms: number | undefined) =>
    ms === undefined ? sql`null` : sql`gatehouse_now() + ${ms}::float8 * interval '1 millisecond'`;
  const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`;
  await sql`
    with recorded as (
      insert into audit (subject, version, body, hash) values (${id}, 1, ${body}, ${hash}))
    insert into run (id, version, chain_hash, state, about, action, service, env, params, reason,
      requested_by, team, asked_in, plan, approval, votes, steps, created_at, changed_at,
      waits_until, valid_until)
    values (${id}, 1, ${hash}, ${state}, ${about}, 'restart', ${service}, 'prod', '{}',
      'it leaks memory', 'asker', 'T1', 'C1', ${json(run.plan)}, ${json(run.approval)},
      ${json(run.votes ?? [])}, ${json(run.steps ?? [])}, gatehouse_now(), gatehouse_now(),
      ${fromNow(run.waitsFor)}, ${fromNow(run.validFor)})`.execute(db);
  if (run.holds === undefined) return;
  await sql`
    insert into target_lock (target, owner, fence, lease_until)
    values (${`${service}@prod`}, ${id}, 7, ${fromNow(run.holds)})`.execute(db);
}
