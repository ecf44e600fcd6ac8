import { createIncidentRoom } from '../../../src/bot/incident-room.ts';
import { usualIncidentRules } from '../../../src/core/default-incident-rules.ts';
import type { Health } from '../../../src/core/health.ts';
import type { Incident } from '../../../src/core/incident.ts';
import type { IncidentRules } from '../../../src/core/incident-rules.ts';
import type { Incidents } from '../../../src/core/incidents.ts';
import type { Log } from '../../../src/core/log.ts';
import type { OutboxRow, Sent } from '../../../src/core/outbox.ts';
import type { IncidentLife } from '../../../src/incidents/incident-life.ts';
import { asStored } from '../../../src/store/database/stored-json.ts';
import { type Chance, chanceFrom } from '../../runs/simulator/chance.ts';
import type { Code } from './code.ts';
import { doing } from './doing.ts';
import { askingFor } from './evidence.ts';
import { createJudge, type Judge } from './judge.ts';
import { createSlack, type Slack } from './slack.ts';
import { createTime, type Process, type Time } from './time.ts';

/** A process, and what runs in it. */
export interface Replica {
  process: Process;
  life: IncidentLife;
  /** What it does again and again; nothing while it is still busy with the last time. */
  tick(): void;
}

/** Everything outside of the code under test, with the truth about it. */
export interface World {
  chance: Chance;
  time: Time;
  store: ReturnType<Code['memoryStore']>;
  slack: Slack;
  judge: Judge;
  /** How everything that can be looked at is. */
  health: Health;
  /** The contacts that nobody can be reached under at the moment. */
  nobody: Set<string>;
  /** Whether the database and Slack may break off. */
  troubled: boolean;
  /** The runs that keep evidence, by what they come of. */
  runs: Map<string, string>;
  /** How many ids were made. */
  made: number;
  rules: IncidentRules;
}

/** Who a contact is: each is one person. */
const behind = (contact: string): string => `U-${contact}`;

/** Half past nine or in the evening of a Monday, in November. */
const starts = [Date.UTC(2026, 10, 16, 9, 30), Date.UTC(2026, 10, 16, 15, 40)];

/** The usual rules; kept once, since every incident has them with it. */
const rules: IncidentRules = asStored({
  ...usualIncidentRules,
  roles: { responders: ['oncall'], managers: ['manager'], security: ['security'] },
  channels: { announce: 'C-incidents', stakeholders: 'C-status' },
});

/** A new world; everything that happens in it follows from the seed. */
export function createWorld(code: Code, seed: number): World {
  const chance = chanceFrom(seed);
  const time = createTime(chance.pick(starts) + Math.floor(chance.next() * 60_000));
  const world: World = {
    chance,
    time,
    store: code.memoryStore({ clock: { now: time.now, monotonic: time.now } }),
    slack: null as never,
    judge: null as never,
    health: 'down',
    nobody: new Set(),
    troubled: true,
    runs: new Map(),
    made: 0,
    rules,
  };
  world.slack = createSlack({ now: time.now, breaks: () => world.troubled && chance.of(0.03) });
  world.judge = createJudge(world);
  return world;
}

/** Starts a process. */
export function boot(world: World, code: Code, name: string): Replica {
  const process: Process = { name, alive: true };
  const log = logFor(world);
  const incidents = incidentsFor(world, process);
  const real = code.createIncidents({
    incidents,
    rulesFor: () => world.rules,
    reach: async (rules) =>
      Object.fromEntries(
        rules.contacts.map(({ name: contact }) => [contact, reached(world, contact)]),
      ),
    newId: () => {
      world.made += 1;
      return `change-${world.made}`;
    },
    log,
    sleep: (ms) => world.time.sleep(process, ms),
  });
  const life: IncidentLife = {
    ...real,
    declare: (said) =>
      doing.run(
        {
          ...{ command: null, by: { ...said.by, holds: [] }, seen: undefined },
          ...{ origin: said.origin, another: said.another ?? false },
        },
        () => real.declare(said),
      ),
    do: (id, command, by, seen) =>
      doing.run({ command, by, seen }, () => real.do(id, command, by, seen)),
  };
  return { process, life, tick: ticking(world, code, { process, incidents, life, log }) };
}

const reached = ({ nobody }: World, contact: string) =>
  nobody.has(contact)
    ? { people: [], why: `nobody is ${contact}` }
    : { people: [behind(contact)], why: null };

interface Running {
  process: Process;
  incidents: Incidents;
  life: IncidentLife;
  log: Log;
}

/** What the keeper of a process does, each at its own pace. */
function ticking(world: World, code: Code, running: Running): () => void {
  const { incidents, life, log, process } = running;
  const { store, time } = world;
  const samples = samplesFor(world);
  const room = createIncidentRoom({ api: world.slack.api, post: async () => {} } as never);
  const setups = code.createSetups({
    incidents,
    log,
    life,
    room,
    cardIn: async ({ id }: Incident) =>
      (await store.outbox.standing(id, 'incident', `incident:${id}`))?.ts ?? null,
    link: () => null,
  });
  const ask = askingFor(world, process);
  const evidence = code.keepingEvidence({ incidents, life, log, ask });
  const wake = () =>
    code.wakeDue({
      incidents,
      samples,
      life,
      setUp: async ({ id }) => setups.begin(id),
      keepEvidence: ({ id }) => evidence.begin(id),
      gather: async () => figures,
      absenceSince: async (at) => {
        const found = await store.presence.absences(at);
        return (
          found.findLast(({ from, until }) => from <= at && until >= at) ?? found.at(-1) ?? null
        );
      },
      log,
    });
  const look = async () => [
    { probe: 'api', health: world.health, detail: '', at: time.now(), took: 1, answered: true },
  ];
  const sample = () => code.sampleAll({ incidents, samples, life, look, log });
  const repair = () => code.repairAll({ incidents, life, setups, log });
  const works = [
    { every: 0, work: wake },
    { every: 0, work: () => drain(world, running) },
    { every: 20_000, work: sample },
    { every: 55_000, work: repair },
  ].map(({ every, work }) => ({ every, work, next: 0, busy: false }));
  return () => {
    for (const one of works) {
      if (!process.alive || one.busy || one.next > time.now()) continue;
      one.busy = true;
      one.next = time.now() + one.every;
      void one
        .work()
        .catch((error: unknown) => log.warn({ why: String(error) }, ''))
        .finally(() => {
          one.busy = false;
        });
    }
  };
}

const figures = { health: '', change: '', done: [], running: [], chart: null };

/** Brings what the outbox holds to Slack, as the sender does; now and then it takes its time. */
async function drain(world: World, running: Running): Promise<void> {
  const { store, time, chance } = world;
  for (let rounds = 0; rounds < 6; rounds += 1) {
    const takenAt = time.now();
    const rows = await store.outbox.take(8);
    if (rows.length === 0) return;
    const [before, after] = [chance.of(0.2), chance.of(0.2)];
    if (before) await time.gate(running.process);
    if (time.now() >= takenAt + 8_000) return; // they are somebody else's soon
    const all = rows.map((row) => ({ row, sending: send(world, row) }));
    if (after) await time.gate(running.process);
    for (const { row, sending } of all) await store.outbox.report(row.id, await sending);
    await noteLost(world, running, rows);
  }
}

/** Nothing is awaited between the look where it belongs and the post. */
async function send({ store, slack, judge }: World, row: OutboxRow): Promise<Sent> {
  const later = { kind: 'not-now', retryIn: 500, why: 'no channel', counts: false } as const;
  const room = row.to.startsWith('incident:') ? await roomOf(store, row) : row.to;
  if (room === null) return later;
  if (slack.channels.get(room)?.archived) return { ...later, retryIn: 2_000, why: 'archived' };
  judge.sent(row);
  return slack.post(row, room);
}

async function roomOf({ incidents }: World['store'], { to }: OutboxRow): Promise<string | null> {
  const channel = (await incidents.find(to.slice('incident:'.length)))?.incident.channel;
  return channel?.lost === null ? channel.id : null;
}

/** A channel into which nothing can be written any more is said to be lost. */
async function noteLost(
  { store, slack }: World,
  { life }: Running,
  rows: readonly OutboxRow[],
): Promise<void> {
  for (const row of rows) {
    if (!row.to.startsWith('incident:')) continue;
    const room = await roomOf(store, row);
    if (room === null || !slack.channels.get(room)?.archived) continue;
    await life.do(row.to.slice('incident:'.length), { kind: 'room-lost', why: 'archived' }, null);
  }
}

/** Only what a broken database or Slack says is no fault of ours, nor what the auditor has found. */
const logFor = ({ judge }: World): Log => ({
  debug() {},
  info() {},
  warn: (fields) => note(judge, fields),
  error: (fields) => note(judge, fields),
});

function note(judge: Judge, fields: object): void {
  const { why = '', deadlines, incident } = fields as Record<string, string | undefined>;
  if (deadlines) judge.repairing(incident ?? '');
  else if (!/connection was lost|INC-\d+ exists/.test(why)) judge.broke(why);
}

/** What the sampler saw is told to the judge. */
function samplesFor({ store, judge }: World): World['store']['incidentSamples'] {
  const { incidentSamples } = store;
  return {
    ...incidentSamples,
    fill: async (incident, sample) => {
      judge.looked(incident, sample);
      await incidentSamples.fill(incident, sample);
    },
  };
}

/** The incidents of the store over a connection that answers late, or breaks off before or after a change. */
function incidentsFor(world: World, process: Process): Incidents {
  const { store, time, chance, judge } = world;
  const { incidents } = store;
  const sometimes = () => (chance.of(0.3) ? time.gate(process) : Promise.resolve());
  const breaks = () => {
    if (world.troubled && chance.of(0.03)) throw new Error('the connection was lost');
  };
  return {
    ...incidents,
    next: async () => {
      await sometimes();
      breaks();
      return incidents.next();
    },
    declare: async (incident, origin, audit, messages, unless) => {
      await time.gate(process);
      breaks();
      const made = await incidents.declare(incident, origin, audit, messages, unless);
      const what = doing.getStore();
      if (made.fresh) judge.declared(made.incident, what?.origin ?? null, audit, messages, what);
      await sometimes();
      breaks();
      return made;
    },
    find: async (id) => {
      await sometimes();
      breaks();
      const found = await incidents.find(id);
      const what = doing.getStore();
      if (what && found && !what.looksBack) what.readAt = found.now;
      if (what) what.looksBack = false;
      return found;
    },
    transition: async (change) => {
      const what = doing.getStore();
      if (chance.of(0.6)) await time.gate(process);
      if (what) what.looksBack = true; // what is read next is what became of this
      breaks();
      const done = await incidents.transition(change);
      if (done.kind === 'done') {
        judge.changed(done.incident, change.audit, change.messages, what);
      }
      await sometimes();
      breaks();
      if (what) what.looksBack = false;
      return done;
    },
    takeDue: async (limit, lease) => {
      await sometimes();
      return incidents.takeDue(limit, lease);
    },
  };
}
