import { type Kysely, sql } from 'kysely';
import type { Queue } from '../../core/jobs.ts';
import type { Tables } from '../database/tables.ts';
import { forgetSamples } from '../incident/forget-samples.ts';

/** So many rows that a statement stays far below its time-out. */
const portion = 2_000;

/**
 * Forgets deliveries after 48 hours; Slack sends nothing again after a few minutes. What somebody still
 * has to be told is kept for a week. Forgets what the checks of incidents said long ago as well. Every hour, and it does no
 * harm when it comes twice.
 */
export const pruneIntake = (db: Kysely<Tables>): Queue => ({
  name: 'prune-intake',
  retries: 2,
  poll: 30,
  cron: '17 * * * *',
  handle: async (_job, signal) => {
    for (const forget of [prunePortion, forgetSamples]) {
      while (!signal.aborted && (await forget(db, portion)) === portion);
    }
  },
});

/** Forgets some of the old deliveries, and answers how many. */
async function prunePortion(db: Kysely<Tables>, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from intake where key in (
      select key from intake
      where received_at < gatehouse_now() - interval '48 hours'
        and (request is null or settled_at is not null
          or received_at < gatehouse_now() - interval '7 days')
      limit ${most})`.execute(db);
  return Number(numAffectedRows);
}
