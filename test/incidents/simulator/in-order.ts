import { setImmediate as turn } from 'node:timers/promises';
import { fromOutside } from '../../runs/virtual-time.ts';

/** Whatever is asked of a store, one after the other, each at the time at which it was asked. */
export interface InOrder {
  /** The time of what is asked at the moment; what it is now while nothing is. */
  now(): number;
  ask<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * The next thing begins when all that the last answer has set off has come to rest, and all that goes on beside whoever
 * asks for it: else the order of things would depend on how long a database takes for what, and no two stores could be
 * compared.
 */
export function createOrder(now: () => number): InOrder {
  let at: number | null = null;
  let last: Promise<unknown> = Promise.resolve();
  return {
    now: () => at ?? now(),
    ask(work) {
      const asked = now();
      const answer = last.then(async () => {
        await turn();
        at = asked;
        try {
          return await work();
        } finally {
          at = null;
        }
      });
      last = answer.catch(() => {});
      return fromOutside(answer);
    },
  };
}

/** Each call of the port in its order. */
export const inOrder = <Port extends object>(port: Port, { ask }: InOrder): Port =>
  Object.fromEntries(
    Object.entries(port).map(([name, call]) => [
      name,
      (...given: unknown[]) => ask(() => Promise.resolve(call(...given))),
    ]),
  ) as Port;
