import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { status } from '../src/actions/status.ts';
import type { Catalogue } from '../src/core/catalogue.ts';
import { drivers } from '../src/targets/index.ts';
import { createTargets } from '../src/targets/targets.ts';
import { startChild } from './child.ts';
import { median, spread } from './figures.ts';
import { type Goal, ratio } from './goal.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const count = 50;
const deadline = 2_500;
/** Between 50 and 200 ms, the same in every run. */
const delays = Array.from({ length: count }, (_, index) => 50 + ((index * 61) % 151));
const slowest = Math.max(...delays);

/** How long a person waits for `/auth status` of fifty services, beside the runbook's way. */
export async function benchStatus(rounds: number): Promise<Goal[]> {
  const services = await startChild('subjects/slow-services.ts', {
    DELAYS: JSON.stringify(delays),
  });
  const hung = await startChild('subjects/slow-services.ts', {
    DELAYS: JSON.stringify(delays),
    HUNG: '[7,23,41]',
  });
  try {
    return [...(await compare(services.firstLine, rounds)), await withHung(hung.firstLine, rounds)];
  } finally {
    await Promise.all([services.end(), hung.end()]);
  }
}

async function compare(url: string, rounds: number): Promise<Goal[]> {
  const ours = statusOf(url);
  const urls = delays.map((_, index) => `${url}/${index}`);
  await ours.ask(); // opens the connections, as a bot that runs has them
  const times = {
    ours: [] as number[],
    single: [] as number[],
    parallel: [] as number[],
    script: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await timed(() => ours.ask()));
    times.single.push(
      await timed(() => fetch(`${url}/${delays.indexOf(slowest)}`).then((r) => r.text())),
    );
    times.parallel.push(
      await timed(() =>
        shell(`${urls.map((one) => `curl -sf -o /dev/null ${one} &`).join('\n')}\nwait`),
      ),
    );
    if (round < 2)
      times.script.push(
        await timed(() => shell(urls.map((one) => `curl -sf -o /dev/null ${one}`).join('\n'))),
      );
  }
  await ours.close();
  const mine = spread(times.ours, 'ms');
  return [
    {
      name: `status of ${count} services`,
      ours: mine,
      rival: `slowest single check ${spread(times.single, 'ms')}`,
      result: ratio(times.ours, times.single),
      target: { at: 'most', value: 1.05 },
    },
    {
      name: '… times faster',
      ours: mine,
      rival: `the runbook's script ${spread(times.script, 'ms')}`,
      result: median(times.script) / median(times.ours),
      target: { at: 'least', value: 30 },
    },
    {
      name: '… times faster',
      ours: mine,
      rival: `the same in parallel shell ${spread(times.parallel, 'ms')}`,
      result: ratio(times.parallel, times.ours),
      target: { at: 'least', value: 1.8 },
    },
  ];
}

async function withHung(url: string, rounds: number): Promise<Goal> {
  const ours = statusOf(url);
  const over: number[] = [];
  for (let round = 0; round < Math.min(rounds, 5); round++) {
    over.push((await timed(() => ours.ask(3))) - deadline);
  }
  await ours.close();
  return {
    name: 'status with 3 of 50 hung',
    ours: `deadline + ${spread(over, 'ms')}`,
    rival: 'the script: never ends',
    result: median(over),
    target: { at: 'most', value: 20 },
  };
}

/** The status query over fifty services of the catalogue, as the handler asks it. */
function statusOf(url: string) {
  const catalogue: Catalogue = {
    defaultEnv: null,
    services: delays.map((_, index) => ({
      name: `service-${index}`,
      title: `Service ${index}`,
      runbook: '000',
      owners: [],
      aliases: [],
      environments: [
        { name: 'prod', production: true, drivers: { http: httpSection(`${url}/${index}`) } },
      ],
    })),
  };
  const targets = createTargets({ catalogue, drivers, clock });
  return {
    async ask(hung = 0) {
      const params = status.params.parse({ deadline: `${deadline}ms` });
      const report = await status.run(params, null, { catalogue, targets, clock });
      const rows = report.parts.flatMap((part) => (part.kind === 'states' ? part.rows : []));
      const up = rows.filter(({ health }) => health === 'up').length;
      if (rows.length !== count || up !== count - hung)
        throw new Error(`${up} of ${rows.length} up, expected ${count - hung}`);
    },
    close: () => targets.close(),
  };
}

const httpSection = (url: string): unknown => {
  const http = drivers.find(({ name }) => name === 'http');
  if (!http) throw new Error('there is no http driver');
  return http.options.parse({
    checks: [{ name: 'health', url, expect: { body: { status: 'healthy' } } }],
  });
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function shell(script: string): Promise<void> {
  const [code] = await once(spawn('bash', ['-c', script], { stdio: 'ignore' }), 'exit');
  if (code !== 0) throw new Error(`the shell script ended with code ${code}`);
}
