import type { WebSocket } from 'ws';
import { app } from '../people.ts';

/** One WebSocket to the app. */
export interface Connection {
  /** False once it was told to go. */
  usable(): boolean;
  hello(connections: number): void;
  send(envelope: unknown): void;
  /** Says that it will be closed soon; it stays in use. */
  warn(): void;
  /** Asks the other side to leave, and closes when it stays. */
  disconnect(reason: 'refresh_requested' | 'too_many_websockets'): void;
  /** Ends it without a word. */
  drop(): void;
  /** Closes it properly, because the server ends. */
  leave(): void;
}

/** Slack pings about this often, in milliseconds. */
const pingEvery = 10_000;

/** How long a connection that was told to go may stay, in milliseconds. */
const patience = 10_000;

const debug = { host: 'applink-local', build_number: 1 };

/** Speaks Socket Mode on a fresh WebSocket. `onClose` is called once. */
export function connect(
  socket: WebSocket,
  onAcknowledge: (id: string, body: unknown) => void,
  onClose: () => void,
): Connection {
  let leaving = false;
  const send = (message: unknown) => socket.send(JSON.stringify(message), () => {});
  const ping = setInterval(() => socket.ping(() => {}), pingEvery).unref();
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    onClose();
  });
  socket.on('message', (data) => {
    const { envelope_id, payload } = parse(String(data));
    if (typeof envelope_id === 'string') onAcknowledge(envelope_id, payload);
  });

  return {
    usable: () => !leaving && socket.readyState === socket.OPEN,
    hello: (connections) =>
      send({
        type: 'hello',
        num_connections: connections,
        debug_info: { ...debug, approximate_connection_time: 18_060 },
        connection_info: { app_id: app.id },
      }),
    send,
    warn: () => send({ type: 'disconnect', reason: 'warning', debug_info: debug }),
    disconnect(reason) {
      leaving = true;
      send({ type: 'disconnect', reason, debug_info: debug });
      if (reason === 'too_many_websockets') return socket.close(1000);
      const timer = setTimeout(() => socket.close(1000), patience).unref();
      socket.once('close', () => clearTimeout(timer));
    },
    drop: () => socket.terminate(),
    leave() {
      socket.close(1001);
      setTimeout(() => socket.terminate(), 200).unref();
    },
  };
}

function parse(text: string): { envelope_id?: unknown; payload?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
