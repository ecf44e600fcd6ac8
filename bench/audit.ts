import { performance } from 'node:perf_hooks';
import pg from 'pg';
import type { Audit, AuditQuery } from '../src/core/audit.ts';
import { median, quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import { withPostgres } from './with-postgres.ts';

const few = 10_000;
const many = 1_000_000;
const repetitions = 200;
const limit = 21;

/** Everything that `/auth audit` can be asked, at ten thousand records and at a million. */
export const benchAudit = (): Promise<Goal[]> =>
  withPostgres(async ({ url, open }) => {
    const { audit } = await open();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await fill(client, 0, few);
      const before = await timeAll(audit, few);
      await fill(client, few, many);
      const after = await timeAll(audit, many);
      return Object.keys(before).map((name) => goal(name, before[name] ?? [], after[name] ?? []));
    } finally {
      await client.end();
    }
  });

const goal = (name: string, before: readonly number[], after: readonly number[]): Goal => ({
  name: `audit ${name}, ${many} records`,
  ours: figures(after),
  rival: `${few} records: ${figures(before)}`,
  result: median(after) / median(before),
  target: { at: 'most', value: 2.5 },
});

const figures = (times: readonly number[]): string =>
  `${short(median(times))} ms (p99 ${short(quantile(times, 0.99))})`;

/** What people ask, for a log whose newest record has the number `last`. A page is one anywhere in it. */
function questions(last: number): Record<string, () => AuditQuery> {
  const anywhere = () => ({ beforeId: few / 2 + Math.floor(Math.random() * (last - few / 2)) });
  return {
    'newest first': () => ({ limit }),
    'an older page': () => ({ ...anywhere(), limit }),
    'of a person': () => ({ actor: 'user:T0BENCH/U7', ...anywhere(), limit }),
    'of a service': () => ({ service: 'service-3', limit }),
    'of an action, an older page': () => ({ action: 'restart', ...anywhere(), limit }),
    'of a run': () => ({ subject: `R-${Math.floor((Math.random() * last) / 10)}`, limit }),
    'since an hour ago': () => ({ since: startedAt + last * 1_000 - 3_600_000, limit }),
    'of a service and an action': () => ({ service: 'service-3', action: 'restart', limit }),
  };
}

/** All questions in turn, so that whatever else the machine does falls on each of them. */
async function timeAll(audit: Audit, last: number): Promise<Record<string, number[]>> {
  const asked = Object.entries(questions(last));
  const times = Object.fromEntries(asked.map(([name]) => [name, [] as number[]]));
  for (let turn = -20; turn < repetitions; turn++) {
    for (const [name, question] of asked) {
      const query = question();
      const start = performance.now();
      const found = await audit.find(query);
      const took = performance.now() - start;
      if (found.length === 0) throw new Error(`${name} found nothing`);
      if (turn >= 0) times[name]?.push(took); // the first ones warm up
    }
  }
  return times;
}

const startedAt = 1_700_000_000_000;

/** Records as runs leave them, ten a run and one a second, of a hundred people and fifty-one services. */
async function fill(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query('alter table audit disable trigger user'); // they are not sealed
  await client.query(
    `insert into audit (subject, version, body, hash)
     select 'R-' || i / 10, i % 10 + 1,
       json_build_object(
         'about', json_build_object('id', 'R-' || i / 10, 'env', 'prod', 'service', case (i / 10) % 51 when 50 then 'all' else 'service-' || (i / 10) % 51 end,
           'action', (array['restart', 'rollback', 'block', 'user offboard'])[1 + (i / 10) % 4]),
         'actor', 'user:T0BENCH/U' || i % 100, 'at', $3::bigint + i * 1000, 'event', 'run.changed',
         'facts', json_build_object('services', array(select 'service-' || (i / 510 + n) % 7 from generate_series(0, 2) as n), 'why', repeat('x', 200)), 'version', i % 10 + 1)::text,
       sha256(convert_to(i::text, 'UTF8'))
     from generate_series($1::bigint, $2::bigint - 1) as i`,
    [from, to, startedAt],
  );
  await client.query('alter table audit enable trigger user');
  await client.query('vacuum analyze audit');
}
