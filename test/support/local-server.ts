import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A server of 127.0.0.1 that a test talks to. */
export interface LocalServer {
  port: number;
  /** Connections that are open now. */
  sockets: ReadonlySet<Socket>;
  /** Connections that were ever made. */
  connections(): number;
  stop(): Promise<void>;
}

/** Answers HTTP as the listener does. */
export const httpServer = (listener: RequestListener): Promise<LocalServer> =>
  listening(createHttpServer(listener));

/** Does with each connection what a test wants. */
export const tcpServer = (onConnection: (socket: Socket) => void): Promise<LocalServer> =>
  listening(
    createServer((socket) => {
      socket.resume(); // or it would never notice that the client hung up
      onConnection(socket);
    }),
  );

async function listening(server: Server): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}); // clients hang up as they like
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    connections: () => connections,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
