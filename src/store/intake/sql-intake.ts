import { type Kysely, sql } from 'kysely';
import { type Delivery, holdFor, type Intake, type LeftBehind } from '../../core/intake.ts';
import { gather } from '../database/batches.ts';
import { assertStorable } from '../database/storable.ts';
import { storedText } from '../database/stored-json.ts';
import type { Tables } from '../database/tables.ts';

type Db = Kysely<Tables>;

/** The durable list of deliveries, in the table `intake`. */
export function sqlIntake(db: Db, lanes: number): Intake {
  const record = gather({
    write: (rows: readonly Delivery[]) => insert(db, rows),
    size: 500,
    lanes,
    slow: 50,
    waiting: 20_000,
  });
  return {
    record: async (delivery) => {
      assertStorable(delivery);
      return await record(delivery);
    },
    settle: async (keys) => {
      await sql`
        update intake set settled_at = gatehouse_now()
        where key = any(${keys}::text[]) and settled_at is null`.execute(db);
    },
    hold: async (keys) => {
      await sql`
        update intake set held_until = ${heldUntil}
        where key = any(${keys}::text[]) and settled_at is null and given_up_at is null`.execute(
        db,
      );
    },
    takeUp: (limit) => takeUp(db, limit),
  };
}

const whileHeld = sql`${holdFor}::double precision * interval '1 millisecond'`;
const heldUntil = sql`gatehouse_now() + ${whileHeld}`;

/** As one text, since an array for each column is put together at several times the cost. */
async function insert(db: Db, rows: readonly Delivery[]): Promise<('new' | 'seen')[]> {
  const deliveries = rows.map(({ key, kind, actor, request }) => ({
    key,
    kind,
    actor,
    request: request === undefined ? null : storedText(request),
  }));
  // Sorted, so that two batches with the same keys cannot wait for each other.
  const { rows: inserted } = await sql<{ key: string }>`
    with moment as materialized (select gatehouse_now() as now)
    insert into intake (key, kind, actor, received_at, request, held_until)
    select key, kind, actor, now, request, case when request is not null then now + ${whileHeld} end
    from moment, json_to_recordset(${JSON.stringify(deliveries)}::json)
      as delivery (key text, kind text, actor text, request text)
    order by key
    on conflict (key) do nothing
    returning key`.execute(db);
  const fresh = new Set(inserted.map(({ key }) => key));
  return rows.map(({ key }) => (fresh.delete(key) ? 'new' : 'seen'));
}

interface LeftRow {
  key: string;
  request: string;
  received: number;
  now: number;
}

async function takeUp(db: Db, limit: number): Promise<readonly LeftBehind[]> {
  const { rows } = await sql<LeftRow>`
    update intake set held_until = ${heldUntil},
      given_up_at = coalesce(given_up_at, gatehouse_now())
    where key in (
      select key from intake
      where request is not null and settled_at is null and held_until <= gatehouse_now()
      order by received_at, key limit ${limit}
      for update skip locked)
    returning key, request, gatehouse_ms(received_at) as received,
      gatehouse_ms(gatehouse_now()) as now`.execute(db);
  return rows
    .toSorted((a, b) => a.received - b.received || (a.key < b.key ? -1 : 1))
    .map(({ key, request, received, now }) => ({
      key,
      request,
      receivedAt: received,
      age: now - received,
    }));
}
