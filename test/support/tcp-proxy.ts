import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A wire that can be cut, between a client and a server of a test. */
export interface TcpProxy {
  port: number;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  /** Keeps every connection, and lets nothing through in either direction. */
  hang(): void;
  /** Lets everything through again, what was held back as well. */
  mend(): void;
  /** Lets new connections through; those that hang stay as they are, for ever. */
  desert(): void;
  close(): Promise<void>;
}

/** A proxy on a free port of 127.0.0.1 to `target` on the same address. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const ends = new Set<Socket>();
  let state: 'through' | 'cut' | 'hung' = 'through';
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('data', (data) => other.write(data));
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
      if (state === 'hung') end.pause();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const breakAll = () => {
    for (const end of ends) end.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      state = 'cut';
      breakAll();
    },
    hang: () => {
      state = 'hung';
      for (const end of ends) end.pause();
    },
    mend: () => {
      state = 'through';
      for (const end of ends) end.resume();
    },
    desert: () => {
      state = 'through';
    },
    close: async () => {
      breakAll();
      server.close();
      await once(server, 'close');
    },
  };
}
