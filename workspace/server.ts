import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { assemble, type WorkspaceOptions } from './assemble.ts';
import { isOurHost, isOurOrigin } from './http/guard.ts';
import { route } from './http/router.ts';
import type { Workspace } from './workspace.ts';

/** A workspace that answers. */
export interface RunningWorkspace {
  /** `http://127.0.0.1:PORT`; the Web API is below `/api/`. */
  url: string;
  close(): Promise<void>;
}

/** Starts a workspace on 127.0.0.1. Rejects when the port is taken or the manifest is wrong. */
export async function startWorkspace(options: WorkspaceOptions): Promise<RunningWorkspace> {
  let port = 0;
  const url = () => `http://127.0.0.1:${port}`;
  const { workspace, flush } = assemble(options, url);
  const server = createServer(
    (request, response) => void route(workspace, request, response, port),
  );
  server.keepAliveTimeout = 0; // or a request may meet the end of the connection that it was sent on
  server.on('upgrade', (request, socket, head) => upgrade(workspace, request, socket, head, port));
  port = await listen(server, options.port ?? 0);
  return {
    url: url(),
    async close() {
      workspace.events.close();
      workspace.feed.close();
      workspace.sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await flush();
    },
  };
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

/** Opens a socket for a ticket that was never used before. */
function upgrade(
  { tickets, sockets }: Workspace,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  port: number,
): void {
  socket.on('error', () => socket.destroy());
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://workspace');
  const ours = isOurHost(request.headers, port) && isOurOrigin(request.headers, port);
  if (!ours || pathname !== '/link/') refuse(socket, '403 Forbidden');
  else if (tickets.take(searchParams.get('ticket') ?? '')) sockets.accept(request, socket, head);
  else refuse(socket, '401 Unauthorized');
}

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};
