import type { Clock } from '../../core/clock.ts';

/** What may not be done again for a while: a method in a channel, a post into it, an edit. */
export interface Gates {
  /** For how many milliseconds it is still closed; 0 when it is open. */
  wait(name: string): number;
  /** Closes it for so many milliseconds; a gate that is closed for longer stays so. */
  close(name: string, ms: number): void;
}

/** More gates than a busy hour closes; those that are open again are forgotten first. */
const most = 1_000;

/** Makes gates that are all open. */
export function createGates(clock: Pick<Clock, 'monotonic'>): Gates {
  const openAt = new Map<string, number>();
  const wait = (name: string) => Math.max(0, (openAt.get(name) ?? 0) - clock.monotonic());
  const forget = () => {
    for (const name of openAt.keys()) if (wait(name) === 0) openAt.delete(name);
  };
  return {
    wait,
    close(name, ms) {
      if (openAt.size >= most) forget();
      openAt.set(name, clock.monotonic() + Math.max(ms, wait(name)));
    },
  };
}
