import type { Json } from './json.ts';
import type { Risk } from './risk.ts';
import type { Target } from './target.ts';

/** The risks that an action can have: reading has none of them. */
export type ActionRisk = Extract<Risk, 'low' | 'high' | 'destructive'>;

/** Something that is true of the target now. */
export interface PlanFact {
  name: string;
  value: string;
  /** Whether the plan is another one when this has changed: then it enters the plan's hash. */
  material: boolean;
}

/** One thing that is done to the target. It starts at most once. */
export interface Step {
  /** The same for the same thing each time the plan is made, such as `restart:api`. */
  id: string;
  /** What people read: an imperative sentence without a full stop. */
  does: string;
  /** What the action's `execute` works from. */
  args: Json;
  /** How long it may take, in milliseconds. */
  timeout: number;
  /** Whether doing it twice is the same as once. */
  repeatable: boolean;
  /** Whether it is about no single target: a plan for `all@prod` has it once, however many ask for it. */
  once?: true;
}

/** What the id of every step on this service begins with in a plan for all services. */
export const stepsOn = (service: string): string => `${service}:`;

/** What an action would do now, as the action says it. */
export interface Draft {
  /** One sentence without a full stop: `Restart rms-auth@prod`. */
  summary: string;
  facts: readonly PlanFact[];
  steps: readonly Step[];
  /** The action's base risk, or more when a fact asks for it. */
  risk: ActionRisk;
  /** Why it is as risky as it is, a sentence each. */
  riskReasons: readonly string[];
  /** Whether it can be undone, and how, in one sentence. */
  undo: { possible: boolean; how: string };
  /** What is done by itself later, as a run of its own: it is part of what is approved. */
  revert?: Revert;
}

/** An action that ends what another one has begun. */
export interface Revert {
  action: string;
  params: Json;
  /** How many milliseconds after the first step has begun. */
  after: number;
}

/** What was planned, approved and is done: exactly this and nothing else. */
export interface Plan extends Draft {
  action: string;
  /** The version of the action's code that made it. */
  version: number;
  target: Target;
  params: Json;
  /** The version of the policy that it was made under; without it nobody can tell whether the hash is right. */
  policyVersion?: string;
  /** SHA-256 of the canonical JSON of all that matters, in hex. People see its first eight characters. */
  hash: string;
}
