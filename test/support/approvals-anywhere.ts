import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy, SetByRisk } from '../../src/core/approval-policy.ts';
import { defaultApprovals, usualSets as usual } from '../../src/core/default-approvals.ts';

const anywhere = ({ incident: _incident, ...set }: ApprovalSet): ApprovalSet => set;
const all = ({ low, high, destructive }: SetByRisk): SetByRisk => ({
  low: anywhere(low),
  high: anywhere(high),
  destructive: anywhere(destructive),
});

/** The usual approvals, but that nothing needs an open incident: for what is not about incidents. */
export const approvalsAnywhere: ApprovalPolicy = {
  ...defaultApprovals,
  production: all(defaultApprovals.production),
  elsewhere: all(defaultApprovals.elsewhere),
};

/** The usual sets, likewise. */
export const setsAnywhere = Object.fromEntries(
  Object.entries(usual).map(([name, set]) => [name, anywhere(set)]),
);
