import type { KillSwitch } from '../../../src/core/kill-switch.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { settle, virtualTime } from '../virtual-time.ts';
import { chanceFrom } from './chance.ts';
import { createJudge } from './judge.ts';
import type { Process, Stage, World } from './truth.ts';

/** A place where one process waits until the schedule lets it go on. */
interface Gate {
  process: Process;
  open(): void;
}

const everybody = {
  asker: ['oncall', 'primary'],
  m1: ['manager'],
  m2: ['manager', 'security'],
  s1: ['security'],
};

/** A database in memory, for one world. */
const inMemory: Stage = { start: 1_700_000_000_000, prefix: 'R', store: memoryStore };

/** A new world; everything that happens in it follows from the seed. */
export function createWorld(seed: number, stage = inMemory): World {
  const chance = chanceFrom(seed);
  const time = virtualTime(stage.start);
  const store = stage.store(time);
  let gates: Gate[] = [];
  const machines = new Map(
    ['rms-auth@prod', 'rust-auth@prod'].map((name) => [name, { changes: 0, up: new Map() }]),
  );
  const isStopped = (process: Process) => process.stoppedUntil > time.clock.monotonic();
  time.hold((process) => process !== undefined && isStopped(process as Process));
  const gate = (process: Process) =>
    new Promise<void>((resolve) => {
      gates.push({ process, open: resolve });
    });
  const sometimes = (process: Process) => (chance.of(0.4) ? gate(process) : Promise.resolve());
  const breaks = (): void => {
    if (world.troubled && chance.of(0.04)) throw new Error('the connection was lost');
  };
  const world: World = {
    chance,
    time,
    store,
    prefix: stage.prefix,
    machines,
    made: 0,
    asked: 0,
    people: new Map(
      Object.entries(everybody).map(([id, roles]) => [id, { roles, before: roles, changedAt: 0 }]),
    ),
    factors: new Map(),
    silent: new Set(),
    suspended: new Map(),
    policyVersion: 1,
    stop: false,
    troubled: true,
    skew: 0,
    judge: null as never,
    gate,
    async step() {
      const open = gates.filter(({ process }) => !isStopped(process));
      if (open.length === 0) return false;
      const next = chance.pick(open);
      gates = gates.filter((one) => one !== next);
      next.open();
      await settle();
      return true;
    },
    waiting: () => gates.length,
    pause(process, ms) {
      process.stoppedUntil = time.clock.monotonic() + ms;
      process.stops += 1;
      time.after(ms, () => {}); // so that time gets there
    },
    kill(process) {
      process.alive = false;
      gates = gates.filter((one) => one.process !== process);
      time.drop((timer) => timer.process === process);
    },
    claimsFor: (process) => ({
      on: async (target) => {
        await sometimes(process);
        breaks();
        return store.claims.on(target);
      },
      endDue: () => store.claims.endDue(),
    }),
    usesFor: (process) => ({
      ...store.breakGlass,
      take: async (run, by, rule) => {
        await gate(process);
        breaks();
        const no = await store.breakGlass.take(run, by, rule);
        if (no === null) world.judge.used(run, by.id);
        await gate(process);
        breaks();
        return no;
      },
      review: async (run, by, text) => {
        await gate(process);
        breaks();
        const reviewed = await store.breakGlass.review(run, by, text);
        if (reviewed === 'done') world.judge.reviewed(run);
        return reviewed;
      },
    }),
    switchFor: (process): Pick<KillSwitch, 'state'> => ({
      state: async () => {
        if (chance.of(0.3)) await gate(process);
        breaks();
        return store.killSwitch.state();
      },
    }),
    runsFor: (process) => ({
      create: async (run, audit) => {
        await gate(process);
        breaks();
        const made = await store.runs.create(run, audit);
        world.judge.created(made);
        await gate(process);
        breaks();
        return made;
      },
      find: async (id) => {
        await sometimes(process);
        return store.runs.find(id);
      },
      transition: async (change) => {
        await gate(process);
        breaks();
        const done = await store.runs.transition(change);
        if (done.kind === 'done') world.judge.changed(done.run, change.audit.event);
        await gate(process);
        breaks();
        return done;
      },
      findByOrigin: store.runs.findByOrigin,
      inStates: (states) => store.runs.inStates(states),
      toEnd: () => store.runs.toEnd(),
      lasting: async (target, since) => {
        await sometimes(process);
        return store.runs.lasting(target, since);
      },
      children: async (parent) => {
        await sometimes(process);
        return store.runs.children(parent);
      },
      ofIncident: store.runs.ofIncident,
    }),
    locksFor: (process) => ({
      acquire: async (target, owner, mode) => {
        await gate(process);
        const lock = await store.locks.acquire(target, owner, mode);
        if (!('fence' in lock)) return lock;
        world.judge.locked(owner, lock.fence);
        return {
          ...lock,
          check: async () => {
            await sometimes(process);
            return lock.check();
          },
          release: async () => {
            await sometimes(process);
            return lock.release();
          },
        };
      },
      holders: async (target) => {
        await sometimes(process);
        return store.locks.holders(target);
      },
    }),
  };
  world.judge = createJudge(world);
  return world;
}
