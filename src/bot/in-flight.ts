/** Work that has begun and is not finished. */
export interface InFlight {
  /** Counts the work until it settles, and returns it. */
  add<T>(work: Promise<T>): Promise<T>;
  count(): number;
  /** Waits until there is none, at most this many milliseconds; answers how much is left. */
  idle(patience: number): Promise<number>;
}

/** Keeps count of work, so that a stop can wait for it. */
export function createInFlight(): InFlight {
  const running = new Set<Promise<unknown>>();
  const drained = async () => {
    while (running.size > 0) await Promise.allSettled(running);
  };
  return {
    add(work) {
      running.add(work);
      const done = () => void running.delete(work);
      work.then(done, done);
      return work;
    },
    count: () => running.size,
    async idle(patience) {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise((resolve) => {
        timer = setTimeout(resolve, patience);
      });
      await Promise.race([drained(), enough]);
      clearTimeout(timer);
      return running.size;
    },
  };
}
