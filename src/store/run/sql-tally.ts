import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Limit } from '../../core/limits.ts';
import { stepsOn } from '../../core/plan.ts';
import type { Tally } from '../../core/tally.ts';
import { everyService } from '../../core/target.ts';
import type { Tables } from '../database/tables.ts';

type Db = Kysely<Tables>;

/** Counts the rows of the table `run`. */
export const sqlTally = (db: Db): Tally => ({
  asked: ({ by, of, except }, limit) => {
    const what = 'risk' in of ? sql`plan ->> 'risk' = ${of.risk}` : sql`action = ${of.action}`;
    const counts = sql`
      requested_by = ${by.id} and team = ${by.team} and id <> ${except} and parent is null
      and (state = 'planned' or waits_until is not null or valid_until is not null) and ${what}`;
    return roomAt(db, sql`created_at`, counts, limit);
  },
  refused: ({ id, team }, limit) => {
    const counts = sql`
      requested_by = ${id} and team = ${team} and parent is null and state in ('denied', 'failed')
      and waits_until is null and valid_until is null`;
    return roomAt(db, sql`created_at`, counts, limit);
  },
  begun: ({ action, target: { service, env }, except }, limit) => {
    const counts = sql`
      action = ${action} and env = ${env} and id <> ${except}
      and (service = ${service} or (service = ${everyService} and (plan is null or exists (
        select from jsonb_array_elements(plan -> 'steps') as step
        where starts_with(step ->> 'id', ${stepsOn(service)})))))`;
    return roomAt(db, sql`began_at`, counts, limit);
  },
});

/** When the oldest of as many as there may be is so long ago that it does not count any more. */
async function roomAt(
  db: Db,
  at: RawBuilder<unknown>,
  counts: RawBuilder<unknown>,
  { most, within }: Limit,
): Promise<number | null> {
  const span = sql`${within}::double precision * interval '1 millisecond'`;
  const { rows } = await sql<{ room: number }>`
    select gatehouse_ms(${at} + ${span}) as room from run
    where ${at} > gatehouse_now() - ${span} and ${counts}
    order by ${at} desc offset ${most - 1} limit 1`.execute(db);
  return rows[0]?.room ?? null;
}
