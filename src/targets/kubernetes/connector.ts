import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { buildConnector } from 'undici';

/** How long a connection may take, in milliseconds. */
const patience = 5_000;

/** Whom to trust and as whom to come. `servername` where the certificate is for another name. */
export type Trust = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'servername'>;

/** Makes connections to one server, and can end also those that are not made yet. */
export interface Connector {
  connect: buildConnector.connector;
  end(): void;
}

/** A connector over TLS with these certificates. undici's own waits for the other side also when it is told to end. */
export function createConnector(trust: Trust): Connector {
  const sockets = new Set<TLSSocket>();
  return {
    connect({ hostname, port, servername }, callback) {
      const socket = connect({
        ...(servername && { servername }),
        ...trust,
        host: hostname.replace(/^\[|\]$/g, ''),
        port: Number(port || 443),
        ALPNProtocols: ['http/1.1'],
      });
      sockets.add(socket);
      const late = setTimeout(() => socket.destroy(timeout()), patience);
      const settle = (error: Error | null) => {
        clearTimeout(late);
        socket.off('error', settle);
        if (error) callback(error, null);
        else callback(null, socket);
      };
      socket.once('secureConnect', () => settle(null)).once('error', settle);
      socket.once('close', () => sockets.delete(socket));
    },
    end() {
      for (const socket of sockets) socket.destroy(new Error('Gatehouse is shutting down'));
    },
  };
}

const timeout = () =>
  Object.assign(new Error('no connection in time'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
