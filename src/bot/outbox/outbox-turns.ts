import type { Clock } from '../../core/clock.ts';
import type { OutboxRow, Sent } from '../../core/outbox.ts';

/** The order of posts in a channel: while one has to be tried again, the later ones wait behind it. */
export interface Turns {
  /** How many milliseconds a message has to wait for those before it; 0 when it is its turn. */
  wait(row: OutboxRow): number;
  /** What became of the message whose turn it was. */
  note(row: OutboxRow, sent: Sent): void;
  /** The message loses its place, for a fault that is not Slack's. */
  leave(row: OutboxRow): void;
}

interface Waiting {
  id: string;
  /** When it comes again, by the monotonic clock. */
  at: number;
}

/** How long each turn takes, in milliseconds: the time between two posts into a channel. */
const each = 1_000;
/** How long somebody who does not come back keeps their place, in milliseconds. */
const kept = 15_000;
/** Whoever comes back later than this holds nobody up meanwhile, in milliseconds. */
const longest = 600_000;
/** Whoever is being sent is back within the time that a row is its taker's, in milliseconds. */
const sending = 10_000;

/**
 * Nobody waits yet. Edits of what stands in the channel already wait for nobody. The outbox hands out
 * what is due longest: whoever comes before those who were to come earlier finds them gone, because
 * another process has sent them.
 */
export function createTurns({ monotonic: now }: Pick<Clock, 'monotonic'>): Turns {
  const lines = new Map<string, Waiting[]>();
  const lineOf = (to: string) => (lines.get(to) ?? []).filter(({ at }) => at + kept > now());
  const keep = (to: string, line: Waiting[]) =>
    line.length > 0 ? lines.set(to, line) : lines.delete(to);
  const leave = ({ id, to }: OutboxRow) =>
    keep(
      to,
      lineOf(to).filter((one) => one.id !== id),
    );
  return {
    wait({ id, to, posted }) {
      if (posted) return 0;
      const known = lineOf(to).find((one) => one.id === id);
      const mine = known ?? { id, at: now() };
      const isGone = ({ at }: Waiting) => known && known.at <= now() && at < known.at - each / 2;
      const line = lineOf(to).filter((one) => !isGone(one));
      if (!known) line.push(mine);
      keep(to, line);
      const first = line[0] ?? mine;
      const wait = first === mine ? 0 : Math.max(0, first.at - now()) + line.indexOf(mine) * each;
      mine.at = now() + (wait || sending);
      return wait;
    },
    note(row, sent) {
      const mine = lines.get(row.to)?.find(({ id }) => id === row.id);
      if (mine && 'retryIn' in sent && sent.retryIn <= longest) mine.at = now() + sent.retryIn;
      else leave(row);
    },
    leave,
  };
}
