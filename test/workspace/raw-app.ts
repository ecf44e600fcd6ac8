import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { tokens, webClient } from './run-workspace.ts';

/** An envelope as it came over a socket. */
export interface Envelope {
  type: string;
  envelope_id?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into payloads of every kind
  payload: any;
  accepts_response_payload?: boolean;
  retry_attempt?: number;
  retry_reason?: string;
  reason?: string;
  [key: string]: unknown;
}

/** What an app answers to an envelope: a payload, nothing, or `silence` for no acknowledgement. */
export type Reaction = (envelope: Envelope) => unknown | Promise<unknown>;

/** Not acknowledged at all. */
export const silence = Symbol('silence');

/** One socket of an app that is nothing but a socket. */
export interface RawSocket {
  received: Envelope[];
  /** The first envelope, come or to come, that fits. */
  next(fits: (envelope: Envelope) => boolean): Promise<Envelope>;
  closed: Promise<number>;
  socket: WebSocket;
}

/** Asks for a ticket and opens a socket with it. */
export async function openSocket(
  url: string,
  react: Reaction = () => undefined,
): Promise<RawSocket> {
  const answer = await webClient(url, tokens.app).apps.connections.open();
  const raw = listen(new WebSocket(String(answer.url)), react);
  await raw.next(({ type }) => type === 'hello' || type === 'disconnect');
  return raw;
}

/** Listens on a socket and acknowledges what comes. */
function listen(socket: WebSocket, react: Reaction): RawSocket {
  const received: Envelope[] = [];
  const waiting = new Set<() => void>();
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.on('error', () => {});
  socket.on('message', async (data) => {
    const envelope = JSON.parse(String(data)) as Envelope;
    received.push(envelope);
    for (const look of [...waiting]) look();
    if (!envelope.envelope_id) return;
    const payload = await react(envelope);
    if (payload === silence) return;
    socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload }), () => {});
  });
  onTestFinished(() => socket.terminate());
  return {
    received,
    closed,
    socket,
    next: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const found = received.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
