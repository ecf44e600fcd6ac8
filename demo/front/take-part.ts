import { createConnection, type Socket } from 'node:net';
import { hear, say, type Word } from './json-lines.ts';

/** That this copy is asked by the front of its system. */
export interface Part {
  /** How many copies there are, as far as is known. */
  copies(): number;
  /** Is asked no more; resolves when what was asked is answered, or nobody is there to be told. */
  leave(): Promise<void>;
}

/** Milliseconds until the next try. */
const pause = 100;

/**
 * Tells the front where this copy answers, and tells it again when the front has gone and come back.
 *
 * @param whereabouts the port of the front; it may be another one each time.
 */
export function takePart(introduction: Required<Word>['join'], whereabouts: () => number): Part {
  let copies = 1;
  let leaving = false;
  let left = () => {};
  let socket: Socket;
  const connect = () => {
    const opened = createConnection({ host: '127.0.0.1', port: whereabouts() });
    socket = opened;
    opened.once('connect', () => say(opened, { join: introduction }));
    opened.once('close', () => {
      left();
      if (!leaving) setTimeout(connect, pause);
    });
    hear(opened, (word) => {
      copies = word.copies ?? copies;
      if (word.left) left();
    });
  };
  connect();
  return {
    copies: () => Math.max(1, copies),
    leave: () =>
      new Promise((done) => {
        leaving = true;
        left = done;
        if (socket.destroyed || socket.connecting) done();
        else say(socket, { leave: true });
      }),
  };
}
