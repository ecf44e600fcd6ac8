import type { z } from 'zod';
import type { Capabilities, Capability } from './capabilities.ts';
import type { Clock } from './clock.ts';
import type { LockMode } from './locks.ts';
import type { ActionRisk, Draft, Plan, Step } from './plan.ts';
import type { Target } from './target.ts';

/** What an action works with: the capabilities it needs, on its target. */
export interface On<Needs extends Capability = Capability> {
  target: Target;
  can: Pick<Capabilities, Needs>;
  /** What of the action's `wants` the target can do. */
  maybe: Partial<Capabilities>;
  /** Who asked for it and why. */
  request: Requested;
  clock: Clock;
  /**
   * The environments of the service that a release runs in before it runs here: for production all that
   * are not. Left out where nobody can tell.
   */
  stagesBefore?(): Promise<readonly Elsewhere[]>;
  /** The dependency of the target that the parameters name: then `can` is what that offers, not the target. */
  dependency?: DependencyInQuestion;
}

/** A dependency that something is to be done to, and whom that touches. */
export interface DependencyInQuestion {
  name: string;
  /** What is lost when it is restarted. */
  loses: readonly string[];
  /** Everything that depends on it, the target included. They are opened only when somebody looks. */
  dependents(): Promise<readonly Elsewhere[]>;
}

/** Another target than the one to be changed, to be looked at and never to be changed. */
export interface Elsewhere {
  target: Target;
  can: Partial<Pick<Capabilities, 'releases' | 'instances' | 'probes'>>;
}

/** Who asked for something and why. */
export interface Requested {
  /** The run's id; null while only a plan is wanted. */
  run: string | null;
  /** Slack user and team. */
  by: { id: string; team: string };
  reason: string;
  /** The run whose effect this one ends at its time; null or missing when people asked for it. */
  ends?: string | null;
}

/** Several things that were looked at. */
export interface Verdict {
  ok: boolean;
  checks: readonly { name: string; ok: boolean; seen: string }[];
  /**
   * Whether a precheck is not ok for no other reason than that there is nothing to do here, such as an account
   * that does not exist: a plan for `all@prod` then leaves the service out instead of being refused.
   */
  nothingToDo?: boolean;
}

/** What became of a step. `unknown` when it may have happened: nobody may call that done or failed. */
export type StepOutcome =
  | { kind: 'done'; seen: string }
  | { kind: 'failed'; why: string }
  | { kind: 'unknown'; why: string };

/**
 * One runbook operation that changes something. One action is one file of `actions/`. `precheck`,
 * `plan`, `probe` and `verify` only read; `execute` and `compensate` alone change anything.
 */
export interface Action<Params = unknown, Needs extends Capability = Capability> {
  /** What is typed, one or two words. */
  name: string;
  /** Counts up whenever the same parameters would lead to other steps; it enters the plan's hash. */
  version: number;
  summary: string;
  /** What people type, after `/auth`. */
  examples: readonly string[];
  aliases: readonly string[];
  /** Where in the runbooks it comes from. */
  runbook: string;
  params: z.ZodType<Params>;
  /** The least risk it can have. */
  baseRisk: ActionRisk;
  needs: readonly Needs[];
  /** What it makes use of where the target can do it. */
  wants?: readonly Capability[];
  /** The parameters that are typed as words, in this order: the `address` of `block 203.0.113.7`. */
  operands?: readonly string[];
  /** The parameter that names a dependency of the target, where it can be done to one: `dependency`. */
  dependency?: string;
  /** Whether it can be done to every service of an environment at once, as `all@prod`. */
  everywhere?: boolean;
  /** `shared` when it only puts evidence away, and may go on beside others that do; else it is alone on its target. */
  lock?: LockMode;
  /**
   * The Slack user ids of those whom it is about: they never approve it. Nobody when it is left out.
   * The plan says who stands behind an account; there is none before it was made.
   */
  about?(params: Params, plan: Plan | null): readonly string[];
  /** Whether there is any sense in planning now; a check that fails is a refusal. */
  precheck(params: Params, on: On<Needs>): Promise<Verdict>;
  plan(params: Params, on: On<Needs>): Promise<Draft>;
  /** Does one step. Anything thrown counts as unknown unless it is a `TargetError` that is sure nothing happened. */
  execute(step: Step, plan: Plan, on: On<Needs>, signal: AbortSignal): Promise<StepOutcome>;
  /** After a crash: looks whether the step has happened. */
  probe(step: Step, plan: Plan, on: On<Needs>): Promise<StepOutcome>;
  /** Whether the whole of it worked, held against the plan's facts. */
  verify(plan: Plan, on: On<Needs>): Promise<Verdict>;
  /**
   * Once the verification has passed: writes down in the target that it has, and says so in a few words. It is
   * part of the approved plan and may come twice. Where it cannot, the run has succeeded all the same.
   */
  attest?(plan: Plan, on: On<Needs>, signal: AbortSignal): Promise<string>;
  /** Takes back what was done; it is part of the approved plan. */
  compensate?(plan: Plan, on: On<Needs>, signal: AbortSignal): Promise<StepOutcome>;
}

/** The dependency that the parameters of an action name; null when they are about the target itself. */
export function dependencyIn(
  { dependency: key }: { dependency?: string },
  params: unknown,
): string | null {
  if (key === undefined || typeof params !== 'object' || params === null) return null;
  const named = (params as Record<string, unknown>)[key];
  return typeof named === 'string' ? named : null;
}

/** Returns its argument: it exists so that TypeScript infers the type parameters. */
export const defineAction = <Params, const Needs extends Capability>(
  action: Action<Params, Needs>,
): Action<Params, Needs> => action;
