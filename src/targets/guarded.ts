import type { Duplex } from 'node:stream';

/**
 * Lets what listens to `stream` have only bytes that are `sound`, and hangs up at others, or when a
 * listener throws. SDKs trust their servers: some throw where nobody can catch it, or never come to an
 * end, at bytes that a broken server, or one in the wrong hands, may send. That must not end Gatehouse.
 */
export function guardData(stream: Duplex, isSound: (chunk: Buffer) => boolean): void {
  const listeners = stream.listeners('data');
  stream.removeAllListeners('data');
  stream.on('data', (chunk: Buffer) => {
    if (stream.destroyed) return;
    try {
      if (!isSound(chunk)) throw new Error('Protocol error: not what such a server sends');
      for (const listener of listeners) listener.call(stream, chunk);
    } catch (error) {
      stream.destroy(error as Error);
    }
  });
}
