import { type Kysely, sql } from 'kysely';

/** Who may change a target now. A row stays for ever, so that its fence never falls. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table target_lock (
      target text primary key,
      owner text,
      fence bigint not null check (fence > 0),
      lease_until timestamptz not null
    )`.execute(db);
}
