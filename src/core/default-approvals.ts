import type { ApprovalSet } from './approval.ts';
import type { ApprovalPolicy } from './approval-policy.ts';

const minute = 60_000;

const none: ApprovalSet = {
  name: 'none',
  slots: [],
  requesterConfirms: false,
  waits: 15 * minute,
  validFor: 10 * minute,
  reason: 0,
  typedTarget: false,
};
const confirm: ApprovalSet = {
  ...none,
  name: 'confirm',
  requesterConfirms: true,
  waits: 2 * minute,
};
const one: ApprovalSet = {
  ...none,
  name: 'one',
  slots: [{ n: 1, anyOf: ['manager'] }],
  reason: 1,
};
const two: ApprovalSet = {
  ...none,
  name: 'two',
  slots: [
    { n: 1, anyOf: ['manager'] },
    { n: 1, anyOf: ['manager', 'security'] },
  ],
  waits: 30 * minute,
  reason: 20,
  typedTarget: true,
  stepUp: 'totp',
  incident: 'required',
};
/** One manager and somebody of security, for what a rule says is theirs to decide as well. */
const twoSec: ApprovalSet = {
  ...two,
  name: 'two_sec',
  slots: [
    { n: 1, anyOf: ['manager'] },
    { n: 1, anyOf: ['security'] },
  ],
};

/** The sets that every configuration file can name without saying what they are. */
export const usualSets: Readonly<Record<string, ApprovalSet>> = {
  none,
  confirm,
  one,
  two,
  two_sec: twoSec,
};

/** What a configuration file that says nothing about approvals means. */
export const defaultApprovals: ApprovalPolicy = {
  version: 'default-3',
  production: { low: confirm, high: one, destructive: two },
  elsewhere: { low: confirm, high: confirm, destructive: one },
};
