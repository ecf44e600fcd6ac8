import { type RawBuilder, sql } from 'kysely';
import { share } from './outbox-rules.ts';

/** How many rows of a method may be handed out: what somebody waits for, and the rest. */
export interface Room {
  urgent: number;
  rest: number;
  /** How many rows the method has served so far. */
  served: number;
}

const now = sql`(select gatehouse_now())`;
const byUrgency = sql`priority, rank, next_at, id`;
const byAge = sql`next_at, id`;

/** What may be sent now: it is owed and due, and in its place nothing is under way. */
const free = sql`
  shown < wanted and gave_up is null and next_at <= ${now}
  and (taken_until is null or taken_until <= ${now})
  and not exists (
    select from outbox as other where other.place = outbox.place and other.taken_until > ${now})`;

/** So many rows more than are asked for are looked at, since in each place only one can go. */
const spare = 100;

/**
 * The next rows of one method, each with its `turn`: by urgency, and every tenth by how long it has waited.
 * The same as `turnByUrgency` and `turnByAge` say.
 */
export function nextInTurn(isNew: boolean, room: Room, limit: number): RawBuilder<unknown> {
  const mine = sql`${free} and (posted_ts is null) = ${isNew}`;
  const waitedLong = sql`${mine}
    and next_at <= ${now} - ${share.after}::double precision * interval '1 millisecond'`;
  const looked = room.urgent > 0 ? 4 * limit + spare : 0;
  const phase = sql`${room.served % share.every}::integer`;
  const urgent = sql`n + (n - 1 + ${phase}) / ${share.every - 1}::integer`;
  const old = sql`n * ${share.every}::integer - ${phase}`;
  return sql`
    select *, row_number() over (order by turn, id) as nth from (
      select distinct on (place) id, place, priority, next_at, turn from (
        select *, ${urgent} as turn from (${heads(mine, byUrgency, looked)}) as by_urgency
        union all
        select *, ${old} as turn from (${heads(waitedLong, byAge, looked)}) as by_age
      ) as turns order by place, turn, id
    ) as firsts`;
}

/** The first in each place, by an order, and the how manieth it is. */
const heads = (
  which: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  looked: number,
): RawBuilder<unknown> => sql`
  select id, place, priority, next_at, row_number() over (order by ${order}) as n from (
    select distinct on (place) * from (
      select id, place, priority, rank, next_at from outbox
      where ${which} order by ${order} limit ${looked}
    ) as found order by place, ${order}
  ) as first_ones`;
