import { type Kysely, sql } from 'kysely';

/** Deliveries that were received; the key makes a second copy of one do nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table intake (
      key text primary key,
      kind text not null,
      actor text not null,
      received_at timestamptz not null default gatehouse_now()
    )`.execute(db);
  await sql`create index intake_received_at on intake (received_at)`.execute(db);
}
