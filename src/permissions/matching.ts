import type { Slot } from '../core/approval.ts';
import type { Role } from '../core/person.ts';

/** Somebody who said yes, with the roles that count for it. */
export interface Voter {
  person: string;
  roles: readonly Role[];
}

/** One of the people that a slot wants. */
type Place = Pick<Slot, 'anyOf'>;

/**
 * Whether the slots can be filled by distinct people: a matching of people to places, after Kuhn.
 * Taking whoever comes first would leave a place empty that another order fills.
 */
export function fills(slots: readonly Slot[], voters: readonly Voter[]): boolean {
  const people = [...new Map(voters.map((voter) => [voter.person, voter])).values()];
  const places = slots.flatMap(({ n, anyOf }) => Array.from({ length: n }, () => ({ anyOf })));
  const taken = new Map<Voter, Place>();
  return places.every((place) => seat(place, people, taken, new Set()));
}

/** Finds somebody for the place; whoever sits elsewhere may be asked to move. */
function seat(
  place: Place,
  people: readonly Voter[],
  taken: Map<Voter, Place>,
  asked: Set<Voter>,
): boolean {
  return people.some((voter) => {
    if (asked.has(voter) || !place.anyOf.some((role) => voter.roles.includes(role))) return false;
    asked.add(voter);
    const other = taken.get(voter);
    if (other !== undefined && !seat(other, people, taken, asked)) return false;
    taken.set(voter, place);
    return true;
  });
}
