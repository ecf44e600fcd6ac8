import type { Log } from '../core/log.ts';
import { watchHeart } from './database/heartbeat.ts';
import { keepTrying } from './database/keep-trying.ts';
import type { Store } from './open-store.ts';
import { type StoreState, stateOfStore } from './store-state.ts';

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
  const state = stateOfStore(log);
  let attempt: Promise<void> | null = null;
  let closing: Promise<void> | null = null;
  inside.catch(() => {}); // told to whoever waits, and to nobody when nobody does

  const enter = async () => {
    const store = await keepTrying(open, { signal: ending.signal, failed: state.notYet });
    resolve(store);
    if (ending.signal.aborted) return;
    state.open(store.kind);
    void watchHeart(store.ping, state.felt, ending.signal);
  };
  const giveUp = (error: unknown) => {
    if (!ending.signal.aborted) state.never(error);
    reject(error);
  };
  const leave = async () => {
    const ended = new Error('Gatehouse is shutting down');
    state.closed();
    ending.abort(ended);
    await attempt;
    reject(ended);
    await inside.then(
      (store) => store.close(),
      () => {},
    );
  };

  return {
    state: state.current,
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
