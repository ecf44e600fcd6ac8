import type { StateFile } from './store/state.ts';

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

const alive = (sessions: readonly Session[]): Session[] =>
  sessions.filter(({ expiresAt }) => expiresAt > Date.now());

/** Sessions in the system's own state. */
export const stateSessions = (file: StateFile): Sessions => ({
  add: async (session) =>
    file.change((state) => {
      state.sessions = [...alive(state.sessions), session];
    }),
  find: async (id) => alive(file.state.sessions).find((session) => session.id === id) ?? null,
  list: async () => alive(file.state.sessions),
  end: async (ids) =>
    file.change((state) => {
      const before = alive(state.sessions);
      state.sessions = before.filter(({ id }) => !ids.includes(id));
      return before.length - state.sessions.length;
    }),
});
