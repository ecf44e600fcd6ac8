import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultPolicy, type GrantRule, type Policy } from '../../src/core/policy.ts';
import { type Risk, risks } from '../../src/core/risk.ts';
import { mayUse, rolesOfGrants } from '../../src/permissions/may-use.ts';
import { whoMay } from '../../src/permissions/who-may.ts';
import { inputs } from '../support/inputs.ts';

const rule = (part: Partial<GrantRule>): GrantRule => ({
  role: '*',
  allow: [],
  deny: [],
  env: ['*'],
  ...part,
});
const policyOf = (...grants: GrantRule[]): Policy => ({ roles: {}, grants });
const status = { name: 'status', risk: 'read' } as const;
const logs = { name: 'logs', risk: 'read-sensitive' } as const;
const nobody = { roles: [] };
const at = (env: string | null, service: string | null = null, channel: string | null = null) => ({
  env,
  service,
  channel,
});
const oncall = { roles: ['oncall'] };

describe('an unedited file', () => {
  test('lets every member read and nothing more', () => {
    const allowed = risks.filter(
      (risk) => mayUse(nobody, { name: 'x', risk }, at('prod'), defaultPolicy).ok,
    );
    expect(allowed).toEqual(['read']);
  });
});

describe('a rule', () => {
  test('without any, nothing is allowed', () => {
    expect(mayUse(oncall, status, at('dev'), policyOf())).toEqual({
      ok: false,
      error: { why: 'no-rule' },
    });
  });

  test.each([
    ['a name', ['logs'], true],
    ['a risk', ['risk:read-sensitive'], true],
    ['everything', ['*'], true],
    ['another risk', ['risk:read'], false],
    ['the beginning of a name', ['log'], false],
    ['a name that is a risk', ['read-sensitive'], false],
  ])('allows by %s', (_what, allow, ok) => {
    expect(mayUse(nobody, logs, at('prod'), policyOf(rule({ allow }))).ok).toBe(ok);
  });

  test('is about its roles, one or several', () => {
    const policy = policyOf(rule({ role: ['oncall', 'security'], allow: ['logs'] }));
    expect(mayUse(oncall, logs, at('prod'), policy)).toEqual({
      ok: true,
      value: { rule: 1, role: 'oncall', pattern: 'logs' },
    });
    expect(mayUse({ roles: ['viewer'] }, logs, at('prod'), policy).ok).toBe(false);
  });

  test('is about its environments', () => {
    const policy = policyOf(rule({ allow: ['*'], env: ['dev', 'staging'] }));
    expect(mayUse(nobody, logs, at('staging'), policy).ok).toBe(true);
    expect(mayUse(nobody, logs, at('prod'), policy).ok).toBe(false);
    expect(mayUse(nobody, logs, at(null), policy).ok).toBe(true);
  });

  test('is about its services, and only one about all of them is about none in particular', () => {
    const policy = policyOf(rule({ allow: ['*'], service: ['rms-auth'] }));
    expect(mayUse(nobody, logs, at('prod', 'rms-auth'), policy).ok).toBe(true);
    expect(mayUse(nobody, logs, at('prod', 'rust-auth'), policy).ok).toBe(false);
    expect(mayUse(nobody, logs, at(null, null), policy).ok).toBe(false);
    const denied = policyOf(rule({ allow: ['*'] }), rule({ deny: ['*'], service: ['rms-auth'] }));
    expect(mayUse(nobody, logs, at('prod', 'rms-auth'), denied).ok).toBe(false);
    expect(mayUse(nobody, logs, at('prod', 'rust-auth'), denied).ok).toBe(true);
    expect(mayUse(nobody, logs, at(null, null), denied).ok).toBe(true);
  });

  test('with channels counts in them alone, and being in one allows nothing by itself', () => {
    const policy = policyOf(rule({ role: 'oncall', allow: ['logs'], channels: ['C1', 'C2'] }));
    const inside = (roles: string[], channel: string | null) =>
      mayUse({ roles }, logs, at('prod', 'rms-auth', channel), policy);
    expect(inside(['oncall'], 'C2').ok).toBe(true);
    for (const channel of ['C3', 'D1', null]) {
      expect(inside(['oncall'], channel)).toEqual({
        ok: false,
        error: { why: 'elsewhere', rule: 1, role: 'oncall', channels: ['C1', 'C2'] },
      });
    }
    expect(inside(['viewer'], 'C1')).toEqual({ ok: false, error: { why: 'no-rule' } });
  });

  test('a denial says which rule it is', () => {
    const policy = policyOf(
      rule({ allow: ['*'] }),
      rule({ role: 'oncall', deny: ['logs'], env: ['prod'] }),
    );
    expect(mayUse(oncall, logs, at('prod'), policy)).toEqual({
      ok: false,
      error: { why: 'denied', rule: 2, role: 'oncall', pattern: 'logs' },
    });
    expect(mayUse(oncall, logs, at(null), policy).ok).toBe(true);
    expect(mayUse(nobody, logs, at('prod'), policy).ok).toBe(true);
  });
});

test('who could: the roles each of which is enough', () => {
  const policy: Policy = {
    roles: { viewer: { members: [] }, oncall: { members: [] }, barred: { members: [] } },
    grants: [
      rule({ role: ['oncall', 'barred', 'unheld'], allow: ['logs'] }),
      rule({ role: 'barred', deny: ['*'] }),
    ],
  };
  expect(whoMay(logs, [at('prod')], policy)).toEqual(['oncall', 'unheld']);
});

describe('whatever the rules are', () => {
  const names = ['status', 'logs', 'restart', 'constructor', '__proto__'];
  const roles = ['oncall', 'viewer', 'security', 'toString'];
  const envs = ['dev', 'prod'];
  const pattern = fc.constantFrom('*', ...names, ...risks.map((risk) => `risk:${risk}`));
  const patterns = fc.array(pattern, { maxLength: 2 });
  const anyRule: fc.Arbitrary<GrantRule> = fc.record({
    role: fc.oneof(
      fc.constantFrom('*', ...roles),
      fc.array(fc.constantFrom(...roles), { maxLength: 2 }),
    ),
    allow: patterns,
    deny: patterns,
    env: fc.array(fc.constantFrom('*', ...envs), { maxLength: 2 }),
  });
  const grants = fc.array(anyRule, { maxLength: 5 });
  const person = fc.record({ roles: fc.subarray(roles) });
  const command = fc.record({
    name: fc.constantFrom(...names),
    risk: fc.constantFrom<Risk>(...risks),
  });
  const env = fc.constantFrom<string | null>(null, ...envs);
  const check = (
    holds: (
      ...given: [GrantRule[], { roles: string[] }, { name: string; risk: Risk }, string | null]
    ) => boolean,
  ) => fc.assert(fc.property(grants, person, command, env, holds), { numRuns: inputs(4_000) });

  test('their order changes nothing', () => {
    check(
      (rules, who, what, where) =>
        mayUse(who, what, at(where), policyOf(...rules)).ok ===
        mayUse(who, what, at(where), policyOf(...rules.toReversed())).ok,
    );
  });

  test('a denial wins wherever it is put', () => {
    check((rules, who, what, where) => {
      const denial = rule({ deny: [what.name] });
      return ![policyOf(denial, ...rules), policyOf(...rules, denial)].some(
        (policy) => mayUse(who, what, at(where), policy).ok,
      );
    });
  });

  test('one more role takes nothing away unless a rule denies something', () => {
    check((rules, who, what, where) => {
      const policy = policyOf(...rules.map((one) => ({ ...one, deny: [] })));
      const more = { roles: [...who.roles, 'oncall'] };
      return !mayUse(who, what, at(where), policy).ok || mayUse(more, what, at(where), policy).ok;
    });
  });

  test('a channel never allows what is not allowed without its rule being about everywhere', () => {
    check((rules, who, what, where) => {
      const narrowed = rules.map((one, turn) =>
        turn % 2 === 0 ? { ...one, deny: [], channels: ['C1'] } : one,
      );
      const free = narrowed.map(({ channels: _gone, ...one }) => one);
      return [null, 'C1', 'C2'].every(
        (channel) =>
          !mayUse(who, what, at(where, null, channel), policyOf(...narrowed)).ok ||
          mayUse(who, what, at(where), policyOf(...free)).ok,
      );
    });
  });

  test('one more rule that only allows takes nothing away', () => {
    check(
      (rules, who, what, where) =>
        !mayUse(who, what, at(where), policyOf(...rules)).ok ||
        mayUse(who, what, at(where), policyOf(...rules, rule({ role: 'oncall', allow: ['*'] }))).ok,
    );
  });

  test('the rule that is named is one that says so', () => {
    check((rules, who, what, where) => {
      const found = mayUse(who, what, at(where), policyOf(...rules));
      if (found.ok)
        return rules[found.value.rule - 1]?.allow.includes(found.value.pattern) === true;
      if (found.error.why === 'no-rule') return true;
      if (found.error.why === 'elsewhere') return false;
      return rules[found.error.rule - 1]?.deny.includes(found.error.pattern) === true;
    });
  });
});

test('a rule that is about no environment at all allows nothing, anywhere', () => {
  const grants = [{ role: 'oncall', allow: ['*'], deny: [], env: [] }];
  const command = { name: 'audit', risk: 'read' as const };
  const nowhere = { service: null, env: null, channel: null };
  const said = mayUse({ roles: ['oncall'] }, command, nowhere, { roles: {}, grants });
  expect(said).toEqual({ ok: false, error: { why: 'no-rule' } });
});

test('what somebody may do depends on the roles that rules name, each once, and not on everybody', () => {
  const grants = [
    { role: ['oncall', 'manager'], allow: [], deny: [], env: [] },
    { role: '*', allow: [], deny: [], env: [] },
    { role: 'oncall', allow: [], deny: [], env: [] },
  ];
  expect(rolesOfGrants({ grants })).toEqual(['oncall', 'manager']);
});
