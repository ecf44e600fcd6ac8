import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/core/clock.ts';
import type { Sleep } from '../../src/runs/sleep.ts';
import type { After } from '../../src/store/after.ts';

/** Time that passes only when a test says so. */
export interface VirtualTime {
  clock: Clock;
  after: After;
  sleep: Sleep;
  /** Lets so much pass, timer by timer; everything that can go on goes on in between. */
  pass(ms: number): Promise<void>;
  /** Goes to the next timer and lets it fire; false when nothing waits. */
  fireNext(): Promise<boolean>;
  /** Says of which processes the timers do not fire for the time being. */
  hold(which: (process: unknown) => boolean): void;
  /** Forgets the timers that this says yes to. */
  drop(which: (timer: Timer) => boolean): void;
  /** Sets the wall clock on or back; what waits is not concerned. */
  jump(ms: number): void;
}

/** Something that waits for its time. */
export interface Timer {
  at: number;
  /** Which simulated process set it. */
  process: unknown;
  work(): void;
}

/** The simulated process that the running code belongs to. */
export const processOf = new AsyncLocalStorage<object>();

/** What was asked of something outside of this process, such as a database, and is not answered yet. */
const unanswered = new Set<Promise<unknown>>();

/** Asks something outside of this process: nothing else goes on before it has answered. */
export function fromOutside<T>(answer: Promise<T>): Promise<T> {
  const done = answer.then(
    () => {},
    () => {},
  );
  unanswered.add(done);
  void done.then(() => unanswered.delete(done));
  return answer;
}

/** Whether something outside of this process is asked at the moment. */
export const isAsking = (): boolean => unanswered.size > 0;

/** Lets everything that does not wait for time or for a test go on. */
export const settle = async (): Promise<void> => {
  await turn();
  while (unanswered.size > 0) {
    await Promise.all(unanswered);
    await turn();
  }
};

/** One time of so many the machine has a turn all the same: it says then which rejections nobody handles. */
const often = 5;
let times = 0;

/** As {@link settle} where everything goes on in memory: of that nothing waits for a turn of the event loop. */
export const settleInMemory = async (): Promise<void> => {
  times += 1;
  if (times % often === 0) await settle();
  else await new Promise<void>((go) => process.nextTick(go));
};

/** Goes on as the process that it belongs to. */
const bound = (process: object | undefined, work: () => void): (() => void) =>
  process === undefined ? work : () => processOf.run(process, work);

/** Stands at `start`, in milliseconds since 1970; `settled` lets all go on that does not wait for time. */
export function virtualTime(start = 1_700_000_000_000, settled = settle): VirtualTime {
  let passed = 0;
  let jumped = 0;
  let timers: Timer[] = [];
  let isHeld = (_process: unknown): boolean => false;
  const after: After = (ms, work) => {
    const process = processOf.getStore();
    const timer = {
      at: passed + Math.max(0, Math.floor(ms)),
      process,
      work: bound(process, work),
    };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const first = () =>
    timers
      .filter(({ process }) => !isHeld(process))
      .reduce<Timer | null>((a, b) => (a && a.at <= b.at ? a : b), null);
  const fire = async (timer: Timer) => {
    timers = timers.filter((other) => other !== timer);
    passed = Math.max(passed, timer.at);
    timer.work();
    await settled();
  };
  return {
    clock: { now: () => start + jumped + passed, monotonic: () => passed },
    after,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const cancel = after(ms, resolve);
        const wake = () => {
          cancel();
          resolve();
        };
        signal?.addEventListener('abort', wake, { once: true });
      }),
    async pass(ms) {
      const end = passed + ms;
      await settled();
      for (let next = first(); next && next.at <= end; next = first()) await fire(next);
      passed = end;
      await settled();
    },
    async fireNext() {
      const next = first();
      if (next) await fire(next);
      return next !== null;
    },
    hold(which) {
      isHeld = which;
    },
    drop(which) {
      timers = timers.filter((timer) => !which(timer));
    },
    jump(ms) {
      jumped += ms;
    },
  };
}
