import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../src/core/run.ts';
import type { Store } from '../src/store/open-store.ts';
import { quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import { withPostgres } from './with-postgres.ts';

const perSecond = 200;
const seconds = 30;
/** As many runs as could be open at once on a very bad day. */
const runs = 100;

/** Changes of runs at a steady pace on PostgreSQL: each recorded, each sealed, none late. */
export const benchTransitions = (): Promise<Goal[]> =>
  withPostgres(async ({ open }) => {
    const store = await open();
    const { times, made } = await load(store);
    await sleep(2_000); // a record is sealed within a second
    const check = await store.audit.verify();
    const whole = check.ok && check.unsealed === 0 ? check.records : 0;
    const all = perSecond * seconds;
    return [
      {
        name: `p99 of ${perSecond} transitions a second for ${seconds} s, PostgreSQL`,
        ours: `${short(quantile(times, 0.5))} ms median, ${short(quantile(times, 0.99))} ms p99`,
        rival: '100 ms',
        result: quantile(times, 0.99) / 100,
        target: { at: 'most', value: 1 },
      },
      {
        name: 'of them made, recorded and sealed',
        ours: `${made} made; ${check.ok ? `${check.records} records verified, ${check.unsealed} unsealed` : check.why}`,
        rival: `${all} and ${runs} requests`,
        result: made === all ? whole / (all + runs) : 0,
        target: { at: 'least', value: 1 },
      },
    ];
  });

/** An open loop: what is late is late, and nothing waits for it. Times count from when it was due. */
async function load({ runs: kept }: Pick<Store, 'runs'>) {
  const open = await Promise.all(Array.from({ length: runs }, (_, at) => newRun(kept, at)));
  const times: number[] = [];
  let made = 0;
  const change = async (at: number, due: number) => {
    const run = open[at] as Run;
    const audit = { event: 'run.changed', actor: 'gatehouse', facts: { at } };
    const patch = { why: `change ${at}` };
    const { id, version } = run;
    const done = await kept.transition({ id, version, patch, audit, jobs: [], messages: [] });
    times.push(performance.now() - due);
    if (done.kind === 'moved-on') return;
    open[at] = done.run;
    made += 1;
  };
  const start = performance.now();
  const going: Promise<void>[] = [];
  for (let tick = 0; tick < perSecond * seconds; tick++) {
    const due = start + (tick * 1_000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    going.push(change(tick % runs, due));
  }
  await Promise.all(going);
  return { times, made };
}

const newRun = (kept: Store['runs'], at: number): Promise<Run> =>
  kept.create(
    {
      id: `R-${randomUUID()}`,
      action: 'restart',
      target: { service: `service-${at}`, env: 'prod' },
      params: {},
      reason: 'memory leak',
      requestedBy: { id: 'U0ASKER', team: 'T0BENCH' },
      askedIn: null,
    },
    { event: 'run.requested', actor: 'user:T0BENCH/U0ASKER', facts: {} },
  );
