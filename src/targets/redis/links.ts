import type { Redis, RedisOptions } from 'ioredis';
import { orAborted } from '../aborted.ts';
import { type Address, reveal } from '../address.ts';
import { guard } from './guard.ts';

/** The one connection to a Redis server, made when it is needed and replaced when it fails. */
export interface Links {
  /** Lets `work` use the connection until the signal fires; throws what broke it. */
  use<T>(signal: AbortSignal, work: (client: Redis) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Link {
  client: Redis;
  ready: Promise<void>;
  users: number;
  /** What the socket said went wrong: commands only hear that the connection is closed. */
  fault: Error | null;
}

/** A failed connection is not tried again by itself: the next question makes a new one. */
const settings = {
  lazyConnect: true,
  retryStrategy: () => null,
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  enableReadyCheck: false,
  connectTimeout: 10_000,
  disconnectTimeout: 100,
  keepAlive: 15_000,
  protocol: 2,
  disableClientInfo: true,
  connectionName: 'gatehouse',
} satisfies RedisOptions;

/** Makes no connection yet. `Client` is handed in because the SDK is loaded late. */
export function createLinks(Client: typeof Redis, address: Address): Links {
  let current: Link | null = null;

  const connect = (): Link => {
    const client = new Client(reveal(address), settings);
    const link: Link = { client, ready: Promise.resolve(), users: 0, fault: null };
    client.on('error', (fault) => {
      link.fault ??= fault; // what follows is only about the connection being closed
    });
    client.on('end', () => retire(link));
    guard(client);
    link.ready = client.connect();
    link.ready.catch(() => {}); // whoever waits for it hears of it; nobody may be left to
    return link;
  };

  /** The next question gets a new connection; this one ends with the last that still uses it. */
  const retire = (link: Link): void => {
    if (current === link) current = null;
    if (link.users === 0 && link.client.status !== 'end') link.client.disconnect();
  };

  const leave = (link: Link, broken: boolean): void => {
    link.users -= 1;
    if (broken || current !== link) retire(link);
  };

  return {
    use: async (signal, work) => {
      current ??= connect();
      const link = current;
      link.users += 1;
      try {
        const result = await orAborted(
          link.ready.then(() => work(link.client)),
          signal,
        );
        leave(link, false);
        return result;
      } catch (error) {
        leave(link, !isReply(error));
        throw signal.aborted ? error : (link.fault ?? error);
      }
    },
    close: async () => {
      current?.client.disconnect();
      current = null;
    },
  };
}

/** A refusal by the server comes over a connection that works. */
const isReply = (error: unknown): boolean => error instanceof Error && error.name === 'ReplyError';
