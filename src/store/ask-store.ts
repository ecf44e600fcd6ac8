import type { Store } from './open-store.ts';

/**
 * Puts a question to the store once it is open, and rejects when there is no answer in time; `over`
 * tells that this has happened. `doubt` is what people are told when the question had been put by
 * then and may have changed something; without it, that nothing is changed.
 */
export type AskStore = <T>(
  question: (store: Store, over: () => boolean) => Promise<T>,
  doubt?: string,
) => Promise<T>;

/** What people are told of a question that may have changed something. */
export const doubt =
  'It is not known whether this was written down. Commands that only read still work; look before you ask again.';

/** What tells the store, once it is open, that somebody listens. */
export type OnceOpen = (tell: (store: Store) => void) => void;
