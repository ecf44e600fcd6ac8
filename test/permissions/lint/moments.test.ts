import { describe, expect, test } from 'vitest';
import type { Policy } from '../../../src/core/policy.ts';
import {
  canBeFilled,
  membersAt,
  momentsOf,
  votersAt,
} from '../../../src/permissions/lint/people.ts';
import { linted, rolesOf, rule } from './linted-house.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const week = 604_800_000;
const first = { year: 2026, month: 11, day: 2, hour: 9, minute: 0 };
const begins = Date.parse('2026-11-02T09:00:00Z');
const policy: Policy = {
  roles: rolesOf({
    oncall: ['oncall:weekly', 'user:U9'],
    relief: ['oncall:dated'],
    lost: ['oncall:nowhere'],
    manager: ['user:U1', 'user:U1'],
    team: ['group:S1'],
  }),
  grants: [],
  oncall: {
    weekly: { shifts: [], weekly: { people: ['user:U1', 'user:U2'], zone: 'UTC', first } },
    dated: { shifts: [{ who: ['user:U3'], from: now - week, to: now + week }], weekly: null },
  },
};

describe('who holds a role', () => {
  test('is on call at that moment, or named', () => {
    expect(membersAt(policy, 'oncall', now)).toEqual(['user:U1', 'user:U9']);
    expect(membersAt(policy, 'oncall', now + week)).toEqual(['user:U2', 'user:U9']);
    expect(membersAt(policy, 'relief', now)).toEqual(['user:U3']);
    expect(membersAt(policy, 'relief', now + week)).toEqual([]);
  });

  test('is named once', () => {
    expect(membersAt(policy, 'manager', now)).toEqual(['user:U1']);
  });

  test('is nobody where there is no such list or role', () => {
    expect(membersAt(policy, 'lost', now)).toEqual([]);
    expect(membersAt(policy, 'toString', now)).toEqual([]);
    const { oncall: _none, ...bare } = policy;
    expect(membersAt(bare, 'relief', now)).toEqual([]);
  });
});

test('a group counts as people enough, and each person with all of their roles', () => {
  const roles = ['manager', 'oncall', 'team'];
  expect(votersAt(policy, roles, now, 2)).toEqual([
    { person: 'user:U1', roles: ['manager', 'oncall'] },
    { person: 'user:U9', roles: ['oncall'] },
    { person: 'group:S1/0', roles: ['team'] },
    { person: 'group:S1/1', roles: ['team'] },
  ]);
});

describe('the moments that matter', () => {
  test('are now, and each hand-over to come', () => {
    expect(momentsOf(policy, ['manager'], now)).toEqual([now]);
    expect(momentsOf(policy, ['relief'], now)).toEqual([now, now + week]);
    expect(momentsOf(policy, ['relief'], now + week)).toEqual([now + week]);
    expect(momentsOf(policy, ['nobody'], now)).toEqual([now]);
  });

  test('are, of a rotation, those of more than a year to come', () => {
    const moments = momentsOf(policy, ['oncall'], now);
    expect(moments.slice(0, 3)).toEqual([now, begins + 3 * week, begins + 4 * week]);
    expect(moments.at(-1)).toBeGreaterThan(now + 52 * week);
    expect(moments.every((at) => at >= now)).toBe(true);
    const before = momentsOf(policy, ['oncall'], begins - 10 * week);
    expect(before.slice(0, 2)).toEqual([begins - 10 * week, begins]);
  });
});

describe('a set can be filled', () => {
  const can = (grants: ReturnType<typeof rule>[], managers: string[], roles = {}) => {
    const all = rolesOf({ oncall: ['user:U1'], manager: managers, ...roles });
    const slots = [{ n: 1, anyOf: ['manager'] }];
    return canBeFilled(slots, linted({ policy: { roles: all, grants }, now }));
  };
  const asks = rule({ role: 'manager', allow: ['status', 'restart'] });

  test('by nobody who is the only one that may ask', () => {
    expect(can([asks], ['user:U2'])).toBe(false);
    expect(can([asks], ['user:U2', 'user:U3'])).toBe(true);
  });

  test('by them where somebody else may ask as well', () => {
    expect(can([asks, rule({ allow: ['restart'] })], ['user:U2'])).toBe(true);
    expect(can([asks, rule({ role: '*', allow: ['restart'] })], ['user:U2'])).toBe(true);
    expect(
      can([asks, rule({ role: 'team', allow: ['restart'] })], ['user:U2'], { team: ['group:S1'] }),
    ).toBe(true);
    expect(can([asks, rule({ role: 'nobody', allow: ['restart'] })], ['user:U2'])).toBe(false);
  });

  test('by them where what they may ask for is no change', () => {
    expect(can([rule({ role: 'manager', allow: ['status'] })], ['user:U2'])).toBe(true);
    expect(can([asks, rule({ allow: ['status'] })], ['user:U2'])).toBe(false);
  });
});
