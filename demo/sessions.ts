import type { StateFile } from './state.ts';

/** Somebody who is logged in. Times in milliseconds since 1970. */
export interface Session {
  id: string;
  user: string;
  address: string;
  /** What a new access token is asked with. */
  refresh: string;
  startedAt: number;
  expiresAt: number;
}

/** Where a system keeps its sessions: its own state, or Redis. */
export interface Sessions {
  add(session: Session): Promise<void>;
  find(id: string): Promise<Session | null>;
  list(): Promise<Session[]>;
  /** Ends sessions; returns how many there were. */
  end(ids: readonly string[]): Promise<number>;
}

/** Milliseconds that a session lives. */
export const sessionLife = 30 * 60_000;

/** Sessions in the system's own state. */
export function stateSessions(file: StateFile): Sessions {
  const alive = () => file.state.sessions.filter(({ expiresAt }) => expiresAt > Date.now());
  return {
    add: async (session) => {
      file.state.sessions = [...alive(), session];
      file.touch();
    },
    find: async (id) => alive().find((session) => session.id === id) ?? null,
    list: async () => alive(),
    end: async (ids) => {
      const before = alive();
      file.state.sessions = before.filter(({ id }) => !ids.includes(id));
      file.touch();
      return before.length - file.state.sessions.length;
    },
  };
}
