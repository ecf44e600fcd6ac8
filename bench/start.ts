import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { postgresAvailable, startPostgres } from '../test/support/postgres-server.ts';
import { median, spread } from './figures.ts';
import { type Goal, ratio } from './goal.ts';
import { catalogueOf, spawnServer } from './server.ts';
import { type SlackStub, startSlackStub } from './slack-stub.ts';

/** From starting the process to the first answer that a person sees, beside a bare Bolt. */
export async function benchStart(rounds: number): Promise<Goal[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const slack = await startSlackStub();
  const healthy = await startHealthy();
  const postgres = postgresAvailable ? await startPostgres() : null;
  const config = join(folder, 'gatehouse.yml');
  const { port } = healthy.address() as AddressInfo;
  writeFileSync(config, catalogueOf(`http://127.0.0.1:${port}/health`));
  const bolt = () => firstAnswer('bench/subjects/bolt.ts', slack, { ANSWER: '1' });
  const ours = (env: Record<string, string>) =>
    firstAnswer('bin/gatehouse.mjs', slack, {
      GATEHOUSE_CONFIG: config,
      GATEHOUSE_DATA: join(folder, 'data'),
      ...env,
    });
  const times = {
    bolt: [] as number[],
    postgres: [] as number[],
    first: [] as number[],
    later: [] as number[],
  };
  try {
    await ours({}); // fills the compile cache and the file cache, as an installation has them
    for (let round = 0; round < rounds; round++) {
      times.bolt.push(await bolt());
      if (postgres) times.postgres.push(await ours({ DATABASE_URL: postgres.url }));
      times.first.push(await ours({ GATEHOUSE_DATA: join(folder, `fresh-${round}`) }));
      times.later.push(await ours({}));
    }
  } finally {
    await Promise.all([
      slack.close(),
      postgres?.stop(),
      new Promise((resolve) => healthy.close(resolve)),
    ]);
    rmSync(folder, { recursive: true, force: true });
  }
  return goals(times, rounds);
}

type Times = Record<'bolt' | 'postgres' | 'first' | 'later', number[]>;

function goals({ bolt, postgres, first, later }: Times, rounds: number): Goal[] {
  const rival = `bare Bolt ${spread(bolt, 'ms')}`;
  const seconds = (name: string, times: number[]): Goal => ({
    name,
    ours: spread(times, 'ms'),
    rival: '2 s',
    result: median(times) / 1_000,
    target: { at: 'most', value: 2 },
  });
  const withPostgres: Goal[] =
    postgres.length < rounds
      ? []
      : [
          {
            name: 'start to first answer, PostgreSQL',
            ours: spread(postgres, 'ms'),
            rival,
            result: ratio(postgres, bolt),
            target: { at: 'most', value: 1.2 },
          },
        ];
  if (withPostgres.length === 0)
    console.log('PostgreSQL is not installed: the start with it was not measured.');
  return [
    ...withPostgres,
    seconds('start to first answer, embedded, first start (s)', first),
    seconds('start to first answer, embedded, later (s)', later),
  ];
}

/** Starts a script and asks until it answers; answers the milliseconds that took. */
async function firstAnswer(
  script: string,
  slack: SlackStub,
  env: Record<string, string>,
): Promise<number> {
  const answered = slack.nextAnswer();
  const start = performance.now();
  const server = await spawnServer(script, slack.apiUrl, env);
  await server.acknowledges(slack.responseUrl);
  await answered;
  const took = performance.now() - start;
  await server.end();
  return took;
}

async function startHealthy(): Promise<Server> {
  const server = createServer((_, response) => response.end('{"status":"healthy"}')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  return server;
}
