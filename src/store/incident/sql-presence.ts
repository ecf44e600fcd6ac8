import { type Kysely, sql } from 'kysely';
import type { Absence, Presence } from '../../core/incidents.ts';
import type { Tables } from '../database/tables.ts';
import { absentAfter, mostAbsences } from './presence-rules.ts';

const columns = sql`gatehouse_ms(from_at) as "from", gatehouse_ms(until_at) as until`;

/**
 * The tables `presence` and `absence`. Of processes that beat at once one changes the row first, and the others
 * find it changed: whatever time nobody was there is found by one of them.
 */
export const sqlPresence = (db: Kysely<Tables>): Presence => ({
  beat: async () => {
    const { rows } = await sql<Absence>`
      with beat as (
        update presence set
          away_from = case
            when gatehouse_now() - beat_at >= ${absentAfter}::double precision * interval '1 millisecond' then beat_at
          end,
          beat_at = greatest(beat_at, gatehouse_now())
        returning away_from, beat_at
      ),
      found as (
        insert into absence (from_at, until_at)
        select away_from, beat_at from beat where away_from is not null
        returning from_at, until_at
      )
      select ${columns} from found`.execute(db);
    return rows[0] ?? null;
  },
  absences: async (since) => {
    const { rows } = await sql<Absence>`
      select ${columns} from absence where until_at >= ${new Date(since)}::timestamptz
      order by until_at limit ${mostAbsences}`.execute(db);
    return rows;
  },
});
