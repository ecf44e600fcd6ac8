import { type Kysely, sql } from 'kysely';
import type { Outbox, OutboxRow, Sent } from '../core/outbox.ts';
import type { Engine } from './engine.ts';
import { maxTries, takenFor } from './outbox-rules.ts';
import type { Tables, Transaction } from './tables.ts';

/** The table `outbox`, and how a transition says that it has added to it. */
export interface SqlOutbox extends Outbox {
  added(): void;
}

/** The outbox in SQL. */
export function sqlOutbox({ db, transact }: Pick<Engine, 'db' | 'transact'>): SqlOutbox {
  const listeners: (() => void)[] = [];
  return {
    take: async (limit) => {
      const { rows } = await sql`select from outbox where ${isDue} limit 1`.execute(db);
      if (rows.length === 0) return []; // looking costs less than a transaction, and is mostly all
      return await transact(async (trx) => {
        // In a statement of its own: what follows must see what the taker before has committed.
        await sql`select pg_advisory_xact_lock(4711, 3)`.execute(trx);
        await giveUpLost(trx);
        return await takeDue(trx, limit);
      });
    },
    report: (id, sent) => settle(db, id, sent),
    onAdded: (listener) => void listeners.push(listener),
    added: () => {
      for (const listener of listeners) queueMicrotask(listener);
    },
  };
}

const isDue = sql`
  shown < wanted and gave_up is null and next_at <= gatehouse_now()
  and (taken_until is null or taken_until <= gatehouse_now())`;

/** Nobody came back from the last try either. */
async function giveUpLost(trx: Transaction): Promise<void> {
  await sql`
    update outbox set gave_up = 'no try was finished'
    where shown < wanted and gave_up is null
      and attempts >= ${maxTries} and taken_until <= gatehouse_now()`.execute(trx);
}

interface Row extends Omit<OutboxRow, 'id' | 'to' | 'posted'> {
  id: number;
  place: string;
  posted_channel: string | null;
  posted_ts: string | null;
}

/** The oldest of each place where nothing is under way. A hold that ran out leaves doubt behind. */
async function takeDue(trx: Transaction, limit: number): Promise<OutboxRow[]> {
  const { rows } = await sql<Row>`
    with first as (
      select distinct on (place) id, next_at from outbox
      where ${isDue}
        and not exists (
          select from outbox as other
          where other.place = outbox.place and other.taken_until > gatehouse_now())
      order by place, next_at, id
    ),
    due as (
      select outbox.id, first.next_at from outbox join first using (id)
      order by first.next_at, id limit ${limit}
      for update of outbox skip locked
    ),
    taken as (
      update outbox set
        ambiguous = ambiguous or taken_until is not null,
        attempts = attempts + 1,
        taken_until = ${inMs(takenFor)}
      from due where outbox.id = due.id
      returning outbox.*
    )
    select taken.* from taken order by next_at, id`.execute(trx);
  return rows.map(outboxRow);
}

const inMs = (ms: number) =>
  sql`gatehouse_now() + ${ms}::double precision * interval '1 millisecond'`;

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
});

async function settle(db: Kysely<Tables>, id: string, sent: Sent): Promise<void> {
  await sql`
    update outbox set taken_until = null, ${outcome(sent)}
    where id = ${id}::bigint`.execute(db);
}

function outcome(sent: Sent) {
  if (sent.kind === 'shown') {
    const { channel, ts } = sent.posted;
    return sql`
      shown = greatest(shown, ${sent.version}), posted_channel = ${channel}, posted_ts = ${ts},
      attempts = 0, ambiguous = false, gave_up = null, next_at = gatehouse_now()`;
  }
  if (sent.kind === 'never') return sql`gave_up = ${sent.why}`;
  const counted = sent.counts === false ? 1 : 0; // by the taking
  return sql`
    next_at = ${inMs(sent.retryIn)},
    attempts = attempts - ${counted}::int,
    gave_up = case when attempts - ${counted}::int >= ${maxTries} then ${sent.why}::text end,
    ambiguous = ambiguous or ${sent.kind === 'ambiguous'}`;
}
