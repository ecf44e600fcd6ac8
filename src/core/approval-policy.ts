import type { ApprovalSet } from './approval.ts';
import type { ActionRisk } from './plan.ts';

/** What each risk needs, in environments that people depend on and in the others. */
export interface ApprovalPolicy {
  /** A hash of all of it: it enters every plan's hash, so that a changed policy asks again. */
  version: string;
  production: Readonly<Record<ActionRisk, ApprovalSet>>;
  elsewhere: Readonly<Record<ActionRisk, ApprovalSet>>;
}
