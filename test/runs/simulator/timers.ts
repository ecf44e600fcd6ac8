import type { After } from '../../../src/store/after.ts';
import { processOf } from '../virtual-time.ts';

/** What waits in a simulated process, as far as anybody can tell a timer of the machine. */
class Waiting {
  readonly cancel: () => void;
  constructor(cancel: () => void) {
    this.cancel = cancel;
  }
  ref = () => this;
  unref = () => this;
  hasRef = () => false;
}

type Work = (...given: unknown[]) => void;
type Timers = Pick<
  typeof globalThis,
  'setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval'
>;

const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
const real = { setTimeout, clearTimeout, setInterval, clearInterval } as unknown as Record<
  keyof Timers,
  (...given: unknown[]) => unknown
>;

/** How the process waits that is going on at this moment; null when it is none of a schedule. */
const afterHere = (): After | null =>
  (processOf.getStore() as { after?: After } | undefined)?.after ?? null;

const start =
  (name: 'setTimeout' | 'setInterval') =>
  (work: Work, ms = 0, ...given: unknown[]) => {
    const after = afterHere();
    if (!after) return real[name](work, ms, ...given);
    let cancel = () => {};
    const go = () => {
      cancel = after(ms, () => {
        if (name === 'setInterval') go();
        work(...given);
      });
    };
    go();
    return new Waiting(() => cancel());
  };

const clear = (name: 'clearTimeout' | 'clearInterval') => (timer: unknown) =>
  timer instanceof Waiting ? timer.cancel() : real[name](timer);

/**
 * Lets whatever code goes on in a process of a schedule wait by the time of that schedule, and end with the
 * process. Everything else waits as before.
 */
export function waitInVirtualTime(): void {
  Object.assign(globalThis, {
    setTimeout: start('setTimeout'),
    setInterval: start('setInterval'),
    clearTimeout: clear('clearTimeout'),
    clearInterval: clear('clearInterval'),
  });
}
