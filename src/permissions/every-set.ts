import type { ApprovalSet } from '../core/approval.ts';
import type { ApprovalPolicy } from '../core/approval-policy.ts';

/** Every set that a request can need, but for what takes its place by break-glass. */
export const everySet = ({
  production,
  elsewhere,
  environments = {},
  rules = [],
}: ApprovalPolicy): ApprovalSet[] => [
  ...[production, elsewhere, ...Object.values(environments)].flatMap((sets) => Object.values(sets)),
  ...rules.map(({ set }) => set),
];
