import { type Kysely, sql } from 'kysely';

/**
 * The pace of each method of Slack, for all processes together: when all its calls are there again, how many rows
 * of the outbox it has served, and what Slack has said of it. And what is owed, in its order.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outbox_pace (
      method text primary key,
      full_at timestamptz not null,
      served bigint not null default 0,
      rests_until timestamptz,
      limited_channel text,
      limited_until timestamptz
    )`.execute(db);
  await sql`
    create index outbox_order on outbox ((posted_ts is null), priority, rank, next_at, id)
    where shown < wanted and gave_up is null`.execute(db);
}
