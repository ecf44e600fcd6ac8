import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may happen to a call; the shares of all of them together are at most 1. */
export type Mishap = 'limited' | 'before' | 'after' | 'broken-before' | 'broken-after' | 'hang';

/** A message that stands in a channel. */
interface Stored {
  ts: string;
  text: string;
  metadata: unknown;
}

/** A Slack of three methods that keeps what it accepted, and does not always say so. */
export interface HostileSlack {
  apiUrl: string;
  /** What stands in a channel, oldest first. */
  texts(channel: string): string[];
  /** How often what has happened; `ok` among it. */
  happened: Map<string, number>;
  close(): Promise<void>;
}

/** Starts it on a free port. `shares` say how often each mishap happens, `random` is from 0 to 1. */
export async function startHostileSlack(
  shares: Readonly<Record<Mishap, number>>,
  random: () => number,
): Promise<HostileSlack> {
  const channels = new Map<string, Stored[]>();
  const happened = new Map<string, number>();
  let made = 0;
  const accept = (method: string, args: Record<string, string>): object => {
    const { channel = '', text = '', metadata = 'null', ts = '' } = args;
    const there = channels.get(channel) ?? [];
    channels.set(channel, there);
    if (method === 'conversations.history')
      return { messages: there.toReversed(), has_more: false };
    if (method === 'chat.update') {
      const old = there.find((one) => one.ts === ts);
      if (!old) return { ok: false, error: 'message_not_found' };
      old.text = text;
      return { ts };
    }
    made += 1;
    const stored = { ts: `1700000000.${String(made).padStart(6, '0')}`, text };
    there.push({ ...stored, metadata: JSON.parse(metadata) });
    return stored;
  };
  const server = createServer(async (request, response) => {
    const args = await argumentsOf(request);
    const mishap = pick(shares, random());
    happened.set(mishap ?? 'ok', (happened.get(mishap ?? 'ok') ?? 0) + 1);
    const isDone = mishap === null || ['after', 'broken-after', 'hang'].includes(mishap);
    const answer = isDone ? accept((request.url ?? '').replace('/api/', ''), args) : {};
    reply(mishap, answer, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    texts: (channel) => (channels.get(channel) ?? []).map(({ text }) => text),
    happened,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pick(shares: Readonly<Record<Mishap, number>>, chance: number): Mishap | null {
  let left = chance;
  for (const [mishap, share] of Object.entries(shares)) {
    if (left < share) return mishap as Mishap;
    left -= share;
  }
  return null;
}

function reply(mishap: Mishap | null, answer: object, response: ServerResponse): void {
  if (mishap === 'hang') return;
  if (mishap === 'before' || mishap === 'after') return void response.destroy();
  const broken = mishap === 'broken-before' || mishap === 'broken-after';
  const status = mishap === 'limited' ? 429 : broken ? 503 : 200;
  const headers = { 'content-type': 'application/json', 'retry-after': '1' };
  response.writeHead(status, headers);
  response.end(JSON.stringify({ ok: status === 200, ...answer }));
}

async function argumentsOf(request: IncomingMessage): Promise<Record<string, string>> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return Object.fromEntries(new URLSearchParams(body));
}
