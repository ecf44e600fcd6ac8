import { type RawBuilder, sql } from 'kysely';
import type { OutboxRow } from '../../core/outbox.ts';
import type { Transaction } from '../database/tables.ts';
import { nextInTurn, type Room } from './outbox-order.ts';
import { maxTries, methodsFor, share, takenFor } from './outbox-rules.ts';
import { inMs } from './outbox-settle.ts';

/** Which rows somebody may take. */
export const isDue = sql`
  shown < wanted and gave_up is null and next_at <= (select gatehouse_now())
  and (taken_until is null or taken_until <= (select gatehouse_now()))`;

/** Nobody came back from the last try either. */
export async function giveUpLost(trx: Transaction): Promise<void> {
  const why = 'no try was finished';
  await sql`
    update outbox set gave_up = ${why}, unconfirmed_why = ${why},
      unconfirmed_since = coalesce(unconfirmed_since, gatehouse_now())
    where shown < wanted and gave_up is null
      and attempts >= ${maxTries} and taken_until <= (select gatehouse_now())`.execute(trx);
}

interface Row extends Omit<OutboxRow, 'id' | 'to' | 'posted' | 'taking'> {
  id: number;
  place: string;
  posted_channel: string | null;
  posted_ts: string | null;
  takings: number;
}

/** What may be handed out of one method, and in how many milliseconds a call of it comes back. */
export interface RoomFor extends Room {
  method: string;
  interval: number;
}

/** What may be handed out, of posts and of edits. */
export interface Rooms {
  posts: RoomFor;
  edits: RoomFor;
}

/**
 * The next of each method that has room, and in each place one of them. Their calls are taken with them. A hold
 * that ran out leaves doubt behind.
 */
export async function takeDue(
  trx: Transaction,
  limit: number,
  { posts, edits }: Rooms,
): Promise<OutboxRow[]> {
  const { rows } = await sql<Row>`
    with posts as (${nextInTurn(true, posts, limit)}),
    edits as (${nextInTurn(false, edits, limit)}),
    first as (
      select distinct on (place) id, turn, method from (
        ${withRoom('posts', posts)} union all ${withRoom('edits', edits)}
      ) as chosen order by place, next_at, id
    ),
    due as (
      select outbox.id, first.turn, first.method from outbox join first using (id)
      order by turn, id limit ${limit}
      for update of outbox skip locked
    ),
    taken as (
      update outbox set
        ambiguous = ambiguous or taken_until is not null,
        attempts = attempts + 1,
        takings = takings + 1,
        taken_until = ${inMs(takenFor)}
      from due where outbox.id = due.id
      returning outbox.*, due.turn, due.method
    ),
    spent as (${spendFor([posts, edits])})
    select taken.*, ${waits} as waits from taken order by turn, id`.execute(trx);
  return rows.map(outboxRow);
}

/** What somebody waits for may take any call, and so may what has waited longest when it is its turn. */
const withRoom = (name: string, { method, urgent, rest, served }: RoomFor) => sql`
  select *, ${method}::text as method from ${sql.table(name)}
  where nth <= case
    when priority = 0 or (turn + ${served % share.every}::integer) % ${share.every}::integer = 0
      then ${bounded(urgent)} else ${bounded(rest)} end`;

/** As many as can be said. */
const bounded = (count: number) => sql`${Math.min(count, 1_000_000)}::integer`;

/** Takes a call of its method for every row of `taken`. */
const spendFor = (rooms: readonly RoomFor[]): RawBuilder<unknown> => sql`
  insert into outbox_pace as pace (method, full_at, served)
  select method, gatehouse_now() + count(*) * max(ms) * interval '1 millisecond', count(*)
  from taken join unnest(
    ${rooms.map(({ method }) => method)}::text[],
    ${rooms.map(({ interval }) => interval)}::double precision[]
  ) as calls (method, ms) using (method)
  group by method order by method
  on conflict (method) do update set
    full_at = greatest(pace.full_at, gatehouse_now()) + (excluded.full_at - gatehouse_now()),
    served = pace.served + excluded.served`;

/** The methods that hold a row of `taken` up, in SQL. */
const methods = sql`case
  when posted_ts is not null then ${methodsFor({ posted: { channel: '', ts: '' }, ambiguous: false })}::text[]
  when ambiguous then ${methodsFor({ posted: null, ambiguous: true })}::text[]
  else ${methodsFor({ posted: null, ambiguous: false })}::text[] end`;

/** How long a row of `taken` has to wait, in milliseconds. */
const waits = sql`
  coalesce(ceil(greatest(0, extract(epoch from greatest(
    case when posted_ts is not null then rests_until end,
    (select max(until) from outbox_rest
      where outbox_rest.place = taken.place and outbox_rest.method = any(${methods}))
  ) - gatehouse_now()) * 1000)), 0)::integer`;

const outboxRow = (row: Row): OutboxRow => ({
  id: String(row.id),
  kind: row.kind,
  subject: row.subject,
  to: row.place,
  wanted: row.wanted,
  shown: row.shown,
  posted:
    row.posted_channel !== null && row.posted_ts !== null
      ? { channel: row.posted_channel, ts: row.posted_ts }
      : null,
  attempts: row.attempts,
  taking: row.takings,
  ambiguous: row.ambiguous,
  waits: row.waits,
});
