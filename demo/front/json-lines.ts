import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a copy and the front say to each other, one JSON object a line. */
export interface Word {
  /** A copy is there and answers at a port. */
  join?: { system: string; copy: string; token: string; port: number };
  /** A copy wants to be asked no more. */
  leave?: true;
  /** It is asked no more, and has answered everything. */
  left?: true;
  /** How many copies there are. */
  copies?: number;
}

/** Says one thing. */
export const say = (socket: Socket, word: Word): void => {
  if (!socket.destroyed) socket.write(`${JSON.stringify(word)}\n`);
};

/** Hears everything; who says what makes no sense is hung up on. */
export function hear(socket: Socket, heard: (word: Word) => void): void {
  const lines = createInterface({ input: socket });
  lines.on('line', (line) => {
    try {
      heard(JSON.parse(line));
    } catch {
      socket.destroy();
    }
  });
  // The end of the connection says it as well.
  lines.on('error', () => {});
  socket.on('error', () => {});
}
