import { type Kysely, sql } from 'kysely';
import type { Anchor, Anchors } from '../../core/anchor.ts';
import type { Tables } from '../database/tables.ts';
import type { AnchorSource } from './check-anchors.ts';

type Db = Kysely<Tables>;

/** An anchor as a query answers it. */
export const anchorColumns = sql`
  n, seal, records, encode(hash, 'hex') as hash, gatehouse_ms(made_at) as at`;

/** The anchors in the table `audit_anchor`. */
export const sqlAnchors = (db: Db): Anchors => ({
  find: async (n) => {
    const { rows } = await sql<Anchor>`
      select ${anchorColumns} from audit_anchor where n = ${n}::bigint`.execute(db);
    return rows[0] ?? null;
  },
});

/** What the copies of the anchors are held against. */
export const anchorSource = (db: Db): Omit<AnchorSource, 'seals'> => ({
  made: async () => {
    const { rows } = await sql<Anchor>`
      select ${anchorColumns} from audit_anchor order by n`.execute(db);
    return rows;
  },
  filed: async () => {
    const { rows } = await sql<{ n: number }>`select n from audit_anchor_filed`.execute(db);
    return rows.map(({ n }) => n);
  },
  posted: async (place) => {
    const { rows } = await sql<{ n: number }>`
      select substr(subject, 8)::bigint as n from outbox
      where kind = 'anchor' and place = ${place} and shown >= wanted`.execute(db);
    return rows.map(({ n }) => n);
  },
});
