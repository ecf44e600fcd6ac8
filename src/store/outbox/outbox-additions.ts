import { type RawBuilder, sql } from 'kysely';
import type { IncidentMessage } from '../../core/incidents.ts';
import { runStates } from '../../core/run.ts';
import type { OutboxRequest } from '../../core/transition.ts';
import { liveKinds, longestCardWait, priorityOf, restPriority } from './outbox-rules.ts';

/** Whether nothing was owed of a row before its subject moved on. */
const isSettled = sql`(outbox.shown >= outbox.wanted or outbox.gave_up is not null)`;

/** What a row becomes when its subject moves on: what was up to date or given up is due at once. */
const dueAgain = (at: RawBuilder<unknown>, otherwise = sql`outbox.next_at`) => sql`
  next_at = case when ${isSettled} then ${at} else ${otherwise} end,
  attempts = case when ${isSettled} then 0 else outbox.attempts end,
  gave_up = null`;

/** However long a card was put off: once there is news it waits no longer than this. */
const cardWaits = sql`${longestCardWait}::double precision * interval '1 millisecond'`;

const raise = sql`
  wanted = excluded.wanted,
  priority = excluded.priority,
  ${dueAgain(sql`excluded.next_at`)}`;

/** The states in which a message of the kind has this priority. */
const statesWith = (kind: 'card' | 'end', priority: number) =>
  runStates.filter((state) => priorityOf(kind, state) === priority);

const live = sql`${liveKinds}::text[]`;
const firstCards = sql`${statesWith('card', 0)}::text[]`;
const firstEnds = sql`${statesWith('end', 0)}::text[]`;
const priority = sql`
  case when state = any(case when kind in ('end', 'ended') then ${firstEnds} else ${firstCards} end)
    then 0 else 1 end`;

/**
 * The part of a statement with `changed` that adds its messages, and asks every card of the same
 * subject that was added before to show this version too. Names what it touched `outboxed`; the cards of
 * the incident that the subject is part of are `refreshed`.
 */
export const putInOutbox = (messages: readonly OutboxRequest[]): RawBuilder<unknown> => sql`
  wished as (
    select kind, place from unnest(
      ${messages.map(({ kind }) => kind)}::text[], ${messages.map(({ to }) => to)}::text[]
    ) as message (kind, place)
    union
    select kind, place from outbox where subject = (select id from changed) and kind = any(${live})
  ),
  outboxed as (
    insert into outbox (kind, subject, place, wanted, next_at, priority)
    select kind, id, place, version, changed_at, ${priority} from changed, wished
    order by kind
    on conflict (subject, kind, place) do update set ${raise} where outbox.kind = any(${live})
    returning id
  ),
  refreshed as (${raiseIncident(sql`(select incident from changed)`)})`;

/** What is owed goes on to be as urgent as it was. */
const urgency = (next: RawBuilder<unknown>) => sql`
  priority = case when ${isSettled} then ${next} else least(outbox.priority, ${next}) end`;

/** Asks the live cards of an incident to be shown anew, wherever they are, though its version stays as it is. */
export const raiseIncident = (id: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  update outbox set wanted = outbox.wanted + 1, ${urgency(sql`${restPriority}::smallint`)},
    ${dueAgain(sql`gatehouse_now()`)}
  from (
    select id from outbox where kind = 'incident' and subject = ${id} order by place for update
  ) as live
  where outbox.id = live.id
  returning outbox.id`;

/**
 * The part of a statement with `changed`, an incident, that adds the notices of this change and asks all live
 * cards, old and new, to show it. What is wanted of a card only ever rises, whatever raised it before. Names
 * what it touched `outboxed`.
 */
export const putIncidentInOutbox = (
  messages: readonly IncidentMessage[],
): RawBuilder<unknown> => sql`
  told as (
    select kind, place, min(urgency) as urgency from unnest(
      ${messages.map(({ kind }) => kind)}::text[], ${messages.map(({ to }) => to)}::text[],
      ${messages.map(({ urgency }) => urgency)}::smallint[]
    ) as message (kind, place, urgency) group by kind, place
  ),
  wished as (
    select place, min(urgency) as urgency from (
      select place, urgency from told where kind = 'incident'
      union all
      select place, ${restPriority}::smallint from outbox
      where subject = (select id from changed) and kind = 'incident'
    ) as live group by place
  ),
  outboxed as (
    insert into outbox (kind, subject, place, wanted, next_at, priority, rank)
    select 'incident', id, place, version, changed_at, urgency, severity - 1 from changed, wished
    union all
    select 'notice', id || '/' || version, place, 1, changed_at, urgency, severity - 1
    from changed, told where kind = 'notice'
    order by 1, 3
    on conflict (subject, kind, place) do update set
      wanted = greatest(outbox.wanted + 1, excluded.wanted),
      rank = excluded.rank,
      ${urgency(sql`excluded.priority`)},
      ${dueAgain(sql`excluded.next_at`, sql`least(outbox.next_at, excluded.next_at + ${cardWaits})`)}
    where outbox.kind = 'incident'
    returning id
  )`;
