import type { ApprovalSet } from './approval.ts';
import type { BreakGlassRule } from './break-glass.ts';
import type { Role } from './person.ts';
import type { ActionRisk } from './plan.ts';
import type { Window } from './window.ts';

/** What each risk needs, in environments that people depend on and in the others. */
export interface ApprovalPolicy {
  /** A hash of all of it: it enters every plan's hash, so that a changed policy asks again. */
  version: string;
  production: SetByRisk;
  elsewhere: SetByRisk;
  /** By the name of an environment; a risk that one leaves out is as in production or elsewhere. */
  environments?: Readonly<Record<string, Partial<SetByRisk>>>;
  /** When actions may be done, by name, in an environment by its name, in `production` or `elsewhere`. */
  windows?: Readonly<Record<string, Windows>>;
  /** The first that matches says what is needed instead. None asks for less. */
  rules?: readonly ApprovalRule[];
  /** What makes a plan riskier than its action says. */
  escalators?: readonly Escalator[];
  /** When somebody may do without the approvals of others; never, when it is left out. */
  breakGlass?: BreakGlassRule;
  /** Where the file knowingly asks for less than it should, and why. */
  lax?: readonly Laxity[];
}

/** One set for each risk that an action can have. */
export type SetByRisk = Readonly<Record<ActionRisk, ApprovalSet>>;

/** When actions may be asked for and begin, by their names; what is not named may at any time. */
export type Windows = Readonly<Record<string, Window>>;

/** What a rule or an escalator is about; what is left out is about everything. */
export interface Matching {
  action?: readonly string[];
  service?: readonly string[];
  env?: readonly string[];
}

/** Another set for some requests. */
export interface ApprovalRule extends Matching {
  risk?: readonly ActionRisk[];
  /** The roles of which the requester holds one. */
  role?: readonly Role[];
  set: ApprovalSet;
}

/** Raises the risk of a plan. It never lowers one. */
export interface Escalator extends Matching {
  /** A fact of the plan, by name, and what it has to be. */
  fact?: { name: string; over?: number; is?: string };
  /** Whether it is about what cannot be undone. */
  irreversible?: boolean;
  to: ActionRisk;
}

/** A place where less is asked for than the linter wants. */
export interface Laxity {
  /** `production`, `elsewhere` or the name of an environment. */
  env: string;
  risk: ActionRisk;
  because: string;
}
