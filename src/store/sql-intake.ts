import { type Kysely, sql } from 'kysely';
import type { Delivery, Intake } from '../core/intake.ts';
import { gather } from './batches.ts';
import { assertStorable } from './storable.ts';
import type { Tables } from './tables.ts';

/** The durable list of deliveries, in the table `intake`. */
export function sqlIntake(db: Kysely<Tables>, lanes: number): Intake {
  const record = gather({
    write: (rows: readonly Delivery[]) => insert(db, rows),
    size: 500,
    lanes,
    waiting: 20_000,
  });
  return {
    record: async (delivery) => {
      assertStorable(delivery);
      return await record(delivery);
    },
  };
}

async function insert(db: Kysely<Tables>, rows: readonly Delivery[]): Promise<('new' | 'seen')[]> {
  const column = (name: keyof Delivery) => rows.map((row) => row[name]);
  // Sorted, so that two batches with the same keys cannot wait for each other.
  const { rows: inserted } = await sql<{ key: string }>`
    insert into intake (key, kind, actor)
    select key, kind, actor
    from unnest(${column('key')}::text[], ${column('kind')}::text[], ${column('actor')}::text[])
      as delivery (key, kind, actor)
    order by key
    on conflict (key) do nothing
    returning key`.execute(db);
  const fresh = new Set(inserted.map(({ key }) => key));
  return rows.map(({ key }) => (fresh.delete(key) ? 'new' : 'seen'));
}
