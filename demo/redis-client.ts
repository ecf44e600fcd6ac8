import { createConnection, type Socket } from 'node:net';
import { type Reply, readReply } from './redis-protocol.ts';

/** The little of Redis that a demo system needs. */
export interface RedisClient {
  /** Sends one command; throws what Redis answers with an error, and when it does not answer in time. */
  send(...words: string[]): Promise<Reply>;
}

interface Waiting {
  done(reply: Reply): void;
  failed(error: Error): void;
}

/** Milliseconds to wait for an answer. */
const patience = 1000;

/** A client that connects when it is first used, and again after a failure. */
export function createRedisClient(port: number): RedisClient {
  let socket: Socket | null = null;
  let buffer = Buffer.alloc(0);
  const waiting: Waiting[] = [];

  const drop = (error: Error) => {
    socket?.destroy();
    socket = null;
    buffer = Buffer.alloc(0);
    for (const { failed } of waiting.splice(0)) failed(error);
  };
  const receive = (bytes: Buffer) => {
    buffer = Buffer.concat([buffer, bytes]);
    for (let read = readReply(buffer, 0); read; read = readReply(buffer, 0)) {
      buffer = buffer.subarray(read.end);
      const next = waiting.shift();
      if (read.reply instanceof Error) next?.failed(read.reply);
      else next?.done(read.reply);
    }
  };
  const connect = (): Socket => {
    const fresh = createConnection({ host: '127.0.0.1', port });
    const lose = (error: Error) => fresh === socket && drop(error);
    fresh.on('data', receive).on('error', lose);
    fresh.on('close', () => lose(new Error('Redis closed the connection')));
    return fresh;
  };

  return {
    send: (...words) => {
      socket ??= connect();
      socket.write(encode(words));
      const late = setTimeout(() => drop(new Error('Redis does not answer')), patience);
      return new Promise<Reply>((done, failed) => waiting.push({ done, failed })).finally(() =>
        clearTimeout(late),
      );
    },
  };
}

const encode = (words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
