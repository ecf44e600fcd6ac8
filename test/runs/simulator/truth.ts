import type { createOutboxSender } from '../../../src/bot/outbox/outbox-sender.ts';
import type { createDeliveries } from '../../../src/bot/receiving/deliveries.ts';
import type { createDispatcher } from '../../../src/bot/receiving/dispatcher.ts';
import type { watchLeftBehind } from '../../../src/bot/receiving/left-behind.ts';
import type { Deliver } from '../../../src/bot/receiving/through-bolt.ts';
import type { BreakGlassUses } from '../../../src/core/break-glass.ts';
import type { Claims } from '../../../src/core/claims.ts';
import type { TargetError } from '../../../src/core/errors.ts';
import type { IncidentState } from '../../../src/core/incident.ts';
import type { Intake } from '../../../src/core/intake.ts';
import type { KillSwitch } from '../../../src/core/kill-switch.ts';
import type { Locks } from '../../../src/core/locks.ts';
import type { Outbox } from '../../../src/core/outbox.ts';
import type { ActionRisk } from '../../../src/core/plan.ts';
import type { Run } from '../../../src/core/run.ts';
import { everyService, type Target, targetName } from '../../../src/core/target.ts';
import type { OutboxRequest, Runs } from '../../../src/core/transition.ts';
import type { drawRuns } from '../../../src/gatehouse/draw-runs.ts';
import type { refuseSecondAccounts } from '../../../src/gatehouse/second-accounts.ts';
import type { tellLeftBehind } from '../../../src/handlers/runs/tell-left-behind.ts';
import type { createRunner } from '../../../src/runs/create-runner.ts';
import type { RunTools } from '../../../src/runs/run-tools.ts';
import type { RunRequest } from '../../../src/runs/runner.ts';
import type { whyStopped } from '../../../src/runs/why-stopped.ts';
import type { After } from '../../../src/store/after.ts';
import type { memoryStore } from '../../../src/store/memory/memory-store.ts';
import type { Store } from '../../../src/store/open-store.ts';
import type { VirtualTime } from '../virtual-time.ts';
import type { Chance } from './chance.ts';
import type { ToldJudge } from './judge-told.ts';
import type { Slack } from './slack.ts';

/** One simulated process. What belongs to a dead one never goes on. */
export interface Process {
  name: string;
  alive: boolean;
  /** How its timers wait; by the machine’s without it. */
  after?: After;
  /** Until when it is stopped, as by SIGSTOP, and how often it was. */
  stoppedUntil: number;
  stops: number;
}

/** A process, and what runs in it. */
export interface Replica {
  process: Process;
  runner: ReturnType<typeof createRunner>;
  /** Takes what Slack delivers; null where requests are made without Slack. */
  deliver: Deliver | null;
}

/** What somebody has asked for. */
export interface Requested {
  asked: Omit<RunRequest, 'askedIn' | 'origin'>;
  /** Whether they confirm it at once. */
  confirms: boolean;
}

/** What somebody wants to have done, and how risky it is. */
export interface Params {
  risk: ActionRisk;
  about: string[];
  n: number;
  /** Whether its plan depends on nothing of its target, so that a change of that does not matter to it. */
  blind: boolean;
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
  time: VirtualTime;
  store: SimulatedStore;
  /** What the ids of its runs begin with. */
  prefix: string;
  judge: Judge;
  /** How many ids for runs were made, and how many requests. */
  made: number;
  asked: number;
  machines: Map<string, Machine>;
  requests: Map<number, Requested>;
  incidents: Map<string, { state: IncidentState; target: Target }>;
  /** Whether people mostly ask for one small thing on one target, again and again. */
  hurried: boolean;
  /** Slack, where it is part of the schedule. */
  slack: Slack | null;
  /** Whether requests come as deliveries, which are written down before anything is done. */
  takesDeliveries: boolean;
  people: Map<string, { roles: string[]; before: string[]; changedAt: number }>;
  /** Which second factor somebody has now; null for revoked. Everybody else has their first. */
  factors: Map<string, number | null>;
  /** People who can only be had from a copy. */
  silent: Set<string>;
  policyVersion: number;
  /** People who may do nothing any more, each with a number of its own; the directory says so at once. */
  suspended: Map<string, number>;
  /** Whether all changes are stopped, by the switch in the database. */
  stop: boolean;
  /** Whether the database may break off and the targets may fail. */
  troubled: boolean;
  /** By how much the processes’ clocks are wrong, in milliseconds. */
  skew: number;
  gate(process: Process): Promise<void>;
  /** Lets everything go on that waits neither for time nor at a gate. */
  settle(): Promise<void>;
  /** What is on its way between processes, and goes on whatever becomes of them. */
  line(): Promise<void>;
  /** Stops a process for so many milliseconds: nothing of it goes on, and nothing is lost. */
  pause(process: Process, ms: number): void;
  /** Lets one that waits go on; false when none does. */
  step(): Promise<boolean>;
  waiting(): number;
  kill(process: Process): void;
  claimsFor(process: Process): Pick<Claims, 'on' | 'endDue'>;
  usesFor(process: Process): BreakGlassUses;
  switchFor(process: Process): Pick<KillSwitch, 'state'>;
  runsFor(process: Process): Runs;
  intakeFor(process: Process): Intake;
  outboxFor(process: Process): Outbox;
  incidentFor(process: Process): NonNullable<RunTools['incidentOf']>;
  locksFor(process: Process): Locks;
}

/** Holds everything that happens against what must never happen. It knows the truth and none of the code. */
export interface Judge {
  /** What people are told. */
  told: ToldJudge;
  /** These messages were written down with this change of a run. */
  escalated(run: Run, event: string, messages: readonly OutboxRequest[]): void;
  /** The first thing that must not have happened, as a sentence. */
  verdict(): string | null;
  /** `forged` when none of the processes did it. */
  created(run: Run, forged?: boolean): void;
  changed(run: Run, event: string): void;
  locked(owner: string, fence: number): void;
  /** Somebody’s one-time password was right: that is good for one vote. */
  proved(person: string): void;
  /** Somebody’s second factor is revoked or replaced. */
  factorChanged(person: string): void;
  roleChanged(person: string): void;
  /** An incident is over, or open again. */
  incidentChanged(id: string): void;
  /** Somebody keeps a target for themselves from now until then, or does no more. */
  claimed(target: string, by: string, until: number): void;
  released(target: string): void;
  /** Somebody’s one use of break-glass is taken for a run, or was looked at by somebody else. */
  used(run: string, by: string): void;
  reviewed(run: string): void;
  /** Whether the run has its target now, as the target itself would know by the fence. */
  holds(run: string): Promise<boolean>;
  /** A step changes the target, at this moment. */
  effect(run: string, step: string): Promise<void>;
  /** What was done in one place is taken back, at this moment. */
  takenBack(run: string, place: Run['target']): void;
  /** What a run put up is taken down by another one, at this moment. */
  takenDown(run: string): Promise<void>;
  /** Nothing goes wrong from now on. */
  calm(): void;
  broke(why: string): void;
  /** Nothing goes wrong any more and time enough has passed. */
  quiet(draws: Parameters<ToldJudge['quiet']>[1]): Promise<void>;
  all(): readonly Run[];
  /** How often each thing happened, so that a schedule that tries nothing is noticed. */
  seen: Map<string, number>;
}

/** The code under test: the real one, or one with a fault in it. */
export interface Code {
  createRunner: typeof createRunner;
  TargetError: typeof TargetError;
  whyStopped: typeof whyStopped;
  memoryStore: typeof memoryStore;
  refuseSecondAccounts: typeof refuseSecondAccounts;
  createDeliveries: typeof createDeliveries;
  createDispatcher: typeof createDispatcher;
  watchLeftBehind: typeof watchLeftBehind;
  tellLeftBehind: typeof tellLeftBehind;
  createOutboxSender: typeof createOutboxSender;
  drawRuns: typeof drawRuns;
}

/** What of the store a world needs. */
export type SimulatedStore = Pick<
  Store,
  'runs' | 'locks' | 'claims' | 'tally' | 'audit' | 'killSwitch' | 'breakGlass'
> &
  Partial<Pick<Store, 'intake' | 'outbox'>>;

/** Where a world takes place: its first moment, and the database that has its time. */
export interface Stage {
  start: number;
  prefix: string;
  store(time: VirtualTime): SimulatedStore;
  /** Lets everything go on that does not wait for time; a turn of the event loop without it. */
  settle?(): Promise<void>;
}

/** Every target that a run is about: `all@prod` is about all of them. */
export const machinesOf = (world: World, { target }: Pick<Run, 'target'>): Machine[] =>
  [...world.machines]
    .filter(([name]) => target.service === everyService || name === targetName(target))
    .map(([, machine]) => machine);

/** Where a step is done: those of a run on all services say it themselves. */
export const placeOf = ({ target }: Pick<Run, 'target'>, step: string): Run['target'] =>
  target.service === everyService ? { ...target, service: step.split(':')[0] ?? '' } : target;

/** How often something that the run is about was changed. */
export const changesOf = (world: World, run: Pick<Run, 'target'>): number =>
  machinesOf(world, run).reduce((sum, { changes }) => sum + changes, 0);

/** Where the action is done to. */
export const machineOf = (world: World, run: Pick<Run, 'target'>): Machine => {
  const machine = world.machines.get(targetName(run.target));
  if (!machine) throw new Error('no such machine');
  return machine;
};
