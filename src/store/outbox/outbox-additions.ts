import { type RawBuilder, sql } from 'kysely';
import { runStates } from '../../core/run.ts';
import type { OutboxRequest } from '../../core/transition.ts';
import { priorityOf } from './outbox-rules.ts';

/** What a row becomes when its subject moves on: what was up to date or given up is due at once. */
const raise = sql`
  wanted = excluded.wanted,
  priority = excluded.priority,
  next_at = case when outbox.shown >= outbox.wanted or outbox.gave_up is not null
    then excluded.next_at else outbox.next_at end,
  attempts = case when outbox.shown >= outbox.wanted or outbox.gave_up is not null
    then 0 else outbox.attempts end,
  gave_up = null`;

/** The states in which a message of the kind has this priority. */
const statesWith = (kind: 'card' | 'end', priority: number) =>
  runStates.filter((state) => priorityOf(kind, state) === priority);

const firstCards = sql`${statesWith('card', 0)}::text[]`;
const firstEnds = sql`${statesWith('end', 0)}::text[]`;
const priority = sql`
  case when state = any(case kind when 'end' then ${firstEnds} else ${firstCards} end)
    then 0 else 1 end`;

/**
 * The part of a statement with `changed` that adds its messages, and asks every card of the same
 * subject that was added before to show this version too. Names what it touched `outboxed`.
 */
export const putInOutbox = (messages: readonly OutboxRequest[]): RawBuilder<unknown> => sql`
  wished as (
    select kind, place from unnest(
      ${messages.map(({ kind }) => kind)}::text[], ${messages.map(({ to }) => to)}::text[]
    ) as message (kind, place)
    union
    select kind, place from outbox where subject = (select id from changed) and kind = 'card'
  ),
  outboxed as (
    insert into outbox (kind, subject, place, wanted, next_at, priority)
    select kind, id, place, version, changed_at, ${priority} from changed, wished
    order by kind
    on conflict (subject, kind, place) do update set ${raise} where outbox.kind = 'card'
    returning id
  )`;
