import fc from 'fast-check';
import { expect, test } from 'vitest';
import { onCallAt, type Rota } from '../../../src/core/rota.ts';
import { canBeFilled } from '../../../src/permissions/lint/people.ts';
import { inputs } from '../../support/inputs.ts';
import { everyWay } from '../every-way.ts';
import { linted, rolesOf, rule } from './linted-house.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const week = 604_800_000;
const first = { year: 2026, month: 11, day: 2, hour: 9, minute: 0 };

const person = fc.constantFrom('user:U1', 'user:U2', 'user:U3');
const rota = fc.record({
  shifts: fc.array(
    fc.record({
      who: fc.uniqueArray(person, { minLength: 1, maxLength: 2 }),
      from: fc.constantFrom(now - week, now, now + week),
      to: fc.constantFrom(now + 2 * week, now + 3 * week),
    }),
    { maxLength: 2 },
  ),
  weekly: fc.option(
    fc.record({
      people: fc.uniqueArray(person, { minLength: 1 }),
      zone: fc.constant('Europe/Berlin'),
      first: fc.constant(first),
    }),
  ),
});
const members = fc.uniqueArray(
  fc.oneof(person, fc.constantFrom('group:S1', 'oncall:first', 'oncall:second')),
  { maxLength: 3 },
);
const house = fc.record({
  oncall: members,
  manager: members,
  security: members,
  first: rota,
  second: rota,
});
const slots = fc.array(
  fc.record({
    n: fc.integer({ min: 1, max: 2 }),
    anyOf: fc.subarray(['manager', 'security'], { minLength: 1 }),
  }),
  { maxLength: 2 },
);

/** Every way to hand the places out, at every half day of the next year, with every asker left out. */
function bruteForce(
  wanted: readonly { n: number; anyOf: string[] }[],
  roles: Record<string, string[]>,
  rotas: Record<string, Rota>,
): boolean {
  const resolve = (member: string, at: number): readonly string[] => {
    const [kind, name = ''] = member.split(':');
    const list = kind === 'oncall' ? rotas[name] : undefined;
    const people = list ? onCallAt(list, at) : [member];
    return people.flatMap((one) =>
      one.startsWith('group:') ? [1, 2, 3, 4, 5].map((n) => `${one}/${n}`) : [one],
    );
  };
  const askers = (roles.oncall ?? []).every((member) => member.startsWith('user:'))
    ? (roles.oncall ?? [])
    : [];
  const hours = Array.from({ length: 120 }, (_, step) => now + (step * week) / 14);
  return hours.some((at) =>
    (askers.length > 0 ? askers : [null]).some((asker) => {
      const held = (role: string) => (roles[role] ?? []).flatMap((member) => resolve(member, at));
      const people = [...new Set(['manager', 'security'].flatMap(held))]
        .filter((one) => one !== asker)
        .map((one) => ({
          person: one,
          roles: ['manager', 'security'].filter((role) => held(role).includes(one)),
        }));
      return everyWay(wanted, people);
    }),
  );
}

test('slots can be filled exactly when some people at some time could fill them', () => {
  fc.assert(
    fc.property(house, slots, ({ first: one, second, ...roles }, wanted) => {
      const rotas = { first: one, second };
      const grants = [rule({ allow: ['risk:high'] })];
      const policy = { roles: rolesOf(roles), grants, oncall: rotas };
      expect(canBeFilled(wanted, linted({ policy, now }))).toBe(bruteForce(wanted, roles, rotas));
    }),
    { numRuns: inputs(600) },
  );
});
