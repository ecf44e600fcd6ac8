import { sql } from 'kysely';
import {
  type BreakGlassUses,
  type LateReview,
  reminderSubject,
  reminders,
  useSubject,
} from '../../core/break-glass.ts';
import type { Engine } from '../database/engine.ts';

/** Finds the uses whose review is late, and reminds of them, in the tables `break_glass` and `outbox`. */
export const lateReviews = (
  { db }: Pick<Engine, 'db'>,
  added: () => void,
): Pick<BreakGlassUses, 'late' | 'remind'> => ({
  late: async (within) => {
    const late = sql`gatehouse_ms(gatehouse_now()) - used_at - ${within}::bigint`;
    const { rows } = await sql<LateReview>`
      select run, person, number from (
        select run, person, used_at,
          least(1 + (${late}) / ${reminders.every}::bigint, ${reminders.toPeople + 1}::bigint)::int as number
        from break_glass where review is null and ${late} >= 0
      ) as due
      where not exists (
        select from outbox where subject = ${useSubject('')} || due.run || '/' || due.number)
      order by used_at, run`.execute(db);
    return rows;
  },
  remind: async (late, to) => {
    const { rows } = await sql`
      insert into outbox (kind, subject, place, wanted, next_at, priority)
      select 'review', ${reminderSubject(late)}::text, place, 1, gatehouse_now(), 1
      from unnest(${[...to]}::text[]) as place
      where exists (
        select from break_glass where id = ${useSubject(late.run)} and review is null)
      order by place
      on conflict (subject, kind, place) do nothing
      returning place`.execute(db);
    if (rows.length > 0) added();
  },
});
