import type { Duplex } from 'node:stream';
import type { Client } from 'pg';
import { guardData } from '../guarded.ts';

/** Bytes that a message may have: the answers to our questions have a few hundred. */
const longestMessage = 65_536;

/** Guards what a client receives, whether TLS is between or not, from before it connects. */
export function guard(client: Client): void {
  const connection = client.connection as unknown as { attachListeners(stream: Duplex): void };
  const listen = connection.attachListeners.bind(connection);
  connection.attachListeners = (stream) => {
    listen(stream);
    guardData(stream, soundMessages());
  };
}

/** Whether the bytes so far are messages of a bearable length whose errors and notices come to an end. */
export function soundMessages(): (chunk: Buffer) => boolean {
  let pending: Buffer = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 5) {
      const length = pending.readUInt32BE(1);
      if (length < 4 || length > longestMessage) return false;
      if (pending.length <= length) return true;
      const type = String.fromCharCode(pending[0] ?? 0);
      if ('EN'.includes(type) && !fieldsEnd(pending.subarray(5, length + 1))) return false;
      pending = pending.subarray(length + 1);
    }
    return true;
  };
}

/** Errors and notices are fields, a letter and a text that ends in a zero, and then a zero. */
function fieldsEnd(payload: Buffer): boolean {
  let at = 0;
  while (at < payload.length && payload[at] !== 0) {
    const end = payload.indexOf(0, at + 1);
    if (end === -1) return false;
    at = end + 1;
  }
  return at < payload.length;
}
