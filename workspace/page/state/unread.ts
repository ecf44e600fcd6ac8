import { effect } from '@preact/signals';
import type { Pane } from './pane.ts';

/**
 * Keeps {@link Pane.seen}: the open channel is seen while it is open, and what was there when a
 * person was first shown does not count as new.
 */
export function followUnread(pane: Pane): void {
  const byPerson = new Map<string, ReadonlyMap<string, string>>();
  effect(() => {
    const world = pane.world.value;
    if (!world) return;
    const before = byPerson.get(world.me);
    const seen = new Map(before);
    for (const [channel, messages] of world.messages) {
      if (!before || channel === pane.place.value) seen.set(channel, messages.at(-1)?.ts ?? '');
    }
    byPerson.set(world.me, seen);
    pane.seen.value = seen;
  });
}
