import { type Kysely, sql } from 'kysely';
import { isOver, runStates } from '../../core/run.ts';
import type { Runs } from '../../core/transition.ts';
import type { Tables } from '../database/tables.ts';
import { type RunRow, runIn } from './run-row.ts';

const open = runStates.filter((state) => !isOver(state));

const openChild = sql`
  select from run as child where child.parent = run.id and child.state = any(${open}::text[])`;

/** What ends by itself, and what belongs together, found in the table `run`. */
export const sqlEndings = (
  db: Kysely<Tables>,
): Pick<Runs, 'toEnd' | 'lasting' | 'children' | 'ofIncident'> => ({
  toEnd: async () => {
    const { rows } = await sql<RunRow>`
      select * from run where ends_at <= gatehouse_now() and ended_how is null
        and case when ends_on is null
          then not exists (${openChild})
          else exists (
            select from jsonb_each(ends_on) as place
            where place.value = 'null' and not exists (${openChild} and child.service = place.key))
          end
      order by ends_at, id limit 100`.execute(db);
    return rows.map(runIn);
  },
  lasting: async ({ service, env }, since) => {
    const { rows } = await sql<RunRow>`
      select * from run where service = ${service} and env = ${env} and ends_at is not null
        and (ended_how is null or ends_at >= ${new Date(since)}::timestamptz)
      order by ends_at, id limit 500`.execute(db);
    return rows.map(runIn);
  },
  children: async (parent) => {
    const { rows } = await sql<RunRow>`
      select * from run where parent = ${parent} order by created_at, id`.execute(db);
    return rows.map(runIn);
  },
  ofIncident: async (incident) => {
    const { rows } = await sql<RunRow>`
      select * from run where incident = ${incident} order by created_at, id limit 500`.execute(db);
    return rows.map(runIn);
  },
});
