import type { DatabaseSync } from 'node:sqlite';
import type { Failures } from './flavour.ts';

const window = 5 * 60_000;

/** Remembers the failed logins of five minutes, at whichever copy they were. */
export interface RecentFailures {
  add(address: string): void;
  now(): Failures;
}

/** The failed logins in a system's database. */
export function createRecentFailures(database: DatabaseSync): RecentFailures {
  const add = database.prepare('INSERT INTO failures VALUES (?, ?)');
  const forget = database.prepare('DELETE FROM failures WHERE at < ?');
  const count = database.prepare('SELECT count(*) AS total FROM failures WHERE at >= ?');
  const most = database.prepare(
    'SELECT address, count(*) AS count FROM failures WHERE at >= ? GROUP BY address ORDER BY count DESC LIMIT 10',
  );
  return {
    add: (address) => {
      forget.run(Date.now() - window);
      add.run(Date.now(), address);
    },
    now: () => {
      const oldest = Date.now() - window;
      const { total } = count.get(oldest) as { total: number };
      const sources = most.all(oldest) as { address: string; count: number }[];
      return { total, sources: sources.map(({ address, count }) => ({ address, count })) };
    },
  };
}
