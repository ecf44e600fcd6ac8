import type { Slot } from '../../src/core/approval.ts';
import type { Voter } from '../../src/permissions/matching.ts';

/** Whether the slots can be filled by distinct people, by trying every way to hand them out. */
export function everyWay(wanted: readonly Slot[], people: readonly Voter[]): boolean {
  const [place, ...rest] = wanted.flatMap(({ n, anyOf }) => Array<Slot>(n).fill({ n: 1, anyOf }));
  if (!place) return true;
  return people.some(
    ({ person, roles: held }) =>
      place.anyOf.some((role) => held.includes(role)) &&
      everyWay(
        rest,
        people.filter((other) => other.person !== person),
      ),
  );
}
