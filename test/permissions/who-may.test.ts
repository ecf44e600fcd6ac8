import { expect, test } from 'vitest';
import type { Policy } from '../../src/core/policy.ts';
import { whoMay } from '../../src/permissions/who-may.ts';
import { rolesOf, rule } from './lint/linted-house.ts';

const policy = (...grants: Policy['grants']): Policy => ({
  roles: rolesOf({ oncall: [], manager: [], guest: [] }),
  grants,
});
const prod = { service: 'rms-auth', env: 'prod', channel: null };
const staging = { ...prod, env: 'staging' };
const restart = { name: 'restart', risk: 'high' as const };

test('every role that alone is enough is named, in the order of the file, once', () => {
  const grants = [
    rule({ role: ['manager', 'oncall'], allow: ['restart'] }),
    rule({ role: ['oncall', 'later'], allow: ['risk:high'] }),
  ];
  expect(whoMay(restart, [prod], policy(...grants))).toEqual(['oncall', 'manager', 'later']);
});

test('a role that may it in one of the places is not enough for all of them', () => {
  const some = policy(rule({ role: 'oncall', allow: ['restart'], env: ['prod'] }));
  expect(whoMay(restart, [prod], some)).toEqual(['oncall']);
  expect(whoMay(restart, [prod, staging], some)).toEqual([]);
});

test('everybody is no role: where everybody may, each role is named', () => {
  const grants = [rule({ role: '*', allow: ['restart'] })];
  expect(whoMay(restart, [prod], policy(...grants))).toEqual(['oncall', 'manager', 'guest']);
});
