import { type Kysely, sql } from 'kysely';
import type { LeftOut } from '../../core/outbox.ts';
import type { Tables } from '../database/tables.ts';
import { ofThePast } from './outbox-rules.ts';

/**
 * Leaves out what is of the past. A message that somebody has begun to send is left alone, however long ago that
 * was: it may stand in Slack already. So are escalations, and the newest update of each incident in each place.
 */
export async function compactNotices(
  db: Kysely<Tables>,
  olderThan: number,
): Promise<readonly LeftOut[]> {
  const { rows } = await sql<LeftOut>`
    with waiting as (
      select id, priority, split_part(subject, '/', 1) as incident, place,
        split_part(subject, '/', 2)::integer as line, added_at
      from outbox
      where kind = 'notice' and shown < wanted and gave_up is null and not ambiguous
        and taken_until is null
    ),
    newest as (
      select incident, place, max(line) as line from waiting where priority = 1
      group by incident, place
    ),
    past as (
      update outbox set gave_up = ${ofThePast}, next_at = gatehouse_now()
      from waiting left join newest using (incident, place, line)
      where outbox.id = waiting.id and waiting.priority > 0
        and (waiting.priority > 1 or newest.line is null)
        and waiting.added_at < (select gatehouse_now())
          - ${olderThan}::double precision * interval '1 millisecond'
        and outbox.shown < outbox.wanted and outbox.gave_up is null and not outbox.ambiguous
        and outbox.taken_until is null
      returning waiting.incident, waiting.place
    )
    select incident, place as "to", count(*) as count from past
    group by incident, place order by incident, place`.execute(db);
  return rows;
}
