import type { ApprovalSet } from '../core/approval.ts';
import type { ApprovalPolicy } from '../core/approval-policy.ts';

const minute = 60_000;

const nothing: Omit<ApprovalSet, 'name' | 'waits'> = {
  slots: [],
  requesterConfirms: false,
  validFor: 10 * minute,
  reason: 0,
  typedTarget: false,
};
const confirm: ApprovalSet = {
  ...nothing,
  name: 'confirm',
  requesterConfirms: true,
  waits: 2 * minute,
};
const one: ApprovalSet = {
  ...nothing,
  name: 'one',
  slots: [{ n: 1, anyOf: ['manager'] }],
  waits: 15 * minute,
};
const two: ApprovalSet = {
  ...nothing,
  name: 'two',
  slots: [
    { n: 1, anyOf: ['manager'] },
    { n: 1, anyOf: ['manager', 'security'] },
  ],
  waits: 30 * minute,
  reason: 20,
  typedTarget: true,
};

/** What a configuration file that says nothing about approvals means. */
export const defaultApprovals: ApprovalPolicy = {
  version: 'default-1',
  production: { low: confirm, high: one, destructive: two },
  elsewhere: { low: confirm, high: confirm, destructive: one },
};
