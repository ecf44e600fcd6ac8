import { sql } from 'kysely';
import type { OutboxRow } from '../../core/outbox.ts';
import type { Transaction } from '../database/tables.ts';
import { lead, maxTries, methodsFor, severityLead, takenFor } from './outbox-rules.ts';
import { inMs } from './outbox-settle.ts';

/** Which rows somebody may take. */
export const isDue = sql`
  shown < wanted and gave_up is null and next_at <= gatehouse_now()
  and (taken_until is null or taken_until <= gatehouse_now())`;

/** Nobody came back from the last try either. */
export async function giveUpLost(trx: Transaction): Promise<void> {
  const why = 'no try was finished';
  await sql`
    update outbox set gave_up = ${why}, unconfirmed_why = ${why},
      unconfirmed_since = coalesce(unconfirmed_since, gatehouse_now())
    where shown < wanted and gave_up is null
      and attempts >= ${maxTries} and taken_until <= gatehouse_now()`.execute(trx);
}

interface Row extends Omit<OutboxRow, 'id' | 'to' | 'posted'> {
  id: number;
  place: string;
  posted_channel: string | null;
  posted_ts: string | null;
}

/** When it would be due if it were of the first priority and about nothing less than the worst. */
const turn = sql`next_at + (priority * ${lead}::double precision
  + rank * ${severityLead}::double precision) * interval '1 millisecond'`;

/** The first of each place where nothing is under way. A hold that ran out leaves doubt behind. */
export async function takeDue(trx: Transaction, limit: number): Promise<OutboxRow[]> {
  const { rows } = await sql<Row>`
    with first as (
      select distinct on (place) id, ${turn} as turn from outbox
      where ${isDue}
        and not exists (
          select from outbox as other
          where other.place = outbox.place and other.taken_until > gatehouse_now())
      order by place, ${turn}, id
    ),
    due as (
      select outbox.id, first.turn from outbox join first using (id)
      order by first.turn, id limit ${limit}
      for update of outbox skip locked
    ),
    taken as (
      update outbox set
        ambiguous = ambiguous or taken_until is not null,
        attempts = attempts + 1,
        taken_until = ${inMs(takenFor)}
      from due where outbox.id = due.id
      returning outbox.*, due.turn
    )
    select taken.*, ${waits} as waits from taken order by turn, id`.execute(trx);
  return rows.map(outboxRow);
}

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
      where outbox_rest.place = taken.place and method = any(${methods}))
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
  ambiguous: row.ambiguous,
  waits: row.waits,
});
