import { readFileSync } from 'node:fs';
import type { Preset } from './flavour.ts';
import { makeKey, type StoredKey } from './keys.ts';
import { writeWhole } from './processes.ts';
import type { Session } from './sessions.ts';
import { firstUsers, type User } from './users.ts';

/** What a system remembers over a restart. Times in milliseconds since 1970. */
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

/** The state in memory and in its file. */
export interface StateFile {
  readonly state: State;
  /** Says that something small changed: it is saved within five seconds. */
  touch(): void;
  /** Saves now. */
  save(): void;
}

/** Reads the state of a system, or makes the first one. */
export function openState(path: string): StateFile {
  const state = read(path) ?? firstState();
  let due: NodeJS.Timeout | null = null;
  const save = () => {
    if (due) clearTimeout(due);
    due = null;
    writeWhole(path, JSON.stringify(state));
  };
  save();
  return {
    state,
    save,
    touch: () => {
      due ??= setTimeout(save, 5000);
    },
  };
}

function read(path: string): State | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
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
});
