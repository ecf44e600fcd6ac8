import type { KillSwitch } from '../../../src/core/kill-switch.ts';
import { processOf, settle, settleInMemory, virtualTime } from '../virtual-time.ts';
import { chanceFrom } from './chance.ts';
import { createJudge } from './judge.ts';
import { createSlack } from './slack.ts';
import type { Code, Process, Stage, World } from './truth.ts';

/** A place where one process waits until the schedule lets it go on. */
interface Gate {
  process: Process;
  open(): void;
}

/** Whoever is on the line lives as long as the world. */
const line: Process = { name: 'the line', alive: true, stoppedUntil: 0, stops: 0 };

const everybody = {
  asker: ['oncall', 'primary'],
  m1: ['manager'],
  m9: ['manager'],
  m2: ['manager', 'security'],
  s1: ['security'],
};

/** A database in memory, for one world. */
export const inMemory = (memoryStore: Code['memoryStore']): Stage => ({
  start: 1_700_000_000_000,
  prefix: 'R',
  store: memoryStore,
  settle: settleInMemory,
});

/** So many of the worlds that keep an outbox have a Slack that everybody looks at. */
const seen = 0.3;

/** A new world; everything that happens in it follows from the seed. */
export function createWorld(seed: number, stage: Stage): World {
  const chance = chanceFrom(seed);
  const settled = stage.settle ?? settle;
  const time = virtualTime(stage.start, settled);
  const store = stage.store(time);
  let gates: Gate[] = [];
  const machines = new Map(
    ['rms-auth@prod', 'rust-auth@prod'].map((name) => [name, { changes: 0, up: new Map() }]),
  );
  const isStopped = (process: Process) => process.stoppedUntil > time.clock.monotonic();
  time.hold((process) => process !== undefined && isStopped(process as Process));
  const gate = (process: Process) =>
    new Promise<void>((resolve) => {
      if (process.alive) gates.push({ process, open: resolve });
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
    requests: new Map(),
    incidents: new Map(
      ['rms-auth', 'rust-auth'].map((service, at) => [
        `INC-${at + 1}`,
        { state: 'mitigating', target: { service, env: 'prod' } },
      ]),
    ),
    hurried: chance.of(0.2),
    slack: null,
    takesDeliveries: store.intake !== undefined,
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
    settle: settled,
    line: () => gate(line),
    async step() {
      const open = gates.filter(({ process }) => !isStopped(process));
      if (open.length === 0) return false;
      const next = chance.pick(open);
      gates = gates.filter((one) => one !== next);
      next.open();
      await settled();
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
    incidentFor: (process) => async (id) => {
      await sometimes(process);
      breaks();
      const found = world.incidents.get(id);
      return found ? ({ id, security: false, severity: 2, ...found } as never) : null;
    },
    intakeFor: (process) => {
      const { intake } = store;
      if (!intake) throw new Error('there is no intake here');
      return {
        record: async (delivery) => {
          await gate(process);
          breaks();
          const recorded = await intake.record(delivery);
          await gate(process);
          breaks();
          return recorded;
        },
        settle: async (keys) => {
          await sometimes(process);
          breaks();
          return intake.settle(keys);
        },
        hold: async (keys) => {
          await sometimes(process);
          breaks();
          return intake.hold(keys);
        },
        takeUp: async (limit) => {
          breaks();
          const left = await intake.takeUp(limit);
          if (left.length > 0) await gate(process);
          return left;
        },
      };
    },
    outboxFor: (process) => {
      const { outbox } = store;
      if (!outbox) throw new Error('there is no outbox here');
      return {
        ...outbox,
        take: async (limit) => {
          breaks();
          const rows = await outbox.take(limit);
          if (rows.length > 0) await gate(process);
          return rows;
        },
        report: async (...told) => {
          await gate(process);
          breaks();
          await outbox.report(...told);
        },
        onAdded: (listener) =>
          outbox.onAdded(() => {
            if (processOf.getStore() === process) listener();
          }),
      };
    },
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
        if (done.kind === 'done') {
          world.judge.changed(done.run, change.audit.event);
          world.judge.told.wanted(done.run, change.messages);
          world.judge.escalated(done.run, change.audit.event, change.messages);
        }
        await gate(process);
        breaks();
        return done;
      },
      findByOrigin: async (origin) => {
        await sometimes(process);
        return store.runs.findByOrigin(origin);
      },
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
  if (store.outbox && chance.of(seen)) world.slack = createSlack(world);
  world.judge = createJudge(world);
  return world;
}
