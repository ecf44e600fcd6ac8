import { type Kysely, sql } from 'kysely';

/** How often a row of the outbox was ever handed out, which tells those apart who have held it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table outbox add column takings integer not null default 0`.execute(db);
}
