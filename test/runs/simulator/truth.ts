import type { Locks } from '../../../src/core/locks.ts';
import type { ActionRisk } from '../../../src/core/plan.ts';
import type { Run } from '../../../src/core/run.ts';
import { targetName } from '../../../src/core/target.ts';
import type { Runs } from '../../../src/core/transition.ts';
import type { createRunner } from '../../../src/runs/create-runner.ts';
import type { memoryStore } from '../../../src/store/memory-store.ts';
import type { virtualTime } from '../virtual-time.ts';
import type { Chance } from './chance.ts';

/** One simulated process. What belongs to a dead one never goes on. */
export interface Process {
  name: string;
  alive: boolean;
  /** Until when it is stopped, as by SIGSTOP, and how often it was. */
  stoppedUntil: number;
  stops: number;
}

/** A process, and what runs in it. */
export interface Replica {
  process: Process;
  runner: ReturnType<typeof createRunner>;
}

/** What somebody wants to have done, and how risky it is. */
export interface Params {
  risk: ActionRisk;
  about: string[];
  n: number;
  /** What of the target it puts up, and after how many milliseconds that ends; null when it does not. */
  lasts: { thing: string; after: number } | null;
}

/** A target in miniature: how often it was changed, by whomever. */
export interface Machine {
  changes: number;
  /** What is up, and the run that put it up last. */
  up: Map<string, string>;
}

/** Everything outside of the code under test, with the truth about it. */
export interface World {
  chance: Chance;
  time: ReturnType<typeof virtualTime>;
  store: ReturnType<typeof memoryStore>;
  judge: Judge;
  /** How many ids for runs were made, and how many requests. */
  made: number;
  asked: number;
  machines: Map<string, Machine>;
  people: Map<string, { roles: string[]; before: string[]; changedAt: number }>;
  /** People who can only be had from a copy. */
  silent: Set<string>;
  policyVersion: number;
  /** Whether all changes are stopped. */
  stop: boolean;
  /** Whether the database may break off and the targets may fail. */
  troubled: boolean;
  /** By how much the processes’ clocks are wrong, in milliseconds. */
  skew: number;
  gate(process: Process): Promise<void>;
  /** Stops a process for so many milliseconds: nothing of it goes on, and nothing is lost. */
  pause(process: Process, ms: number): void;
  /** Lets one that waits go on; false when none does. */
  step(): Promise<boolean>;
  waiting(): number;
  kill(process: Process): void;
  runsFor(process: Process): Runs;
  locksFor(process: Process): Locks;
}

/** Holds everything that happens against what must never happen. It knows the truth and none of the code. */
export interface Judge {
  /** The first thing that must not have happened, as a sentence. */
  verdict(): string | null;
  /** `forged` when none of the processes did it. */
  created(run: Run, forged?: boolean): void;
  changed(run: Run, event: string): void;
  locked(owner: string, fence: number): void;
  /** Somebody’s one-time password was right: that is good for one vote. */
  proved(person: string): void;
  roleChanged(person: string): void;
  /** Whether the run has its target now, as the target itself would know by the fence. */
  holds(run: string): Promise<boolean>;
  /** A step changes the target, at this moment. */
  effect(run: string, step: string): Promise<void>;
  /** A step is taken back, at this moment. */
  takenBack(run: string): void;
  /** What a run put up is taken down by another one, at this moment. */
  takenDown(run: string): Promise<void>;
  /** Nothing goes wrong from now on. */
  calm(): void;
  broke(why: string): void;
  /** Nothing goes wrong any more and time enough has passed. */
  quiet(): Promise<void>;
  all(): readonly Run[];
  /** How often each thing happened, so that a schedule that tries nothing is noticed. */
  seen: Map<string, number>;
}

/** Where the action is done to. */
export const machineOf = (world: World, run: Pick<Run, 'target'>): Machine => {
  const machine = world.machines.get(targetName(run.target));
  if (!machine) throw new Error('no such machine');
  return machine;
};
