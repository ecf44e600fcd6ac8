import { within } from '../core/deadline.ts';
import type { Log } from '../core/log.ts';
import type { AskStore } from './ask-store.ts';
import { StoreError } from './database/errors.ts';
import { entrance } from './entrance.ts';
import type { Store } from './open-store.ts';
import type { StoreState } from './store-state.ts';
import { throughDoor } from './through-door.ts';

/**
 * The store from the first moment on, while it opens behind the door. Who needs the database waits
 * at the door for a while, or hears why it is not open; nobody else is held up. Queues of jobs may be
 * declared at any time; the intake rejects with a {@link StoreError} when a row was not committed in time.
 */
export interface StoreDoor extends Omit<Store, 'kind'> {
  state(): StoreState;
  /** Begins to open the store in the background, and tries again for as long as that may help. */
  open(): void;
  /** Resolves when the store is open; rejects with a {@link StoreError} when it never will be. */
  opened(): Promise<void>;
}

/** What a door needs. */
export interface DoorOptions {
  /** Makes one attempt to open what is behind it. */
  open(): Promise<Store>;
  /** How long anybody waits at the door, in milliseconds. */
  patience: number;
  log: Log;
}

/** A door that is closed until {@link StoreDoor.open} is called. */
export function storeDoor({ open, patience, log }: DoorOptions): StoreDoor {
  const behind = entrance(open, log);
  const ask: AskStore = (question, doubt = nothing) => {
    let rest = nothing;
    const late = () => notNow(behind.state(), patience, rest);
    if (behind.state().kind === 'closed') return Promise.reject(late());
    return within(
      patience,
      async (signal) => {
        const over = () => signal.aborted;
        const store = await behind.inside.catch(() => {
          throw late();
        });
        if (over()) throw late(); // was told that nothing happens, so nothing must happen
        rest = doubt;
        return await question(store, over);
      },
      late,
    );
  };
  return {
    ...throughDoor(ask, behind.inside),
    state: behind.state,
    open: behind.open,
    opened: async () => {
      await behind.inside;
    },
    ping: () => ask((store) => store.ping()),
    close: behind.close,
  };
}

const nothing =
  'Nothing will be changed. Commands that only read still work; try again in a moment.';

function notNow(state: StoreState, patience: number, rest: string): StoreError {
  const say = (what: string) => new StoreError(`${what} ${rest}`, { final: false });
  switch (state.kind) {
    case 'opening':
      return say(`The database is not open yet${state.why === null ? '' : ` (${state.why})`}.`);
    case 'open':
    case 'away':
      return say(`The database did not answer within ${patience} ms.`);
    case 'failed':
      return say(`The database cannot be opened: ${state.why}`);
    case 'closed':
      return say('Gatehouse is shutting down.');
  }
}
