import type { Incidents } from '../../../src/core/incidents.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import { doing } from './doing.ts';
import type { StagedStore } from './stage.ts';
import type { Process } from './time.ts';
import type { World } from './world.ts';

/** A connection that answers late now and then, and breaks off. */
function connection(
  { time, chance, ...world }: Pick<World, 'time' | 'chance'> & { troubled(): boolean },
  process: Process,
) {
  return {
    late: async (share: number) => {
      if (chance.of(share)) await time.gate(process);
    },
    breaks: (share = 0.03) => {
      if (world.troubled() && chance.of(share)) throw new Error('the connection was lost');
    },
  };
}

const connectionOf = (world: World, process: Process) =>
  connection({ time: world.time, chance: world.chance, troubled: () => world.troubled }, process);

/** The incidents of the store over such a connection; `added` hears of every change of this process. */
export function incidentsThrough(world: World, process: Process, added: () => void): Incidents {
  const { store, time, judge } = world;
  const { incidents } = store;
  const { late, breaks } = connectionOf(world, process);
  return {
    ...incidents,
    next: async () => {
      await late(0.3);
      breaks();
      return incidents.next();
    },
    declare: async (incident, origin, audit, messages, unless) => {
      await time.gate(process);
      breaks();
      const made = await incidents.declare(incident, origin, audit, messages, unless);
      const what = doing.getStore();
      if (made.fresh) judge.declared(made.incident, what?.origin ?? null, audit, messages, what);
      await late(0.3);
      breaks();
      added();
      return made;
    },
    find: async (id) => {
      await late(0.3);
      breaks();
      const found = await incidents.find(id);
      const what = doing.getStore();
      if (what && found && !what.looksBack) what.readAt = found.now;
      if (what) what.looksBack = false;
      return found;
    },
    transition: async (change) => {
      const what = doing.getStore();
      await late(0.6);
      if (what) what.looksBack = true; // what is read next is what became of this
      breaks();
      const done = await incidents.transition(change);
      if (done.kind === 'done') judge.changed(done.incident, change.audit, change.messages, what);
      await late(0.3);
      breaks();
      if (what) what.looksBack = false;
      added();
      return done;
    },
    takeDue: async (limit, lease) => {
      await late(0.3);
      return incidents.takeDue(limit, lease);
    },
  };
}

/** The outbox of the store over such a connection. */
export function outboxThrough(world: World, process: Process): Outbox {
  const { store, time, traffic } = world;
  const { outbox } = store;
  const { late, breaks } = connectionOf(world, process);
  return {
    ...outbox,
    take: async (limit, held) => {
      await late(0.1);
      breaks(0.003);
      const reports = traffic.reports();
      const rows = await outbox.take(limit, held);
      traffic.handedOut(rows, reports);
      return rows;
    },
    report: async (id, sent, rests, ...more) => {
      await late(0.1);
      breaks(0.003);
      await outbox.report(id, sent, rests, ...more);
      traffic.reported(process, id);
      if (sent.kind === 'shown') world.known.add(`${sent.posted.channel} ${sent.posted.ts}`);
      if ('retryIn' in sent) world.putOff.push(time.now() + sent.retryIn);
      breaks(0.003);
    },
    compact: async (olderThan) => {
      breaks();
      const left = await outbox.compact(olderThan);
      world.judge.leftOut(left);
      if (left.length > 0) world.judge.note('left out');
      return left;
    },
  };
}

/** What the sampler saw is told to the judge. */
export function samplesThrough({ store, judge }: World): StagedStore['incidentSamples'] {
  const { incidentSamples } = store;
  return {
    ...incidentSamples,
    fill: async (incident, sample) => {
      judge.looked(incident, sample);
      await incidentSamples.fill(incident, sample);
    },
  };
}
