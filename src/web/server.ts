import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { route } from './route.ts';
import type { WebOptions } from './web-options.ts';

// An import reads every name that the module has, and one of them loads Node's own WebSocket.
const { createServer } = createRequire(import.meta.url)('node:http') as typeof import('node:http');

/** The server, listening. */
export interface Web {
  /** Such as `http://127.0.0.1:3000`. */
  url: string;
  close(): Promise<void>;
}

/** How long somebody may take to send a request, in milliseconds. */
const impatient = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 2_000,
};
/** How long a close waits for answers that are under way, in milliseconds. */
const farewell = 2_000;

/**
 * Starts the HTTP server: `/healthz`, `/readyz`, `/metrics`, the pages of incidents and, in HTTP mode, `/slack/events`.
 *
 * @throws {Error} when the address cannot be listened on.
 */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { host = '127.0.0.1', port } = options;
  const server = createServer(impatient, route(options));
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), farewell).unref();
      }),
  };
}

const listen = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program has that port' : cause.message;
      const message = `cannot listen on ${host}:${port}: ${why}. Choose another one in GATEHOUSE_PORT or GATEHOUSE_HOST`;
      reject(new Error(message, { cause }));
    });
    server.listen(port, host, () => resolve());
  });
