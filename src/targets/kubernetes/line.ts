import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Agent, Dispatcher } from 'undici';
import type { Question } from './api.ts';
import { type Connector, createConnector, type Trust } from './connector.ts';
import type { Attempt } from './failure.ts';

/** The parts of undici that are used here; it is loaded late. */
export interface Http {
  Agent: typeof Agent;
  request: (url: URL, options: SendOptions) => Promise<Dispatcher.ResponseData>;
}

type SendOptions = { dispatcher: Dispatcher } & Omit<Dispatcher.RequestOptions, 'origin' | 'path'>;

/** The way to one API server. */
export interface Line {
  send(question: Question, signal: AbortSignal): Promise<Attempt>;
  /** The next request gets a new connection, and reads certificates anew. */
  renew(): void;
  close(): Promise<void>;
}

/** How long one request may take, in milliseconds. */
const patience = 10_000;
/** Bytes of an answer that are read at most. */
const longest = 16 * 1024 * 1024;

/**
 * Signs in as a configuration says. The SDK knows how to, and whom to trust; its own requests would drop
 * every field that its version does not know, and connect anew each time.
 */
export function createLine(config: KubeConfig, { Agent, request }: Http): Line {
  const { server = '', tlsServerName } = config.getCurrentCluster() ?? {};
  let open: { agent: Agent; connector: Connector } | null = null;

  const prepare = async ({ verb, path, query, patch }: Question) => {
    const signedIn: RequestOptions = {};
    await config.applyToHTTPSOptions(signedIn);
    const { ca, cert, key, headers } = signedIn;
    open ??= openWith(Agent, { ca, cert, key }, tlsServerName);
    const url = new URL(`${server}${path}`);
    url.search = new URLSearchParams(query).toString();
    const options: SendOptions = {
      method: verb === 'patch' ? 'PATCH' : 'GET',
      headers: {
        ...(headers as Record<string, string>),
        accept: 'application/json',
        ...(patch && { 'content-type': patch.type }),
      },
      ...(patch && { body: JSON.stringify(patch.body) }),
      dispatcher: open.agent,
    };
    return { url, options };
  };
  return {
    send: async (question, signal) => {
      const { url, options } = await prepare(question);
      const cut = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
      const { statusCode, headers, body } = await request(url, { ...options, signal: cut });
      return { status: statusCode, retryAfter: headers['retry-after'], text: await textOf(body) };
    },
    renew() {
      open?.agent.close().catch(() => {});
      open = null;
    },
    close: async () => {
      open?.connector.end();
      await open?.agent.destroy();
    },
  };
}

function openWith(Agent: Http['Agent'], trust: Trust, servername: string | undefined) {
  const connector = createConnector({ ...trust, ...(servername && { servername }) });
  return { connector, agent: new Agent({ connect: connector.connect }) };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > longest) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
