import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

/**
 * Forgets up to so many of what the checks of incidents said more than 90 days ago, and answers how many: charts
 * look back a few hours, and the reviews that were asked for are written by then.
 */
export async function forgetSamples(db: Kysely<Tables>, most: number): Promise<number> {
  const { rows } = await sql<{ many: number }>`
    select gatehouse_forget_samples(${most}::int) as many`.execute(db);
  return rows[0]?.many ?? 0;
}
