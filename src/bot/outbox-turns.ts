import type { Clock } from '../core/clock.ts';
import type { OutboxRow, Sent } from '../core/outbox.ts';

/** The order of posts in a channel: while one has to be tried again, the later ones wait behind it. */
export interface Turns {
  /** How many milliseconds a message has to wait for the one before it; 0 when it is its turn. */
  wait(row: OutboxRow): number;
  /** What became of the message whose turn it was. */
  note(row: OutboxRow, sent: Sent): void;
}

/** Nobody waits yet. Edits of what stands in the channel already wait for nobody. */
export function createTurns(clock: Pick<Clock, 'monotonic'>): Turns {
  const first = new Map<string, { id: string; until: number; behind: number }>();
  return {
    wait({ id, to, posted }) {
      const ahead = first.get(to);
      if (!ahead || posted || ahead.id === id) return 0;
      const left = ahead.until - clock.monotonic();
      if (left <= 0) return 0;
      ahead.behind += 1; // each a little later than the one before, so that they keep their order
      return left + ahead.behind;
    },
    note({ id, to, posted }, sent) {
      if (posted) return;
      if (sent.kind === 'not-now' || sent.kind === 'ambiguous') {
        first.set(to, { id, until: clock.monotonic() + sent.retryIn, behind: 0 });
      } else if (first.get(to)?.id === id) first.delete(to);
    },
  };
}
