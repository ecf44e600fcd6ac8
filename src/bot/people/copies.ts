import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/deadline.ts';

/** Copies of what somebody else knows. */
export interface Copies<T> {
  /**
   * A fresh copy, or a new one. While a new one takes too long or cannot be had, a copy that is no
   * longer fresh but not yet stale. With `maxAge`, in milliseconds, no copy that is older; 0 asks
   * anew, whatever is being asked already, since that may miss what has changed meanwhile.
   *
   * @throws whatever the asking throws, when there is no copy to fall back on.
   */
  get(key: string, maxAge?: number): Promise<T>;
  /** Drops the copy, and what is just being asked for. */
  forget(key: string): void;
}

/** How copies are made and how long they are good for; times in milliseconds. */
export interface CopiesOptions<T> {
  ask(key: string): Promise<T>;
  fresh: number;
  stale: number;
  /** How long a new copy may take when there is an old one. */
  patience: number;
  clock: Pick<Clock, 'monotonic'>;
}

/** More than a big team has; the oldest copy goes first. */
const most = 5_000;

/** Makes copies, never two of the same thing at a time. */
export function createCopies<T>(options: CopiesOptions<T>): Copies<T> {
  const copies = new Map<string, { value: T; askedAt: number }>();
  const asking = new Map<string, Promise<T>>();

  const keep = (key: string, value: T, askedAt: number) => {
    copies.delete(key);
    copies.set(key, { value, askedAt });
    const oldest = copies.size > most ? copies.keys().next().value : undefined;
    if (oldest !== undefined) copies.delete(oldest);
  };
  const ask = (key: string, anew: boolean): Promise<T> => {
    const already = anew ? undefined : asking.get(key);
    if (already) return already;
    const askedAt = options.clock.monotonic();
    const asked = options.ask(key);
    asking.set(key, asked);
    const current = () => asking.get(key) === asked && asking.delete(key);
    asked.then((value) => current() && keep(key, value, askedAt), current);
    return asked;
  };
  return {
    async get(key, maxAge) {
      const copy = copies.get(key);
      const age = copy ? options.clock.monotonic() - copy.askedAt : Number.POSITIVE_INFINITY;
      if (maxAge !== undefined) return copy && age < maxAge ? copy.value : ask(key, maxAge === 0);
      if (copy && age <= options.fresh) return copy.value;
      const asked = ask(key, false);
      if (!copy || age > options.stale) return asked;
      return within(options.patience, () => asked).catch(() => copy.value);
    },
    forget(key) {
      copies.delete(key);
      asking.delete(key);
    },
  };
}
