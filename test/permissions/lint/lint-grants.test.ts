import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GrantRule } from '../../../src/core/policy.ts';
import { type Risk, risks } from '../../../src/core/risk.ts';
import { lintGrants } from '../../../src/permissions/lint/lint-grants.ts';
import { mayUse } from '../../../src/permissions/may-use.ts';
import { inputs } from '../../support/inputs.ts';
import { linted, rule } from './linted-house.ts';

const found = (...grants: GrantRule[]) => lintGrants(linted({ policy: { roles: {}, grants } }));
const anybody = rule({ role: '*', allow: ['risk:read'] });

test('rules that each say something are right', () => {
  const grants = [
    anybody,
    rule({ allow: ['risk:read', 'risk:high'] }),
    rule({ role: 'manager', allow: ['risk:high'], env: ['prod'] }),
    rule({ deny: ['restart'], service: ['rms-auth'] }),
  ];
  expect(found(...grants)).toEqual([]);
});

test.each([
  ['the same for fewer people', rule({ allow: ['risk:read'] })],
  ['one command of the risk', rule({ role: '*', allow: ['status'] })],
  ['the same in one environment', rule({ role: '*', allow: ['risk:read'], env: ['prod'] })],
  ['the same for one service', rule({ role: '*', allow: ['risk:read'], service: ['rms-auth'] })],
  ['the same in one channel', rule({ role: '*', allow: ['risk:read'], channels: ['C1'] })],
])('a rule after another that says %s is named with it', (_what, second) => {
  expect(found(anybody, second)).toEqual([
    'grants[1]: it changes nothing, since grants[0] decides all of it; change one of them, or remove it.',
  ]);
});

test('a rule before a wider one is not shadowed by it', () => {
  expect(found(rule({ role: '*', allow: ['status'], channels: ['C1'] }), anybody)).toEqual([]);
});

test('a rule that a denial undoes wholly is named with it', () => {
  const allowed = rule({ allow: ['restart'] });
  expect(found(allowed, rule({ role: '*', deny: ['risk:high'] }))).toEqual([
    'grants[0]: it changes nothing, since grants[1] decides all of it; change one of them, or remove it.',
  ]);
  expect(found(allowed, rule({ role: '*', deny: ['risk:high'], env: ['staging'] }))).toEqual([]);
  expect(found(allowed, rule({ role: 'manager', deny: ['risk:high'] }))).toEqual([]);
});

test.each([
  [
    'an environment that the service has not',
    rule({ allow: ['restart'], service: ['rms-auth'], env: ['staging'] }),
  ],
  ['what is about no service', rule({ allow: ['audit'], service: ['rms-auth'] })],
  ['nothing at all', rule({})],
])('a rule about %s is named', (_what, one) => {
  expect(found(one)).toEqual([
    'grants[0]: it is about nothing that there is; change it, or remove it.',
  ]);
});

test('a rule that is named can be taken out, and nobody may do more or less than before', () => {
  const names = ['status', 'logs', 'audit', 'restart', 'revoke'];
  const patterns = fc.array(
    fc.constantFrom('*', ...names, ...risks.map((risk) => `risk:${risk}`)),
    { maxLength: 2 },
  );
  const anyRule = fc.record({
    role: fc.oneof(
      fc.constantFrom('*', 'oncall', 'manager'),
      fc.subarray(['oncall', 'manager'], { minLength: 1 }),
    ),
    allow: patterns,
    deny: patterns,
    env: fc.constantFrom(['*'], ['prod'], ['staging']),
    service: fc.constantFrom(['*'], ['rms-auth'], ['rust-auth']),
  });
  const grants = fc.array(anyRule, { minLength: 1, maxLength: 4 });
  const house = linted();
  const targets = [
    { service: 'rms-auth', env: 'prod' },
    { service: 'rust-auth', env: 'prod' },
    { service: 'rust-auth', env: 'staging' },
  ];
  const decisions = (rules: readonly GrantRule[]) =>
    house.commands.flatMap((command: { name: string; risk: Risk; aim: string }) =>
      (command.aim === 'none' ? [{ service: null, env: null }] : targets).flatMap((where) =>
        [[], ['oncall'], ['manager'], ['oncall', 'manager']].map(
          (roles) =>
            mayUse({ roles }, command, { ...where, channel: null }, { roles: {}, grants: rules })
              .ok,
        ),
      ),
    );
  fc.assert(
    fc.property(grants, (rules) => {
      const [first] = lintGrants(linted({ policy: { roles: {}, grants: rules } }));
      const at = first === undefined ? null : Number(/^grants\[(\d+)\]/.exec(first)?.[1]);
      if (at === null) return;
      expect(decisions(rules.toSpliced(at, 1))).toEqual(decisions(rules));
    }),
    { numRuns: inputs(1_000) },
  );
});

test('several rules that together decide all of another are all named', () => {
  const both = [
    rule({ role: 'oncall', allow: ['restart'], env: ['prod'] }),
    rule({ role: 'oncall', allow: ['restart'], env: ['staging'] }),
    rule({ role: 'oncall', allow: ['restart'] }),
  ];
  expect(found(...both)).toEqual([
    'grants[2]: it changes nothing, since grants[0] and grants[1] decide all of it; change one of them, or remove it.',
  ]);
});

test('a rule that denies is about where it denies, and one that allows about where it allows', () => {
  const audit = { role: 'oncall', allow: [], deny: ['audit'], env: ['prod'] };
  expect(found(audit)).toEqual([
    'grants[0]: it is about nothing that there is; change it, or remove it.',
  ]);
  expect(found(rule({ allow: ['audit'], env: ['prod'] }))).toEqual([]);
});

test('the first of two that deny the same is the one that counts', () => {
  const denies = rule({ deny: ['restart'] });
  expect(found(denies, denies)).toEqual([
    'grants[1]: it changes nothing, since grants[0] decides all of it; change one of them, or remove it.',
  ]);
});

test('a rule for several roles is hidden only where each of them has it', () => {
  const wide = rule({ role: ['oncall', 'manager'], allow: ['status'] });
  expect(found(rule({ role: 'oncall', allow: ['status'] }), wide)).toEqual([]);
  expect(found(wide, rule({ role: 'manager', allow: ['status'] }))).toHaveLength(1);
});

test('a rule in one channel is hidden by one in the same, and not by one in another', () => {
  const here = rule({ allow: ['status'], channels: ['C1'] });
  expect(found(here, here)).toHaveLength(1);
  expect(found(here, { ...here, channels: ['C2'] })).toEqual([]);
});
