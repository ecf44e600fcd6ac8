import { createIncidentRoom } from '../../../src/bot/incident-room.ts';
import type { Incidents } from '../../../src/core/incidents.ts';
import type { Log } from '../../../src/core/log.ts';
import { createSlackReach } from '../../../src/core/slack-reach.ts';
import type { IncidentLife } from '../../../src/incidents/incident-life.ts';
import { clearingTraces } from '../../../src/incidents/keeping/clear-traces.ts';
import type { Code } from './code.ts';
import { doing } from './doing.ts';
import { askingFor } from './evidence.ts';
import { createGuard } from './guard.ts';
import { logFor } from './log-for.ts';
import { createSender } from './sender.ts';
import { incidentsThrough, outboxThrough, samplesThrough } from './through.ts';
import type { Process } from './time.ts';
import type { Replica, World } from './world.ts';

/** Starts a process. */
export function boot(world: World, code: Code, name: string): Replica {
  const process: Process = { name, alive: true };
  const log = logFor(world);
  let look = () => {};
  const incidents = incidentsThrough(world, process, () => doing.exit(look));
  const life = lifeOf(world, code, { incidents, log, process });
  const parts = partsOf(world, code, { incidents, log, process, life });
  look = parts.look;
  return { process, life, ...parts };
}

interface Running {
  process: Process;
  incidents: Incidents;
  log: Log;
}

/** The life of incidents, which tells who does what. */
function lifeOf(world: World, code: Code, { incidents, log, process }: Running): IncidentLife {
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
  return {
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
}

/** Who a contact is: each is one person. */
const reached = ({ nobody, gone }: World, contact: string) =>
  nobody.has(contact) || gone.has(`U-${contact}`)
    ? { people: [], why: `nobody is ${contact}` }
    : { people: [`U-${contact}`], why: null };

/** What a process does, each at its own pace. */
function partsOf(world: World, code: Code, running: Running & { life: IncidentLife }) {
  const { incidents, life, log, process } = running;
  const { store, time, slack } = world;
  const [samples, outbox] = [samplesThrough(world), outboxThrough(world, process)];
  const reach = createSlackReach(time);
  const api = slack.apiFor(process, reach);
  const room = createIncidentRoom({ api, post: async () => {} } as never);
  const cardIn = async ({ id, channel }: { id: string; channel: { id: string } | null }) => {
    const found = await outbox.standing(id, 'incident', `incident:${id}`);
    return found !== null && found.channel === channel?.id ? found.ts : null;
  };
  const setups = code.createSetups({ incidents, log, life, room, cardIn, link: () => null });
  const watch = code.watchRooms({ incidents, outbox, life, room, setups, log });
  const guard = createGuard(world, code, { process, outbox, life, log, reach, api });
  const { holding } = guard;
  const sender = createSender(world, code, {
    ...{ process, incidents, outbox, api, room, watch, holding, log },
  });
  const ask = askingFor(world, process);
  const evidence = code.keepingEvidence({ incidents, life, log, ask });
  const clear = async () => {
    await time.gate(process);
    return { kind: 'looked', emptied: 0, stand: [] } as const;
  };
  const traces = clearingTraces({ incidents, life, log, clear });
  const wake = () =>
    code.wakeDue({
      ...{ incidents, samples, life, log },
      setUp: async ({ id }) => setups.begin(id),
      keepEvidence: ({ id }) => evidence.begin(id),
      clearTraces: ({ id }) => traces.begin(id),
      gather: async () => figures,
      absenceSince: async (at) => {
        const found = await store.presence.absences(at);
        return (
          found.findLast(({ from, until }) => from <= at && until >= at) ?? found.at(-1) ?? null
        );
      },
    });
  const look = async () => [
    { probe: 'api', health: world.health, detail: '', at: time.now(), took: 1, answered: true },
  ];
  const looked = new Map<string, number>();
  const gone = async ({ id }: { id: string }) => {
    await time.gate(process);
    return world.gone.has(id) ? 'suspended' : null;
  };
  const vacate = code.vacating({ incidents, life, log, gone });
  const repair = async () => {
    await code.repairAll({ incidents, life, setups, log });
    await watch.all();
    await vacate.all();
  };
  const tick = ticking({ process, log, now: time.now }, [
    { every: 0, wanted: world.judge.overdue, work: wake },
    { every: 20_000, work: () => code.sampleAll({ incidents, samples, life, look, log, looked }) },
    { every: 55_000, work: repair },
  ]);
  return {
    look: sender.look,
    holding,
    left: (id: string) => void vacate.left({ id, team: 'T1' }, 'suspended'),
    tick() {
      guard.tick();
      sender.look();
      tick();
    },
  };
}

interface Work {
  every: number;
  /** Whether there is anything to do for it, as the schedule knows: looking for nothing costs most of the time. */
  wanted?(): boolean;
  work(): Promise<unknown>;
}

/** Does each when it is time; nothing while it is still busy with the last time. */
function ticking(
  { process, log, now }: { process: Process; log: Log; now(): number },
  works: readonly Work[],
): () => void {
  const all = works.map((one) => ({ wanted: () => true, ...one, next: 0, busy: false }));
  return () => {
    for (const one of all) {
      if (!process.alive || one.busy || one.next > now() || !one.wanted()) continue;
      one.busy = true;
      one.next = now() + one.every;
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
