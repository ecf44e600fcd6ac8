import type { Slot } from '../core/approval.ts';
import type { Role } from '../core/person.ts';

/** Somebody who said yes, with the roles that count for it. */
export interface Voter {
  person: string;
  roles: readonly Role[];
}

/**
 * Whether the slots can be filled by distinct people: a matching of people to places, after Kuhn.
 * Taking whoever comes first would leave a place empty that another order fills.
 */
export function fills(slots: readonly Slot[], voters: readonly Voter[]): boolean {
  const people = [...new Map(voters.map((voter) => [voter.person, voter])).values()];
  const places = slots.flatMap(({ n, anyOf }) => Array.from({ length: n }, () => anyOf));
  const taken = new Map<number, number>(); // person → place
  return places.every((_, place) => seat(place, places, people, taken, new Set()));
}

/** Finds somebody for the place; whoever sits elsewhere may be asked to move. */
function seat(
  place: number,
  places: readonly (readonly Role[])[],
  people: readonly Voter[],
  taken: Map<number, number>,
  asked: Set<number>,
): boolean {
  return people.some(({ roles }, index) => {
    if (asked.has(index) || !places[place]?.some((role) => roles.includes(role))) return false;
    asked.add(index);
    const other = taken.get(index);
    if (other !== undefined && !seat(other, places, people, taken, asked)) return false;
    taken.set(index, place);
    return true;
  });
}
