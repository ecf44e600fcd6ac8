import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import pg from 'pg';
import type { Incident } from '../src/core/incident.ts';
import type { Incidents } from '../src/core/incidents.ts';
import { Secret } from '../src/core/secret.ts';
import type { Engine } from '../src/store/database/engine.ts';
import { openEmbedded } from '../src/store/database/open-embedded.ts';
import { openPostgres } from '../src/store/database/open-postgres.ts';
import { sqlIncidents } from '../src/store/incident/sql-incidents.ts';
import { quietLog } from '../test/support/quiet-log.ts';
import { someIncident } from '../test/support/some-incident.ts';
import { tempFolder } from '../test/support/temp-folder.ts';
import { median, quantile, short, spread } from './figures.ts';
import type { Goal } from './goal.ts';
import { type IncidentGround, startIncidentGround } from './incident-ground.ts';
import { benchHerdSent } from './incident-herd.ts';
import { benchLatenessEmbedded, benchLatenessOn } from './incident-lateness.ts';
import { withPostgres } from './with-postgres.ts';

const closed = 1_000_000;
const open = 200;
const looks = 300;
const herd = 10_000;
/** How many are taken at once. */
const portion = 1_000;

/** A store of incidents, and a way to fill it past every deadline of its own. */
interface Ground {
  incidents: Incidents;
  execute(statement: string): Promise<unknown>;
}

/**
 * What incidents that are over cost those that are not, how fast a herd of them is taken and sent, and how late updates
 * are.
 */
export const benchIncidents = async (rounds: number): Promise<Goal[]> => [
  ...(await onPostgres(async (ground) => [
    await benchHerd(ground, 'PostgreSQL', rounds),
    ...(await benchTick(ground)),
  ])),
  ...(await onEmbedded(async (ground) => [
    await benchHerd(ground, 'the embedded database', rounds),
  ])),
  ...(await onGround(async (ground) => [
    ...(await withPostgres(async ({ url, open: openStore }) => {
      const sent = { store: await openStore(), env: { DATABASE_URL: url } };
      return benchHerdSent(ground, sent);
    })),
    ...(await withPostgres((database) => benchLatenessOn(ground, database))),
    ...(await benchLatenessEmbedded(ground)),
  ])),
];

/** So many channels of incidents, of which each is one incident's. */
const channels = 2_000;

async function onGround(measure: (ground: IncidentGround) => Promise<Goal[]>): Promise<Goal[]> {
  const ground = await startIncidentGround(channels);
  try {
    return await measure(ground);
  } finally {
    await ground.close();
  }
}

const onPostgres = (measure: (ground: Ground) => Promise<Goal[]>): Promise<Goal[]> =>
  withPostgres(async ({ url }) => {
    const engine = await openPostgres(new Secret(url), quietLog);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return await measure({
        incidents: incidentsIn(engine),
        execute: (statement) => client.query(statement),
      });
    } finally {
      await client.end();
      await engine.close();
    }
  });

async function onEmbedded(measure: (ground: Ground) => Promise<Goal[]>): Promise<Goal[]> {
  const folder = tempFolder();
  const engine = await openEmbedded(folder.path);
  try {
    return await measure({
      incidents: incidentsIn(engine),
      execute: (statement) => sql.raw(statement).execute(engine.db),
    });
  } finally {
    await engine.close();
    await folder.remove();
  }
}

const incidentsIn = (engine: Engine): Incidents => sqlIncidents({ engine, added: () => {} });

/** All of a herd that is due at once is taken, in milliseconds. */
async function benchHerd(ground: Ground, where: string, rounds: number): Promise<Goal> {
  const { incidents, execute } = ground;
  await fill(execute, { count: herd, due: -60_000, document: someIncident(0) });
  const times: number[] = [];
  const reads: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await execute('truncate incident_hold');
    const start = performance.now();
    let taken = 0;
    for (let more = portion; more === portion; ) {
      more = (await incidents.takeDue(portion, 60_000)).length;
      taken += more;
    }
    times.push(performance.now() - start);
    if (taken !== herd) throw new Error(`${taken} of ${herd} were taken`);
    reads.push(await timeReading(incidents));
  }
  return {
    name: `incidents herd, ${herd} due taken on ${where}`,
    ours: spread(times, 'ms'),
    rival: `1 s; only reading them: ${spread(reads, 'ms')}`,
    result: median(times) / 1_000,
    target: { at: 'most', value: 1 },
  };
}

/** The same incidents, only looked at: what no way of taking them can do without. */
async function timeReading(incidents: Incidents): Promise<number> {
  const start = performance.now();
  let before = Number.MAX_SAFE_INTEGER;
  for (let more = portion; more === portion; ) {
    const page = await incidents.list({ limit: portion, beforeNumber: before });
    more = page.length;
    before = page.at(-1)?.number ?? 0;
  }
  return performance.now() - start;
}

/** What is asked once a second and once a minute, without closed incidents and with a million of them. */
async function benchTick(ground: Ground): Promise<Goal[]> {
  const { incidents, execute } = ground;
  await execute('alter table incident disable trigger all');
  await execute('truncate incident');
  await fill(execute, { count: open, due: 3_600_000, document: someIncident(0) });
  const before = await timeTicks(incidents);
  const { rules: _, ...rest } = someIncident(0, { state: 'closed' });
  await fill(execute, { count: closed, due: null, document: rest });
  const after = await timeTicks(incidents);
  return Object.keys(before).map((name) => {
    const [few = [], many = []] = [before[name], after[name]];
    return {
      name: `incidents tick, ${name}, ${closed} closed`,
      ours: figures(many),
      rival: `none: ${figures(few)}`,
      result: median(many) / median(few),
      target: { at: 'most', value: 2 },
    };
  });
}

const figures = (times: readonly number[]): string =>
  `${short(median(times))} ms (p99 ${short(quantile(times, 0.99))})`;

async function timeTicks(incidents: Incidents): Promise<Record<string, number[]>> {
  const asked: Record<string, () => Promise<readonly unknown[]>> = {
    'is anything due': () => incidents.takeDue(100, 10_000),
    'what is unfinished': () => incidents.unfinished(),
    'the open ones of a page': () => incidents.list({ states: ['investigating'], limit: 20 }),
  };
  const times = Object.fromEntries(Object.keys(asked).map((name) => [name, [] as number[]]));
  for (let turn = -20; turn < looks; turn++) {
    for (const [name, ask] of Object.entries(asked)) {
      const start = performance.now();
      await ask();
      if (turn >= 0) times[name]?.push(performance.now() - start); // the first ones warm up
    }
  }
  return times;
}

interface Filling {
  count: number;
  /** In how many milliseconds they are due; null for never. */
  due: number | null;
  document: Partial<Incident>;
}

/** Incidents as they are kept, of all severities; without the records that nobody reads here. */
async function fill(execute: Ground['execute'], { count, due, document }: Filling): Promise<void> {
  const wake = due === null ? 'null' : `now() + ${due} * interval '1 millisecond'`;
  await execute('alter table incident disable trigger all');
  await execute(`
    insert into incident (id, number, version, chain_hash, declared_at, changed_at, wake_at, document)
    select 'INC-' || n, n, 1, sha256(convert_to(n::text, 'UTF8')), now(), now(), ${wake},
      '${JSON.stringify(document)}'::jsonb || jsonb_build_object(
        'id', 'INC-' || n, 'number', n, 'severity', 1 + n % 4)
    from generate_series(
      (select coalesce(max(number), 0) + 1 from incident),
      (select coalesce(max(number), 0) + ${count} from incident)) as n`);
  await execute('alter table incident enable trigger all');
  await execute('vacuum analyze incident');
}
