import { batch } from '@preact/signals';
import { ask } from './control.ts';
import type { Pane } from './pane.ts';
import { personLike } from './person-like.ts';

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
