import { describe, expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy, ApprovalRule } from '../../src/core/approval-policy.ts';
import { defaultApprovals, usualSets } from '../../src/core/default-approvals.ts';
import { lintRules } from '../../src/permissions/lint/lint-rules.ts';
import { type Case, neededApproval, rolesOfRules } from '../../src/permissions/needed-approval.ts';
import { linted } from './lint/linted-house.ts';

const { one, two, confirm } = usualSets as Record<'one' | 'two' | 'confirm', ApprovalSet>;
const security: ApprovalSet = {
  ...one,
  name: 'security',
  slots: [...one.slots, { n: 1, anyOf: ['security'] }],
};
const policyOf = (rules: ApprovalRule[], more: Partial<ApprovalPolicy> = {}): ApprovalPolicy => ({
  ...defaultApprovals,
  rules,
  ...more,
});
const about: Case = {
  action: 'restart',
  risk: 'high',
  target: { service: 'rms-auth', env: 'prod' },
  production: true,
  roles: ['oncall'],
};
const needed = (rules: ApprovalRule[], change: Partial<Case> = {}, more = {}) =>
  neededApproval(policyOf(rules, more), { ...about, ...change }).name;

describe('what a request needs', () => {
  test('is what its environment asks for when no rule is about it', () => {
    expect(needed([])).toBe('one');
    expect(needed([], { production: false })).toBe('confirm');
    expect(needed([{ action: ['rollback'], set: two }])).toBe('one');
  });

  test('is what an environment asks for by its name, for the risks that it names', () => {
    const environments = { prod: { high: two } };
    expect(needed([], {}, { environments })).toBe('two');
    expect(needed([], { risk: 'low' }, { environments })).toBe('confirm');
    const other = { target: { service: 'rms-auth', env: 'live' } };
    expect(needed([], other, { environments })).toBe('one');
  });

  test.each([
    ['its action', { action: ['restart'] }, { action: 'rollback' }],
    ['its risk', { risk: ['high' as const] }, { risk: 'low' as const }],
    ['its service', { service: ['rms-auth'] }, { target: { service: 'rust-auth', env: 'prod' } }],
    ['its environment', { env: ['prod'] }, { target: { service: 'rms-auth', env: 'lab' } }],
    ['who asks', { role: ['oncall'] }, { roles: ['manager'] }],
  ])('is what a rule says that is about %s', (_what, rule, other) => {
    const rules = [{ ...rule, set: two }];
    expect(needed(rules)).toBe('two');
    expect(needed(rules, other)).not.toBe('two');
  });

  test('is what a rule says for people who hold any of its roles', () => {
    const rules = [{ role: ['security', 'oncall'], set: two }];
    expect(needed(rules)).toBe('two');
    expect(needed(rules, { roles: ['security'] })).toBe('two');
    expect(needed(rules, { roles: [] })).toBe('one');
  });

  test('without any rule is the same for every service at once', () => {
    const { rules: _none, ...bare } = defaultApprovals;
    const all = { ...about, target: { service: 'all', env: 'prod' } };
    expect(neededApproval(bare, all).name).toBe('one');
    expect(rolesOfRules(bare)).toEqual([]);
  });

  test('is what the first of several rules says', () => {
    expect(needed([{ set: security }, { set: two }])).toBe('security');
  });

  test('for every service at once is what the strictest of them needs', () => {
    const all = { target: { service: 'all', env: 'prod' } };
    const rules = [{ service: ['rust-auth'], set: two }];
    expect(needed(rules)).toBe('one');
    expect(needed(rules, all)).toBe('two');
    expect(needed([...rules, { service: ['rms-auth'], set: security }], all)).toBe(
      'two and security',
    );
  });

  test('depends on no role that no rule names', () => {
    expect(rolesOfRules(policyOf([{ role: ['a', 'b'], set: two }, { set: two }]))).toEqual([
      'a',
      'b',
    ]);
  });
});

describe('the linter names a rule that', () => {
  const found = (...rules: ApprovalRule[]) => lintRules(linted({ approvals: policyOf(rules) }));

  test('is about nothing', () => {
    const nothing = [
      { service: ['rms-auth'], env: ['staging'], set: two },
      { action: ['restart'], risk: ['low' as const], set: two },
    ];
    expect(found(...nothing)).toEqual([
      'approvals.rules[0]: there is nothing that it is about; change it, or remove it.',
      'approvals.rules[1]: there is nothing that it is about; change it, or remove it.',
    ]);
  });

  test('never counts because of those before it', () => {
    const rules = [
      { action: ['restart'], set: two },
      { action: ['revoke'], set: two },
      { role: ['oncall'], set: two },
    ];
    expect(found(...rules)).toEqual([
      expect.stringMatching(/^approvals\.rules\[2\]: it never counts/),
    ]);
    expect(found(...rules.toReversed())).toEqual([]);
    const partly = [{ action: ['restart'], set: two }, { set: two }];
    expect(found(...partly)).toEqual([]);
  });

  test('asks for less than its environment does, wherever it does', () => {
    expect(found({ set: two })).toEqual([]);
    expect(found({ env: ['staging'], risk: ['high'], set: confirm })).toEqual([]);
    expect(found({ risk: ['high'], set: confirm })).toEqual([
      expect.stringMatching(
        /^approvals\.rules\[0\]\.approval: “confirm” asks for less than “one”, which restart needs at high risk in prod\./,
      ),
    ]);
    expect(found({ set: one })).toEqual([
      expect.stringMatching(/“one” asks for less than “two”, which restart needs at destructive/),
    ]);
  });

  test('is an escalator about nothing', () => {
    const escalators = [{ service: ['rms-auth'], env: ['staging'], to: 'high' as const }];
    const approvals = policyOf([], { escalators });
    expect(lintRules(linted({ approvals }))).toEqual([
      'approvals.escalators[0]: there is nothing that it is about; change it, or remove it.',
    ]);
    const some = [{ service: ['rust-auth'], env: ['staging'], to: 'high' as const }];
    expect(lintRules(linted({ approvals: policyOf([], { escalators: some }) }))).toEqual([]);
    const { escalators: _none, rules: _nor, ...bare } = defaultApprovals;
    expect(lintRules(linted({ approvals: bare }))).toEqual([]);
  });
});
