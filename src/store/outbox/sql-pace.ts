import { type Kysely, sql } from 'kysely';
import {
  type BucketState,
  bucketIn,
  type Pace,
  type PaceLimits,
  rounding,
  untilLeft,
} from '../../core/pace.ts';
import { retrying } from '../database/retrying.ts';
import type { Tables } from '../database/tables.ts';
import { isOfChannels } from './outbox-rules.ts';

type Db = Kysely<Tables>;

const now = sql`(select gatehouse_now())`;
const milliseconds = (ms: number) => sql`${ms}::double precision * interval '1 millisecond'`;
/** In how many milliseconds a moment is. */
const until = (moment: string) =>
  sql`coalesce(extract(epoch from ${sql.ref(moment)} - ${now}) * 1000, 0)::double precision`;

/** What is known of the methods, by name; how many rows the outbox has served with each. */
export async function readPace(db: Db): Promise<Map<string, BucketState & { served: number }>> {
  const { rows } = await sql<BucketState & { method: string; served: number }>`
    select method, served, ${until('full_at')} as "fullIn", ${until('rests_until')} as "restsFor"
    from outbox_pace`.execute(db);
  return new Map(rows.map(({ method, ...state }) => [method, state]));
}

/** In how many milliseconds a call of the method comes back; 0 when nothing limits it. */
export const intervalOf = (limits: PaceLimits, method: string): number =>
  bucketIn(limits, method)?.interval ?? 0;

/** The table `outbox_pace`. What has no limit is neither counted nor held up, but for what Slack itself says. */
export function sqlPace(db: Db, limits: PaceLimits): Pace {
  const bucket = (method: string) => bucketIn(limits, method);
  return {
    take: async (method) => {
      const mine = bucket(method);
      if (!mine) return 0;
      const room = (mine.burst - mine.kept - 1 + rounding) * mine.interval;
      const { rows } = await retrying(() =>
        sql`
          insert into outbox_pace as pace (method, full_at)
          values (${method}, ${now} + ${milliseconds(mine.interval)})
          on conflict (method) do update
            set full_at = greatest(pace.full_at, ${now}) + ${milliseconds(mine.interval)}
            where ${until('pace.full_at')} <= ${room}::double precision
              and (pace.rests_until is null or pace.rests_until <= ${now})
          returning method`.execute(db),
      );
      if (rows.length > 0) return 0;
      const state = (await readPace(db)).get(method) ?? { fullIn: 0, restsFor: 0 };
      return Math.max(1, untilLeft(mine, state, mine.kept + 1));
    },
    spend: async (method) => {
      const mine = bucket(method);
      if (mine) await retrying(() => spend(db, method, mine.interval));
    },
    limited: async (method, channel, ms) => {
      const mine = bucket(method);
      const emptied = mine ? mine.burst * mine.interval : 0;
      const about = channel !== null && isOfChannels(method) ? channel : null;
      await retrying(() => rest(db, method, { about, ms, emptied }));
    },
  };
}

const spend = (db: Db, method: string, interval: number) =>
  sql`
    insert into outbox_pace as pace (method, full_at)
    values (${method}, ${now} + ${milliseconds(interval)})
    on conflict (method) do update
      set full_at = greatest(pace.full_at, ${now}) + ${milliseconds(interval)}`.execute(db);

interface Limited {
  /** The channel that it may be about alone. */
  about: string | null;
  ms: number;
  /** For how many milliseconds a bucket fills that is empty. */
  emptied: number;
}

async function rest(db: Db, method: string, { about, ms, emptied }: Limited): Promise<void> {
  const later = sql`${now} + ${milliseconds(ms)}`;
  const everywhere = sql`(${about}::text is null
    or (pace.limited_until > ${now} and pace.limited_channel is distinct from ${about}))`;
  await sql`
    insert into outbox_pace as pace
      (method, full_at, rests_until, limited_channel, limited_until)
    values (${method}, ${now} + ${milliseconds(emptied)},
      case when ${about}::text is null then ${later} end, ${about}::text, ${later})
    on conflict (method) do update set
      full_at = greatest(pace.full_at, excluded.full_at),
      rests_until = case when ${everywhere}
        then greatest(pace.rests_until, ${later}) else pace.rests_until end,
      limited_channel = excluded.limited_channel,
      limited_until = greatest(pace.limited_until, excluded.limited_until)`.execute(db);
}
