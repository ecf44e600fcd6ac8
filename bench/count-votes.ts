import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** What the database has of everybody's votes, each a person on a run. */
export interface Votes {
  /** That stand in the run just once. */
  once: number;
  /** That have just one record in the audit. */
  recorded: number;
  /** That stand in a run or in the audit more than once. */
  twice: number;
}

const counted = `
  with votes as (
    select id, vote ->> 'person' as person, count(*) as votes
    from run, jsonb_array_elements(votes) as vote group by 1, 2
  ), records as (
    select subject, body::jsonb ->> 'actor' as actor, count(*) as records
    from audit where body::jsonb ->> 'event' = 'run.vote' group by 1, 2
  )
  select (select count(*)::int from votes where votes = 1) as once,
    (select count(*)::int from records where records = 1) as recorded,
    (select count(*)::int from votes where votes > 1)
      + (select count(*)::int from records where records > 1) as twice`;

/** Counts once so many are there, or when no more come for that long, in milliseconds. */
export async function countVotes(url: string, wanted: number, patience: number): Promise<Votes> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const count = async (): Promise<Votes> => (await client.query(counted)).rows[0];
  try {
    let found = await count();
    for (let end = performance.now() + patience; found.once < wanted; ) {
      if (performance.now() > end) break;
      await sleep(250);
      const now = await count();
      if (now.once > found.once) end = performance.now() + patience;
      found = now;
    }
    await sleep(1_000); // what would be counted a second time has come by then
    return await count();
  } finally {
    await client.end();
  }
}
