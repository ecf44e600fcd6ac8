import { type Kysely, type KyselyPlugin, RawNode, sql } from 'kysely';
import type { Claims } from '../../../src/core/claims.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { Run } from '../../../src/core/run.ts';
import type { Runs } from '../../../src/core/transition.ts';
import { sqlAudit } from '../../../src/store/audit/sql-audit.ts';
import type { Engine } from '../../../src/store/database/engine.ts';
import type { Tables } from '../../../src/store/database/tables.ts';
import { trackTransactions } from '../../../src/store/database/transactions.ts';
import { sqlClaims } from '../../../src/store/locks/sql-claims.ts';
import { sqlLocks } from '../../../src/store/locks/sql-locks.ts';
import { sqlBreakGlass } from '../../../src/store/people/sql-break-glass.ts';
import { sqlKillSwitch } from '../../../src/store/people/sql-kill-switch.ts';
import { sqlRuns } from '../../../src/store/run/sql-runs.ts';
import { sqlTally } from '../../../src/store/run/sql-tally.ts';
import type { VirtualTime } from '../virtual-time.ts';
import { createTurns, type InTurn, inTurn } from './in-turn.ts';
import { remembering } from './remembering.ts';
import type { Stage } from './truth.ts';

const day = 86_400_000;

/**
 * Lets the database have the time that every statement begins with; one that says none gets none.
 * In a language that keeps its plans: this is asked for each row that is looked at.
 */
export async function freezeTime({ db }: Pick<Engine, 'db'>): Promise<void> {
  await sql`
    create or replace function gatehouse_now() returns timestamptz language plpgsql stable as $$
    begin
      return to_timestamp(split_part(current_query(), ' ', 2)::double precision / 1000);
    end $$`.execute(db);
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
  const db = engine.db.withPlugin(beginWith(time.clock));
  const { transact } = trackTransactions(db);
  const { find } = sqlAudit(db);
  const engineThen = { db, transact };
  const turn = createTurns();
  return {
    runs: inTurn(rememberRuns(sqlRuns({ engine: engineThen, jobs, added() {} }), time), turn),
    locks: sqlLocks(eachInTurn(db, turn), time),
    claims: inTurn(rememberClaims(sqlClaims(engineThen), time), turn),
    breakGlass: inTurn(sqlBreakGlass({ ...engineThen, added() {} }), turn),
    tally: inTurn(sqlTally(db), turn),
    killSwitch: inTurn(sqlKillSwitch(db), turn),
    audit: { find: (query) => turn(() => find(query)), verify: async () => sound },
  };
}

const sound = { ok: true, records: 0, sealed: 0, pending: 0 } as never;

/** What has to end depends on the time while something lasts, and on nothing but what is written otherwise. */
function rememberRuns(runs: Runs, { clock }: VirtualTime): Runs {
  const lasting = new Set<string>();
  const hear = ({ id, ending }: Run) =>
    void (ending?.ended === null ? lasting.add(id) : lasting.delete(id));
  return remembering(runs, {
    tells: { create: hear, transition: (done) => done.kind === 'done' && hear(done.run) },
    asks: { inStates: () => null, toEnd: () => lasting.size > 0 && clock.now() },
  });
}

/** Before anybody has claimed a target no time ends a claim. */
function rememberClaims(claims: Claims, { clock }: VirtualTime): Claims {
  let any = false;
  const when = () => any && clock.now();
  return remembering(claims, {
    tells: {
      claim: () => {
        any = true;
      },
      release() {},
    },
    asks: { on: when, all: when, endDue: when },
  });
}

/** Tells the database with each statement what time it is. */
export const beginWith = ({ now }: Pick<Clock, 'now'>): KyselyPlugin => ({
  transformQuery({ node }) {
    if (!RawNode.is(node)) return node;
    const [first = '', ...rest] = node.sqlFragments;
    return RawNode.create([`/* ${now()} */ ${first}`, ...rest], node.parameters);
  },
  transformResult: async ({ result }) => result,
});

/** Every statement waits for its turn, wherever it comes from, such as a lock that is renewed by itself. */
function eachInTurn(db: Kysely<Tables>, turn: InTurn): Kysely<Tables> {
  const executor = db.getExecutor();
  const executeQuery: typeof executor.executeQuery = (query) =>
    turn(() => executor.executeQuery(query));
  const asked = new Proxy(executor, {
    get(_, name: keyof typeof executor) {
      const part = executor[name];
      if (name === 'executeQuery') return executeQuery;
      return typeof part === 'function' ? part.bind(executor) : part;
    },
  });
  return { getExecutor: () => asked } as Kysely<Tables>;
}
