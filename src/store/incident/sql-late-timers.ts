import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  calmAfter,
  catchUpWithin,
  type LateNews,
  type LateTimers,
  lateSubject,
  mostLag,
  mostNamed,
  notTimed,
  type TimerWatch,
} from '../../core/late-timers.ts';
import type { Tables } from '../database/tables.ts';

/** The table `late_timers`, over those of incidents and of the times in which nobody was there. */
export const sqlLateTimers = (db: Kysely<Tables>, added: () => void = () => {}): TimerWatch => {
  const saying = async (statement: RawBuilder<SaidRow>): Promise<boolean> => {
    const [row] = (await statement.execute(db)).rows;
    if (row && row.added > 0) added();
    return row?.news === true;
  };
  return {
    look: async () => {
      const { rows } = await sql<LateRow>`
        with clock as materialized (select gatehouse_now() as now),
        back as (select until_at from absence order by until_at desc limit 1),
        timed as (
          select id, number, (
            select to_timestamp(min((one ->> 'at')::double precision) / 1000)
            from jsonb_array_elements(document -> 'deadlines') as one
            where one ->> 'kind' <> all(${[...notTimed]}::text[])
          ) as due_at
          from incident where wake_at < (select now from clock) - ${inMs(mostLag)}
        ),
        expected as (
          select id, number, greatest(due_at, case when due_at < until_at
            then until_at + ${inMs(catchUpWithin)} end) as due
          from timed left join back on true
        )
        select id, gatehouse_ms(now) - gatehouse_ms(due) as lag, count(*) over () as count
        from expected, clock where due < now - ${inMs(mostLag)}
        order by due, number limit ${mostNamed}`.execute(db);
      const [latest] = rows;
      if (!latest) return null;
      const incidents = rows.map(({ id }) => id);
      return { lag: Number(latest.lag), count: Number(latest.count), incidents };
    },
    late: ({ lag, count, incidents }, to) =>
      saying(sql<SaidRow>`
        with bout as (
          insert into late_timers (due_at, noticed_at, seen_at, worst, count, incidents)
          select now - ${inMs(lag)}, now, now, round(${lag}::double precision)::bigint, ${count}::integer, ${[...incidents]}::text[]
          from (select gatehouse_now() as now) as clock
          on conflict (open) do update set seen_at = greatest(late_timers.seen_at, excluded.seen_at),
            worst = greatest(late_timers.worst, excluded.worst)
          returning number, (xmax = 0) as news
        ), ${said('began', to)}`),
    calm: (to) =>
      saying(sql<SaidRow>`
        with bout as (
          update late_timers set open = null, over_at = gatehouse_now()
          where open and seen_at <= gatehouse_now() - ${inMs(calmAfter)}
          returning number, true as news
        ), ${said('over', to)}`),
    find: async (number) => {
      const { rows } = await sql<LateTimers>`
        select number::integer, count, incidents, worst::double precision as worst,
          gatehouse_ms(due_at) as due, gatehouse_ms(noticed_at) as noticed,
          gatehouse_ms(seen_at) as seen, gatehouse_ms(over_at) as over
        from late_timers where number = ${number}::bigint`.execute(db);
      return rows[0] ?? null;
    },
  };
};

interface LateRow {
  id: string;
  lag: number;
  count: number;
}

interface SaidRow {
  news: boolean;
  added: number;
}

const inMs = (ms: number) => sql`${ms}::double precision * interval '1 millisecond'`;

/** The part of a statement with `bout` that says it in these places, each once. */
const said = (news: LateNews, to: readonly string[]) => sql`
  told as (
    insert into outbox (kind, subject, place, wanted, next_at, priority)
    select 'late', replace(${lateSubject('#', news)}::text, '#', number::text), place, 1,
      gatehouse_now(), 0
    from bout cross join unnest(${[...to]}::text[]) as place
    on conflict (subject, kind, place) do nothing
    returning place
  )
  select news, (select count(*) from told)::integer as added from bout`;
