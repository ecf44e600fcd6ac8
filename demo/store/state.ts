import type { DatabaseSync } from 'node:sqlite';
import type { Preset } from '../flavour.ts';
import { makeKey, type StoredKey } from '../keys.ts';
import type { Session } from '../sessions.ts';
import { firstUsers, type User } from '../users.ts';
import { atOnce } from './database.ts';

/** What a system remembers over a restart, and what all its copies know. Times in milliseconds since 1970. */
export interface State {
  users: User[];
  /** Empty where sessions live in Redis. */
  sessions: Session[];
  /** The one that signs now comes first. */
  keys: StoredKey[];
  denials: Denial[];
  limit: { preset: Preset; until: number | null };
  maintenance: { message: string; until: number } | null;
  threatFeed: { version: number; updatedAt: number };
  /** Somebody out there who tries passwords: a restart does not make them go away. */
  spike: Spike | null;
  /** How it was made to misbehave, and when: a copy that was started later does not. */
  faults: { slow: number; failing: number; since: number } | null;
}

/** An address that gets no answer but 403. */
export interface Denial {
  /** One address, or a prefix such as `203.0.113.0/24`. */
  address: string;
  until: number;
  reason: string;
}

/** Login attempts with wrong passwords from one address. */
export interface Spike {
  address: string;
  perSecond: number;
}

/** The state, shared by every copy of a system. */
export interface StateFile {
  /** As it is now, whichever copy changed it last. */
  readonly state: Frozen<State>;
  /** Changes it as one, and answers what `how` does; when that throws nothing has changed. */
  change<T>(how: (state: State) => T): T;
}

/** To be looked at and not to be changed. */
export type Frozen<T> = T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T;

/** The state in a system's database; the first copy that ever asks makes the first one. */
export function openState(database: DatabaseSync): StateFile {
  const version = database.prepare('SELECT version FROM state');
  const row = database.prepare('SELECT version, value FROM state');
  const write = database.prepare('REPLACE INTO state VALUES (1, ?, ?)');
  const read = (): { version: number; state: State } => {
    const found = row.get() as { version: number; value: string };
    return { version: found.version, state: JSON.parse(found.value) };
  };
  atOnce(database, () => row.get() ?? write.run(1, JSON.stringify(firstState())));
  let known = read();

  return {
    get state() {
      if (version.get()?.version !== known.version) known = read();
      return known.state;
    },
    change: (how) => {
      const { changed, result } = atOnce(database, () => {
        const { version, state } = read();
        const result = how(state);
        write.run(version + 1, JSON.stringify(state));
        return { changed: { version: version + 1, state }, result };
      });
      known = changed;
      return result;
    },
  };
}

const firstState = (): State => ({
  users: firstUsers(),
  sessions: [],
  keys: [makeKey()],
  denials: [],
  limit: { preset: 'normal', until: null },
  maintenance: null,
  threatFeed: { version: 1, updatedAt: Date.now() },
  spike: null,
  faults: null,
});
