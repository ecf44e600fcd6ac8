import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { app } from '../people.ts';
import { type Connection, connect } from './connection.ts';
import type { Wire } from './delivery.ts';
import { createPending } from './pending.ts';

/** What Slack can do to an app's connections. */
export type SocketDoing = 'refresh' | 'warning' | 'drop' | 'app_rate_limited';

/** The Socket Mode side of the workspace. */
export interface SocketHub {
  /** Takes over an HTTP connection whose ticket was good. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** How many connections are open. */
  count(): number;
  /** Does it to the oldest connection, or to all; answers to how many. */
  do(what: SocketDoing, all: boolean): number;
  send: Wire;
  close(): void;
}

/** Slack allows an app this many connections. */
const most = 10;

interface Options {
  random(): number;
  /** Told whenever the number of connections changes. */
  onCount(count: number): void;
}

/** Sockets to the app: every payload goes to any one of them. */
export function createSocketHub({ random, onCount }: Options): SocketHub {
  const server = new WebSocketServer({ noServer: true, clientTracking: false });
  const pending = createPending();
  const open: Connection[] = [];

  const join = (socket: WebSocket) => {
    const connection = connect(socket, pending.acknowledge, () => {
      const place = open.indexOf(connection);
      if (place >= 0) open.splice(place, 1);
      onCount(open.length);
    });
    if (open.length >= most) return connection.disconnect('too_many_websockets');
    open.push(connection);
    connection.hello(open.length);
    onCount(open.length);
  };

  return {
    accept: (request, socket, head) => server.handleUpgrade(request, socket, head, join),
    count: () => open.length,
    do(what, all) {
      const chosen = all ? [...open] : open.slice(0, 1);
      for (const connection of chosen) act[what](connection);
      return chosen.length;
    },
    send(delivery, retry, deadline) {
      const usable = open.filter((connection) => connection.usable());
      const chosen = usable[Math.floor(random() * usable.length)];
      if (!chosen) return Promise.resolve({ ok: false, error: 'dispatch_failed', ms: 0 });
      return pending.wait(deadline, (id) => chosen.send(envelope(id, delivery, retry)));
    },
    close() {
      for (const connection of [...open]) connection.leave();
      server.close();
    },
  };
}

const act: Record<SocketDoing, (connection: Connection) => void> = {
  refresh: (connection) => connection.disconnect('refresh_requested'),
  warning: (connection) => connection.warn(),
  drop: (connection) => connection.drop(),
  app_rate_limited: (connection) => connection.send(rateLimited()),
};

const envelope = (
  id: string,
  { kind, payload }: Parameters<Wire>[0],
  retry: Parameters<Wire>[1],
) => ({
  envelope_id: id,
  payload,
  type: kind,
  accepts_response_payload: kind !== 'events_api',
  ...(kind === 'events_api' && {
    retry_attempt: retry?.attempt ?? 0,
    retry_reason: retry?.reason ?? '',
  }),
});

/** The one envelope of events without an event in it. */
const rateLimited = () => ({
  envelope_id: crypto.randomUUID(),
  type: 'events_api',
  accepts_response_payload: false,
  retry_attempt: 0,
  retry_reason: '',
  payload: {
    type: 'app_rate_limited',
    api_app_id: app.id,
    minute_rate_limited: Math.floor(Date.now() / 60_000) * 60,
  },
});
