import { type Kysely, sql } from 'kysely';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import type { Tables } from '../../../src/store/database/tables.ts';
import { sqlClaims } from '../../../src/store/locks/sql-claims.ts';
import { sqlLocks } from '../../../src/store/locks/sql-locks.ts';
import { sqlKillSwitch } from '../../../src/store/people/sql-kill-switch.ts';
import { sqlRuns } from '../../../src/store/run/sql-runs.ts';
import { sqlTally } from '../../../src/store/run/sql-tally.ts';
import { fromOutside, type VirtualTime } from '../virtual-time.ts';
import type { Stage } from './truth.ts';

const day = 86_400_000;

/** Lets the database have the time of the schedule that is on. */
export async function freezeTime({ db }: Pick<Engine, 'db'>): Promise<void> {
  await sql`create table simulated_time (at double precision not null)`.execute(db);
  await sql`insert into simulated_time values (0)`.execute(db);
  await sql`
    create or replace function gatehouse_now() returns timestamptz language sql stable as $$
      select to_timestamp(at / 1000) from simulated_time
    $$`.execute(db);
}

/**
 * Where the schedule of that number takes place in a real database: its runs have names of their own,
 * and it begins a day after the one before. The audit is verified once, after all of them.
 */
export const stageIn = (engine: Engine, number: number): Stage => ({
  start: 1_700_000_000_000 + number * day,
  prefix: `R-${number}`,
  store: (time) => storeAt(engine, time),
});

function storeAt(engine: Engine, time: VirtualTime): ReturnType<Stage['store']> {
  const jobs = { enqueue: async () => {} };
  const { find } = sqlAudit(engine.db);
  const keep = keepTime(engine.db, time);
  const db = withTime(engine.db, keep);
  return {
    runs: withTimeEach(sqlRuns({ engine, jobs, added() {} }), keep),
    locks: sqlLocks(db, time),
    claims: withTimeEach(sqlClaims(engine), keep),
    tally: withTimeEach(sqlTally(engine.db), keep),
    killSwitch: withTimeEach(sqlKillSwitch(engine.db), keep),
    audit: { find: (query) => fromOutside(find(query)), verify: async () => sound },
  };
}

const sound = { ok: true, records: 0, sealed: 0, pending: 0 } as never;

type Keep = () => Promise<unknown>;

/** Tells the database what time it is, when that has changed. */
function keepTime(db: Kysely<Tables>, { clock }: VirtualTime): Keep {
  let told = 0;
  return async () => {
    const at = clock.now();
    if (at === told) return;
    told = at;
    await sql`update simulated_time set at = ${at}::double precision`.execute(db);
  };
}

/** Each call waits for the database, and nothing else goes on meanwhile. */
const withTimeEach = <Port extends object>(port: Port, keep: Keep): Port =>
  Object.fromEntries(
    Object.entries(port).map(([name, ask]) => [
      name,
      (...given: unknown[]) => fromOutside(keep().then(() => ask(...given))),
    ]),
  ) as Port;

/** The same for every statement, wherever it comes from, such as a lock that is renewed by itself. */
function withTime(db: Kysely<Tables>, keep: Keep): Kysely<Tables> {
  const executor = db.getExecutor();
  const executeQuery: typeof executor.executeQuery = (query) =>
    fromOutside(keep().then(() => executor.executeQuery(query)));
  const asked = new Proxy(executor, {
    get(_, name: keyof typeof executor) {
      const part = executor[name];
      if (name === 'executeQuery') return executeQuery;
      return typeof part === 'function' ? part.bind(executor) : part;
    },
  });
  return { getExecutor: () => asked } as Kysely<Tables>;
}
