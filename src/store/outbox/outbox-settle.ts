import { type Kysely, sql } from 'kysely';
import type { Rest, Sent } from '../../core/outbox.ts';
import type { Tables } from '../database/tables.ts';
import { maxTries } from './outbox-rules.ts';

/** So many milliseconds from now, by the database's clock. */
export const inMs = (ms: number) =>
  sql`gatehouse_now() + ${ms}::double precision * interval '1 millisecond'`;

/** What became of a row, what has to rest in its place, and the call that it had and did not make. */
export interface Settled {
  id: string;
  sent: Sent;
  rests: readonly Rest[];
  /** In how many milliseconds a call of the method comes back by itself. */
  unused: { method: string; ms: number } | null;
  /** How often it had been taken; null where whoever reports does not know. */
  attempt: number | null;
}

/** Writes it down, and gives back the call that was not made. */
export async function settleRow(
  db: Kysely<Tables>,
  { id, sent, rests, unused, attempt }: Settled,
): Promise<void> {
  const own = Math.max(0, ...rests.filter(({ method }) => method === null).map(({ ms }) => ms));
  const calls = rests.filter(({ method }) => method !== null);
  await sql`
    with settled as (
      update outbox set taken_until = null, rests_until = ${inMs(own)}, ${outcome(sent)}
      where id = ${id}::bigint
        and (${sent.kind === 'shown' || attempt === null} or attempts = ${attempt}::int)
      returning place
    ),
    given_back as (
      update outbox_pace
      set full_at = full_at - ${unused?.ms ?? 0}::double precision * interval '1 millisecond'
      from settled where method = ${unused?.method ?? null}::text
    )
    insert into outbox_rest (place, method, until)
    select place, method, gatehouse_now() + ms * interval '1 millisecond'
    from settled, unnest(
      ${calls.map(({ method }) => method)}::text[],
      ${calls.map(({ ms }) => ms)}::double precision[]
    ) as rest (method, ms)
    on conflict (place, method) do update
      set until = greatest(outbox_rest.until, excluded.until)`.execute(db);
}

const unconfirmed = sql`unconfirmed_since = coalesce(unconfirmed_since, gatehouse_now())`;

function outcome(sent: Sent) {
  if (sent.kind === 'shown') {
    const { channel, ts } = sent.posted;
    return sql`
      shown = greatest(shown, ${sent.version}), posted_channel = ${channel}, posted_ts = ${ts},
      attempts = 0, ambiguous = false, gave_up = null, next_at = gatehouse_now(),
      unconfirmed_since = null, unconfirmed_why = null`;
  }
  if (sent.kind === 'never') {
    return sql`gave_up = ${sent.why}, unconfirmed_why = ${sent.why}, ${unconfirmed}`;
  }
  const counted = sent.counts === false ? 1 : 0; // by the taking
  const isLast = sql`attempts - ${counted}::int >= ${maxTries}`;
  return sql`
    next_at = ${inMs(sent.retryIn)},
    attempts = attempts - ${counted}::int,
    gave_up = case when ${isLast} then ${sent.why}::text end,
    unconfirmed_why = case when ${isLast} then ${sent.why}::text else unconfirmed_why end,
    unconfirmed_since = case when ${isLast}
      then coalesce(unconfirmed_since, gatehouse_now()) else unconfirmed_since end,
    ambiguous = ambiguous or ${sent.kind === 'ambiguous'}`;
}
