import { describe, expect, test } from 'vitest';
import { isForChange, letsChange, placesOf } from '../../../src/permissions/lint/linted.ts';
import { linted, rule } from './linted-house.ts';

describe('a pattern of a grant', () => {
  const nothing = { commands: [{ name: 'status', risk: 'read' as const, aim: 'one' as const }] };

  test.each([
    ['risk:low', true],
    ['risk:high', true],
    ['risk:destructive', true],
    ['restart', true],
    ['revoke', true],
    ['*', true],
    ['risk:read', false],
    ['risk:highest', false],
    ['no-risk:high', false],
    ['status', false],
    ['audit', false],
  ])('%s is about a change: %s', (pattern, is) => {
    expect(isForChange(pattern, linted())).toBe(is);
  });

  test('for a risk is about changes that there may be one day, and a name is not', () => {
    expect(isForChange('risk:high', nothing)).toBe(true);
    expect(isForChange('restart', nothing)).toBe(false);
  });
});

test('a policy lets somebody change something when any pattern of any rule does', () => {
  const lets = (...grants: ReturnType<typeof rule>[]) =>
    letsChange(linted({ policy: { roles: {}, grants } }));
  expect(lets(rule({ allow: ['status'] }), rule({ allow: ['status', 'restart'] }))).toBe(true);
  expect(lets(rule({ allow: ['status'] }), rule({ deny: ['restart'] }))).toBe(false);
  expect(lets()).toBe(false);
});

test('each place says whether people depend on it', () => {
  expect(placesOf(linted())).toEqual([
    { service: 'rms-auth', env: 'prod', production: true },
    { service: 'rust-auth', env: 'staging', production: false },
    { service: 'rust-auth', env: 'prod', production: true },
  ]);
});
