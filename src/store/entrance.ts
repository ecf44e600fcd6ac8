import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { keepTrying } from './keep-trying.ts';
import type { Store } from './open-store.ts';

/** How far the store is. `why` is a sentence for people; null while nothing has gone wrong yet. */
export type StoreState =
  | { kind: 'opening'; why: string | null }
  | { kind: 'open' }
  | { kind: 'failed'; why: string }
  | { kind: 'closed' };

/** A store that opens in the background. */
export interface Entrance {
  state(): StoreState;
  /** Resolves when the store is open; rejects when it never will be, or is closed before it was. */
  inside: Promise<Store>;
  /** Begins to open it, and tries again for as long as that may help. */
  open(): void;
  close(): Promise<void>;
}

/** An entrance that nobody has begun to open. */
export function entrance(open: () => Promise<Store>, log: Log): Entrance {
  const ending = new AbortController();
  const { promise: inside, resolve, reject } = Promise.withResolvers<Store>();
  let state: StoreState = { kind: 'opening', why: null };
  let attempt: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  inside.catch(() => {}); // told to whoever waits, and to nobody when nobody does

  const enter = async () => {
    const store = await keepTrying(open, { signal: ending.signal, failed });
    resolve(store);
    if (ending.signal.aborted) return;
    state = { kind: 'open' };
    log.info({ database: store.kind }, 'the database is open');
  };
  const failed = (error: unknown) => {
    const why = messageOf(error);
    if (state.kind !== 'opening' || state.why === why) return;
    state = { kind: 'opening', why };
    log.warn({ why }, 'the database could not be opened; trying again');
  };
  const giveUp = (error: unknown) => {
    if (!ending.signal.aborted) {
      state = { kind: 'failed', why: messageOf(error) };
      log.error({ why: state.why }, 'the database cannot be opened');
    }
    reject(error);
  };

  const leave = async () => {
    const ended = new Error('Gatehouse is shutting down');
    state = { kind: 'closed' };
    ending.abort(ended);
    await attempt;
    reject(ended);
    await inside.then(
      (store) => store.close(),
      () => {},
    );
  };

  return {
    state: () => state,
    inside,
    open: () => {
      attempt ??= enter().catch(giveUp);
    },
    close: () => {
      closing ??= leave();
      return closing;
    },
  };
}
