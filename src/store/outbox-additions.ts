import { type RawBuilder, sql } from 'kysely';
import type { OutboxRequest } from '../core/transition.ts';

/** What a row becomes when its subject moves on: what was up to date or given up is due at once. */
const raise = sql`
  wanted = excluded.wanted,
  next_at = case when outbox.shown >= outbox.wanted or outbox.gave_up is not null
    then excluded.next_at else outbox.next_at end,
  attempts = case when outbox.shown >= outbox.wanted or outbox.gave_up is not null
    then 0 else outbox.attempts end,
  gave_up = null`;

/**
 * The part of a statement with `changed` that adds its messages, and asks every message about the
 * same subject that was added before to show this version too. Names what it touched `outboxed`.
 */
export const putInOutbox = (messages: readonly OutboxRequest[]): RawBuilder<unknown> => sql`
  wished as (
    select kind, place from unnest(
      ${messages.map(({ kind }) => kind)}::text[], ${messages.map(({ to }) => to)}::text[]
    ) as message (kind, place)
    union
    select kind, place from outbox where subject = (select id from changed)
  ),
  outboxed as (
    insert into outbox (kind, subject, place, wanted, next_at)
    select kind, id, place, version, changed_at from changed, wished
    on conflict (subject, kind, place) do update set ${raise}
    returning id
  )`;
