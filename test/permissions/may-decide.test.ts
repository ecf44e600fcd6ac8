import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import type { BreakGlassRule } from '../../src/core/break-glass.ts';
import { defaultApprovals, usualSets } from '../../src/core/default-approvals.ts';
import { mayVote } from '../../src/permissions/approval.ts';
import { breakGlassSet, mayReview } from '../../src/permissions/break-glass.ts';
import { mayDecide } from '../../src/permissions/may-decide.ts';

const roles = fc.subarray(['oncall', 'manager', 'security', 'auditor']);
const none = usualSets.none as ApprovalSet;
const set: fc.Arbitrary<ApprovalSet> = fc
  .array(fc.record({ n: fc.constantFrom(0, 1, 2), anyOf: roles }), { maxLength: 3 })
  .map((slots) => ({ ...none, slots }));
const byRisk = fc.record({ low: set, high: set, destructive: set });
const breakGlass: fc.Arbitrary<BreakGlassRule | undefined> = fc.option(
  fc.record({ notified: roles, by: roles }).map(({ notified, by }) => ({
    ...{ roles: ['oncall'], onCall: ['oncall'], never: [], perPerson: 1, global: 1 },
    notify: { roles: notified, channel: 'C1' },
    review: { by, within: 1 },
  })),
  { nil: undefined },
);
const policy: fc.Arbitrary<ApprovalPolicy> = fc
  .record({ production: byRisk, elsewhere: byRisk, lab: byRisk, ruled: set, breakGlass })
  .map(({ lab, ruled, breakGlass: rule, ...usual }) => ({
    ...defaultApprovals,
    ...usual,
    environments: { lab },
    rules: [{ set: ruled }],
    ...(rule && { breakGlass: rule }),
  }));

/** Every set that a request can need under the policy. */
const setsOf = ({
  production,
  elsewhere,
  environments,
  rules,
  breakGlass: rule,
}: ApprovalPolicy) => [
  ...[production, elsewhere, ...Object.values(environments ?? {})].flatMap(
    Object.values<ApprovalSet>,
  ),
  ...(rules ?? []).map((one) => one.set),
  ...(rule ? [breakGlassSet(rule)] : []),
];

test('somebody is shown that they decide exactly when there is a request about which their word counts', () => {
  fc.assert(
    fc.property(policy, roles, (made, held) => {
      const person = { id: 'U1', roles: held };
      const could = (kind: 'approve' | 'deny') =>
        setsOf(made).some((approval) => {
          const question = { planHash: 'x', approval, requester: 'UOTHER', about: [] };
          return mayVote(person, question, kind).ok;
        });
      expect(mayDecide(made, person)).toEqual({
        approve: could('approve'),
        deny: could('deny'),
        review: mayReview(made.breakGlass, person).ok,
      });
    }),
    { numRuns: 500 },
  );
});

test('whoever is told of break-glass is shown that they can say no to it, and nobody where there is none', () => {
  const rule: BreakGlassRule = {
    ...{ roles: ['oncall'], onCall: ['oncall'], never: [], perPerson: 1, global: 1 },
    notify: { roles: ['auditor'], channel: 'C1' },
    review: { by: ['legal'], within: 1 },
  };
  const auditor = { roles: ['auditor'] };
  const nothing = { approve: false, deny: false, review: false };
  expect(mayDecide(defaultApprovals, auditor)).toEqual(nothing);
  const made = { ...defaultApprovals, breakGlass: rule };
  expect(mayDecide(made, auditor)).toEqual({ ...nothing, deny: true });
  expect(mayDecide(made, { roles: ['legal'] })).toEqual({ ...nothing, deny: true, review: true });
  expect(mayDecide(made, { roles: ['oncall'] })).toEqual(nothing);
});
