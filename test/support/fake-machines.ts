import { z } from 'zod';
import type { Instance } from '../../src/core/capabilities.ts';
import { type Driver, defineDriver } from '../../src/core/driver.ts';
import type { Health } from '../../src/core/health.ts';

/** The system behind a target, with one copy, `api`. Every call that changes it is counted. */
export interface FakeMachine {
  /** How often it was told to restart. */
  restarts: number;
  /** When its copy started, in milliseconds since 1970. */
  startedAt: number;
  health: Health;
  /** What telling it to restart leads to; a new copy at once unless a test says otherwise. */
  onRestart(signal: AbortSignal): Promise<void>;
  /** What comes back with the new copy. */
  after: Health;
}

/** Machines by the name of their service, and the driver `fake` that reaches them. */
export interface FakeMachines {
  driver: Driver;
  of(service: string): FakeMachine;
}

/** Makes them; each is there from the first time somebody speaks of it. */
export function fakeMachines(): FakeMachines {
  const machines = new Map<string, FakeMachine>();
  const of = (service: string): FakeMachine => {
    const machine = machines.get(service) ?? newMachine();
    machines.set(service, machine);
    return machine;
  };
  return { of, driver: driverFor(of) };
}

const newMachine = (): FakeMachine => ({
  restarts: 0,
  startedAt: 1_700_000_000_000,
  health: 'up',
  onRestart: async () => {},
  after: 'up',
});

const driverFor = (of: FakeMachines['of']): Driver =>
  defineDriver({
    name: 'fake',
    summary: 'A system that exists in a test only.',
    options: z.strictObject({}),
    async open(_options, { service }) {
      const machine = of(service);
      const look = async () => ({ health: machine.health, detail: 'as the test has it' });
      return {
        capabilities: {
          instances: { instances: async () => [copyOf(machine)] },
          probes: { list: () => [{ name: 'pulse', run: look }] },
          lifecycle: { restart: (_instance, _startedAt, signal) => restart(machine, signal) },
        },
        close: async () => {},
      };
    },
  });

const copyOf = ({ health, startedAt }: FakeMachine): Instance => ({
  id: 'api',
  health,
  startedAt,
  release: 'v1',
});

async function restart(machine: FakeMachine, signal: AbortSignal): Promise<void> {
  machine.restarts += 1;
  await machine.onRestart(signal);
  machine.startedAt += 60_000;
  machine.health = machine.after;
}
