import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

/**
 * How far the store is; `away` is open, with a database that does not answer now. `why` is a sentence
 * for people; null while nothing has gone wrong yet.
 */
export type StoreState =
  | { kind: 'opening'; why: string | null }
  | { kind: 'open' }
  | { kind: 'away'; why: string }
  | { kind: 'failed'; why: string }
  | { kind: 'closed' };

/** The state of a store, and what changes it. Each change is logged once. */
export interface StateOfStore {
  current(): StoreState;
  notYet(error: unknown): void;
  never(error: unknown): void;
  open(database: string): void;
  /** Why the database does not answer any more; null when it does again. */
  felt(why: string | null): void;
  closed(): void;
}

/** The state of a store that nobody has begun to open. */
export function stateOfStore(log: Log): StateOfStore {
  let state: StoreState = { kind: 'opening', why: null };
  return {
    current: () => state,
    notYet: (error) => {
      const why = messageOf(error);
      if (state.kind !== 'opening' || state.why === why) return;
      state = { kind: 'opening', why };
      log.warn({ why }, 'the database could not be opened; trying again');
    },
    never: (error) => {
      state = { kind: 'failed', why: messageOf(error) };
      log.error({ why: state.why }, 'the database cannot be opened');
    },
    open: (database) => {
      state = { kind: 'open' };
      log.info({ database }, 'the database is open');
    },
    felt: (why) => {
      state = why === null ? { kind: 'open' } : { kind: 'away', why };
      if (why === null) log.info({}, 'the database answers again');
      else log.warn({ why }, 'the database does not answer; only reading commands work');
    },
    closed: () => {
      state = { kind: 'closed' };
    },
  };
}
