import { type Kysely, type RawBuilder, sql } from 'kysely';
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
  /** Which taking it was of; null where whoever reports does not know. */
  taking: number | null;
}

/**
 * Writes it down, and gives back the call that was not made. What Slack has asked for in that place counts whoever
 * has the row by now.
 */
export async function settleRow(
  db: Kysely<Tables>,
  { id, sent, rests, unused, taking }: Settled,
): Promise<void> {
  const own = Math.max(0, ...rests.filter(({ method }) => method === null).map(({ ms }) => ms));
  const calls = rests.filter(({ method }) => method !== null);
  const isTheirs = sql`coalesce(takings <> ${taking}::int and taken_until > gatehouse_now(), false)`;
  const done =
    sent.kind === 'shown' ? shown(sent, isTheirs) : sql`taken_until = null, ${outcome(sent)}`;
  await sql`
    with settled as (
      update outbox set rests_until = greatest(rests_until, ${inMs(own)}), ${done}
      where id = ${id}::bigint
        and (${sent.kind === 'shown' || taking === null} or takings = ${taking}::int)
      returning place
    ),
    given_back as (
      update outbox_pace
      set full_at = full_at - ${unused?.ms ?? 0}::double precision * interval '1 millisecond'
      from settled where method = ${unused?.method ?? null}::text
    )
    insert into outbox_rest (place, method, until)
    select place, method, gatehouse_now() + ms * interval '1 millisecond'
    from (select place from outbox where id = ${id}::bigint) as its, unnest(
      ${calls.map(({ method }) => method)}::text[],
      ${calls.map(({ ms }) => ms)}::double precision[]
    ) as rest (method, ms)
    on conflict (place, method) do update
      set until = greatest(outbox_rest.until, excluded.until)`.execute(db);
}

const unconfirmed = sql`unconfirmed_since = coalesce(unconfirmed_since, gatehouse_now())`;

type Shown = Extract<Sent, { kind: 'shown' }>;

/** What somebody shows who comes back late counts, and the row stays with who has taken it since. */
function shown({ version, posted: { channel, ts } }: Shown, isTheirs: RawBuilder<unknown>) {
  const unless = (theirs: RawBuilder<unknown>, otherwise: RawBuilder<unknown>) =>
    sql`case when ${isTheirs} then ${theirs} else ${otherwise} end`;
  const isKnown = sql`${isTheirs} and posted_ts is not null`;
  return sql`
    shown = greatest(shown, ${version}),
    posted_channel = case when ${isKnown} then posted_channel else ${channel} end,
    posted_ts = case when ${isKnown} then posted_ts else ${ts} end,
    taken_until = ${unless(sql`taken_until`, sql`null`)},
    attempts = ${unless(sql`attempts`, sql`0`)},
    ambiguous = ${unless(sql`ambiguous`, sql`false`)},
    next_at = ${unless(sql`next_at`, sql`gatehouse_now()`)},
    gave_up = null, unconfirmed_since = null, unconfirmed_why = null`;
}

function outcome(sent: Exclude<Sent, Shown>) {
  if (sent.kind === 'never') {
    return sql`gave_up = ${sent.why}, unconfirmed_why = ${sent.why}, ${unconfirmed}`;
  }
  const counted = sent.counts === false ? 1 : 0; // by the taking
  const isLast = sql`attempts - ${counted}::int >= ${maxTries}`;
  return sql`
    next_at = case when wanted > ${sent.wanted ?? null}::int
      then gatehouse_now() else ${inMs(sent.retryIn)} end,
    attempts = attempts - ${counted}::int,
    gave_up = case when ${isLast} then ${sent.why}::text end,
    unconfirmed_why = case when ${isLast} then ${sent.why}::text else unconfirmed_why end,
    unconfirmed_since = case when ${isLast}
      then coalesce(unconfirmed_since, gatehouse_now()) else unconfirmed_since end,
    ambiguous = ambiguous or ${sent.kind === 'ambiguous'}`;
}
