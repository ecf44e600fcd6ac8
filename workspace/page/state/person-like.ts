import type { Member } from '../../protocol.ts';
import { calledBy } from './names.ts';

/** The first who is called like it, else the first person at all. */
export function personLike(members: readonly Member[], role: RegExp): string | null {
  const people = members.filter(({ bot, deactivated }) => !bot && !deactivated);
  return (people.find((member) => role.test(calledBy(member))) ?? people[0])?.id ?? null;
}
