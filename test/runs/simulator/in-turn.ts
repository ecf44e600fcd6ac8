import { setImmediate as turn } from 'node:timers/promises';
import type { Locks } from '../../../src/core/locks.ts';
import { memoryStore } from '../../../src/store/memory/memory-store.ts';
import { fromOutside } from '../virtual-time.ts';
import type { Stage } from './truth.ts';

/** Asks something outside of this process when it is its turn. */
export type InTurn = <T>(ask: () => Promise<T>) => Promise<T>;

/**
 * Lets everything that is asked be answered in the order of asking: the next one is asked when all that the last
 * answer has set off has come to rest. Else the order would depend on how long each database takes for what.
 */
export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const mine = last.then(() => turn()).then(ask);
    last = mine.catch(() => {});
    return fromOutside(mine);
  };
}

/** Each call of the port waits for its turn. */
export const inTurn = <Port extends object>(port: Port, ask: InTurn): Port =>
  Object.fromEntries(
    Object.entries(port).map(([name, call]) => [
      name,
      (...given: unknown[]) => ask(() => call(...given)),
    ]),
  ) as Port;

/** Likewise of locks, and of each that is taken. */
export const locksInTurn = (locks: Locks, ask: InTurn): Locks => ({
  ...inTurn(locks, ask),
  acquire: async (...given) => {
    const lock = await ask(() => locks.acquire(...given));
    return 'fence' in lock
      ? { ...lock, check: () => ask(lock.check), release: () => ask(lock.release) }
      : lock;
  },
});

/** A stage in memory on which everything is answered in its turn, as it is on a database. */
export const memoryInTurn = (stage: Omit<Stage, 'store'>): Stage => ({
  ...stage,
  store: (time) => {
    const ask = createTurns();
    const { runs, locks, claims, breakGlass, tally, killSwitch, audit } = memoryStore(time);
    return {
      runs: inTurn(runs, ask),
      locks: locksInTurn(locks, ask),
      claims: inTurn(claims, ask),
      breakGlass: inTurn(breakGlass, ask),
      tally: inTurn(tally, ask),
      killSwitch: inTurn(killSwitch, ask),
      audit: inTurn(audit, ask),
    };
  },
});
