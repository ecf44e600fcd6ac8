import { batch } from '@preact/signals';
import type { Member } from '../../protocol.ts';
import { ask } from './control.ts';
import { calledBy } from './names.ts';
import type { Pane } from './pane.ts';

/** The first who is called like it, else the first person at all. */
export function personLike(members: readonly Member[], role: RegExp): string | null {
  const people = members.filter(({ bot, deactivated }) => !bot && !deactivated);
  return (people.find((member) => role.test(calledBy(member))) ?? people[0])?.id ?? null;
}

/** Where the address names nobody: an on-call engineer on the left, a manager on the right. */
export async function choosePersons({ left, right }: { left: Pane; right: Pane }): Promise<void> {
  if (left.person.value !== null && right.person.value !== null) return;
  const answer = await ask('members', {});
  if (!answer.ok) return;
  batch(() => {
    left.person.value ??= personLike(answer.members, /on-?call/i);
    right.person.value ??= personLike(answer.members, /manager/i);
  });
}
