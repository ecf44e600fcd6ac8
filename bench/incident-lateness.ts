import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { usualIncidentRules } from '../src/core/default-incident-rules.ts';
import type { Incident } from '../src/core/incident.ts';
import type { Incidents } from '../src/core/incidents.ts';
import { createIncidents } from '../src/incidents/create-incidents.ts';
import { requiredDeadlines } from '../src/incidents/deadlines.ts';
import { declareIncident } from '../src/incidents/declare.ts';
import { figuresOf } from '../src/incidents/figures-of.ts';
import { createIncidentKeeper } from '../src/incidents/incident-keeper.ts';
import type { Declaration } from '../src/incidents/incident-life.ts';
import { wakeDue } from '../src/incidents/incident-worker.ts';
import { openStore, type Store } from '../src/store/open-store.ts';
import { quietLog } from '../test/support/quiet-log.ts';
import { tempFolder } from '../test/support/temp-folder.ts';
import { median, quantile, short } from './figures.ts';
import type { Goal } from './goal.ts';
import { withPostgres } from './with-postgres.ts';

const open = 1_000;
/** Within how many milliseconds all of them have their update: at a pace of fifteen minutes it is 900 s. */
const within = 60_000;

/**
 * How late the updates of a thousand open incidents are, from the slot to the record. The slots of fifteen
 * minutes come in 60 s here, fifteen times as many a second; each lateness is in real time. The picture is not
 * drawn and nothing is sent: those have lines of their own.
 */
export const benchLateness = async (): Promise<Goal[]> => [
  ...(await withPostgres(async (database) => [await measure(await database.open(), 'PostgreSQL')])),
  await onEmbedded((store) => measure(store, 'the embedded database')),
];

async function onEmbedded<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const folder = tempFolder();
  const clock = { monotonic: () => performance.now() };
  const store = await openStore({ dataDir: folder.path, clock, log: quietLog });
  try {
    return await work(store);
  } finally {
    await store.close();
    await folder.remove();
  }
}

async function measure(store: Store, where: string): Promise<Goal> {
  await declareAll(store.incidents);
  const late = new Map<string, number>();
  const keeper = keeperOf(store, noting(store.incidents, late));
  keeper.start();
  const end = performance.now() + 2 * within + 120_000;
  while (late.size < open && performance.now() < end) await sleep(200);
  await keeper.stop();
  const all = [...late.values()];
  if (all.length < open) throw new Error(`only ${all.length} of ${open} updates came`);
  return {
    name: `incidents late, ${open} open, on ${where}`,
    ours: `${short(median(all))} ms (p99 ${short(quantile(all, 0.99))}, most ${short(Math.max(...all))})`,
    rival: `1 s; the slots of 15 min come in ${within / 1_000} s`,
    result: quantile(all, 0.99) / 1_000,
    target: { at: 'most', value: 1 },
  };
}

/** How many are declared first, to know how long all of them take. */
const few = 50;

/** All of them, with their channels; the first update of each comes at a moment of its own, evenly spread. */
async function declareAll(incidents: Incidents): Promise<void> {
  const begun = performance.now();
  for (let n = 0; n < few; n += 1) await declareOne(incidents, 3_600_000);
  const needed = ((performance.now() - begun) / few) * open * 1.5 + 5_000;
  const from = performance.now() + needed;
  for (let n = 0; n < open; n += 1) {
    await declareOne(incidents, from + (n * within) / open - performance.now());
  }
}

/** One whose first update is due in so many milliseconds, and the next ones at a pace of fifteen minutes. */
async function declareOne(incidents: Incidents, due: number): Promise<void> {
  const { number, now } = await incidents.next();
  const { incident, audit } = declareIncident(declaration, {
    ...{ number, now, rules: usualIncidentRules, reach: {} },
  });
  const next = now + Math.max(0, Math.round(due));
  const setup = Object.fromEntries(
    Object.keys(incident.setup).map((step) => [step, { kind: 'done', at: now }]),
  ) as Incident['setup'];
  const counted = {
    ...incident.counted,
    overdue: { from: next, done: 0 },
    reminder: { from: next, done: 1 },
  };
  const whole = { ...incident, setup, counted, updates: { ...incident.updates, next } };
  await incidents.declare({ ...whole, deadlines: requiredDeadlines(whole) }, null, audit, []);
}

const declaration: Declaration = {
  title: 'Login is down',
  severity: 1,
  security: false,
  target: { service: 'rms-auth', env: 'prod' },
  impact: [],
  seen: null,
  page: false,
  by: { id: 'U1', team: 'T1' },
  askedIn: null,
  origin: null,
};

/** Notes how late the first update of each incident is, by the database's clock. */
const noting = (incidents: Incidents, late: Map<string, number>): Incidents => ({
  ...incidents,
  async transition(change) {
    const done = await incidents.transition(change);
    const { slot } = change.audit.facts;
    const isUpdate = change.audit.event === 'incident.updated' && typeof slot === 'number';
    if (done.kind === 'done' && isUpdate && !late.has(done.incident.id)) {
      late.set(done.incident.id, done.incident.changedAt - Number(slot));
    }
    return done;
  },
});

/** What wakes incidents, as Gatehouse has it. */
function keeperOf(store: Store, incidents: Incidents) {
  let made = 0;
  const wait = (ms: number, ended?: AbortSignal) =>
    sleep(ms, undefined, ended && { signal: ended }).catch(() => {});
  const life = createIncidents({
    incidents,
    rulesFor: () => usualIncidentRules,
    reach: async () => ({}),
    newId: () => `change-${made++}`,
    log: quietLog,
    sleep: wait,
  });
  const samples = store.incidentSamples;
  return createIncidentKeeper({
    beat: store.presence.beat,
    wake: () =>
      wakeDue({
        ...{ incidents, samples, life, log: quietLog },
        setUp: async () => {},
        keepEvidence: () => {},
        gather: async (incident, now) => {
          const seen = await samples.since(incident.id, incident.times.declared);
          const runs = await store.runs.ofIncident(incident.id);
          return { ...figuresOf({ incident, samples: seen, runs, now }), chart: null };
        },
        absenceSince: async (at) => (await store.presence.absences(at)).at(-1) ?? null,
      }),
    untilDue: incidents.untilDue,
    sample: async () => {},
    repair: async () => {},
    onChanged: incidents.onChanged,
    log: quietLog,
    sleep: wait,
    random: Math.random,
  });
}
