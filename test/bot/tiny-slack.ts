import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** One call of the Web API, or one post to an address that this Slack handed out. */
export interface Call {
  method: string;
  args: Record<string, string>;
}

type Reply = object | 'hang' | { status: number; headers?: Record<string, string> };

/** The least of Slack that a bot needs, for sending it what the local workspace never would. */
export interface TinySlack {
  apiUrl: string;
  calls: Call[];
  sockets: WebSocket[];
  /** Acknowledgements as they came in. */
  acks: { envelope_id: string; payload?: unknown }[];
  /** What a method answers from now on; `ok: true` is added to an object. */
  answer(method: string, reply: (args: Call['args']) => Reply): void;
  /** Sends it over one of the open connections. */
  send(frame: unknown): void;
  /** Waits for something, at most five seconds. */
  until(condition: () => boolean): Promise<void>;
  url(path: string): string;
  close(): Promise<void>;
}

/** Starts it on a free port. With `hello: false` connections are accepted and nothing is said. */
export async function startTinySlack({ hello = true } = {}): Promise<TinySlack> {
  const replies = new Map<string, (args: Call['args']) => Reply>();
  const calls: Call[] = [];
  const acks: TinySlack['acks'] = [];
  const sockets: WebSocket[] = [];
  const server = createServer(async (request, response) => {
    const method = new URL(request.url ?? '', base()).pathname.replace('/api/', '');
    const args = await argumentsOf(request);
    calls.push({ method, args });
    const reply = replies.get(method)?.(args) ?? {};
    if (reply === 'hang') return;
    const status = 'status' in reply ? Number(reply.status) : 200;
    const headers = 'headers' in reply ? Object(reply.headers) : {};
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ ok: true, ...reply }));
  });
  const hub = new WebSocketServer({ server });
  hub.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1));
    socket.on('message', (data) => acks.push(JSON.parse(String(data))));
    if (hello) socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const base = () => `http://127.0.0.1:${port}`;
  replies.set('auth.test', () => ({ team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' }));
  replies.set('apps.connections.open', () => ({ url: `ws://127.0.0.1:${port}/link` }));
  return {
    apiUrl: `${base()}/api/`,
    calls,
    sockets,
    acks,
    answer: (method, reply) => void replies.set(method, reply),
    send(frame) {
      const open = sockets.filter((socket) => socket.readyState === socket.OPEN);
      const socket = open[Math.floor(Math.random() * open.length)];
      socket?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
    },
    until,
    url: (path) => base() + path,
    async close() {
      for (const socket of hub.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits for something, at most ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 10_000) throw new Error(`still not: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function argumentsOf(request: IncomingMessage): Promise<Call['args']> {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.headers['content-type']?.includes('json')) return JSON.parse(body);
  if (request.headers['content-type']?.startsWith('text/plain')) return { body };
  return Object.fromEntries(new URLSearchParams(body));
}
