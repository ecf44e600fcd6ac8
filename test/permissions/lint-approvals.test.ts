import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import { defaultApprovals } from '../../src/permissions/default-approvals.ts';
import { lintApprovals } from '../../src/permissions/lint-approvals.ts';

const policyWith = (roles: Record<string, string[]>, allow = ['risk:high']): Policy => ({
  roles: Object.fromEntries(Object.entries(roles).map(([role, members]) => [role, { members }])),
  grants: [{ role: 'oncall', allow, deny: [], env: ['*'] }],
});
const full = { oncall: ['user:U1'], manager: ['user:U2', 'user:U3'], security: ['user:U4'] };
const approvalsWith = (change: Partial<Record<'low' | 'high' | 'destructive', ApprovalSet>>) =>
  ({
    ...defaultApprovals,
    production: { ...defaultApprovals.production, ...change },
  }) satisfies ApprovalPolicy;
const { low, high } = defaultApprovals.production;

describe('the approvals of a file', () => {
  test('are right when everybody who is needed is there', () => {
    expect(lintApprovals(defaultApprovals, policyWith(full))).toEqual([]);
  });

  test('do not matter while nobody may change anything', () => {
    expect(lintApprovals(defaultApprovals, defaultPolicy)).toEqual([]);
    expect(
      lintApprovals(defaultApprovals, policyWith({}, ['status', 'risk:read']), ['status']),
    ).toEqual([]);
  });

  test('name a role that nobody holds, once for each place', () => {
    const found = lintApprovals(defaultApprovals, policyWith({ ...full, security: [] }));
    expect(found).toEqual([
      'approvals for destructive risk in production: nobody holds the role security.',
    ]);
  });

  test('cannot be filled by one person with two roles', () => {
    const both = { oncall: ['user:U1'], manager: ['user:U2'], security: ['user:U2'] };
    expect(lintApprovals(defaultApprovals, policyWith(both))).toEqual([
      'approvals for destructive risk in production: there are not enough people to fill “two”.',
    ]);
  });

  test('take a user group for people enough', () => {
    const group = { oncall: ['user:U1'], manager: ['group:S1'], security: ['group:S1'] };
    expect(lintApprovals(defaultApprovals, policyWith(group))).toEqual([]);
  });

  test.each([
    ['the requester’s own word', low],
    ['nothing', { ...high, name: 'none', slots: [] }],
    ['slots of nobody', { ...high, name: 'none', slots: [{ n: 0, anyOf: ['manager'] }] }],
  ])('in production are never only %s for high risk', (_what, set) => {
    expect(lintApprovals(approvalsWith({ high: set }), policyWith(full))).toEqual([
      expect.stringMatching(
        /^approvals for high risk in production: “.+” asks nobody but the requester/,
      ),
    ]);
  });
});
