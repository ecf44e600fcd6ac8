import { Socket } from 'node:net';
import type { Client, ClientConfig, Pool } from 'pg';
import { orAborted } from '../aborted.ts';
import { type Address, reveal } from '../address.ts';
import { guard } from './guard.ts';

/** One row of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** A few connections to a PostgreSQL server, made when they are needed. */
export interface Sessions {
  /** The first row of a reading statement; the connection is dropped when the signal fires first. */
  ask(statement: string, signal: AbortSignal): Promise<Row>;
  close(): Promise<void>;
}

/** The server ends what runs longer, also when Gatehouse is gone by then. In milliseconds. */
const statementLimit = 10_000;

/** What is used of the SDK. It is handed in because it is loaded late. */
interface Sdk {
  Pool: typeof Pool;
  Client: typeof Client;
}

/** Makes no connection yet. The server ends what runs longer than `limit`, in milliseconds. */
export function createSessions(sdk: Sdk, address: Address, limit = statementLimit): Sessions {
  let ended: Promise<void> | null = null;
  const sockets = new Set<Socket>();
  const pool = new sdk.Pool({
    Client: guarded(sdk.Client),
    connectionString: reveal(address),
    application_name: 'gatehouse',
    max: 4,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    statement_timeout: limit,
    keepAlive: true,
    stream: () => remembered(sockets),
  });
  // Whoever uses a connection hears from its query that it broke; an idle one is just replaced.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    ask: async (statement, signal) => {
      const coming = pool.connect();
      const client = await orAborted(coming, signal).catch((error) => {
        coming.then((late) => late.release()).catch(() => {});
        throw error;
      });
      try {
        const { rows } = await orAborted(client.query<Row>(statement), signal);
        client.release();
        return rows[0] ?? {};
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    close: async () => {
      ended ??= pool.end();
      for (const socket of sockets) hangUp(socket);
      await ended;
    },
  };
}

const guarded = (Clients: typeof Client) =>
  class extends Clients {
    constructor(config?: ClientConfig) {
      super(config);
      guard(this);
    }
  };

/** The pool would wait for a server that hangs; to be able to hang up, each socket is kept in sight. */
function remembered(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  return socket;
}

/** Lets the farewell that is under way go out first. */
const hangUp = (socket: Socket): void => {
  if (socket.connecting) socket.destroy();
  else socket.destroySoon();
};
