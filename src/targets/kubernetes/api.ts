import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Agent, Dispatcher } from 'undici';
import { TargetError } from '../../core/errors.ts';
import { orAborted } from '../aborted.ts';
import { wasDropped } from '../failure.ts';
import { type Connector, createConnector, type Trust } from './connector.ts';
import { type Ask, type Attempt, refusalOf, troubleOf } from './failure.ts';
import { pauseFor } from './pause.ts';

/** What one request is about, and what it says. */
export interface Question {
  /** As roles call it. */
  verb: 'get' | 'list' | 'patch';
  /** As roles call it, such as `deployments/scale`. */
  resource: string;
  /** Under the address of the API server, starting with `/`. */
  path: string;
  query?: Readonly<Record<string, string>>;
  /** Of a patch: its media type and what it is. */
  patch?: { type: string; body: unknown };
}

/** Asks the API server; answers the text of a good answer. */
export type { Ask } from './failure.ts';

/** A connection to one API server. */
export interface Api {
  ask: Ask;
  close(): Promise<void>;
}

/** The parts of undici that are used here; it is loaded late. */
export interface Http {
  Agent: typeof Agent;
  request: (url: URL, options: SendOptions) => Promise<Dispatcher.ResponseData>;
}

type SendOptions = { dispatcher: Dispatcher } & Omit<Dispatcher.RequestOptions, 'origin' | 'path'>;

/** How long one request may take, in milliseconds. */
const patience = 10_000;
/** Bytes of an answer that are read at most. */
const longest = 16 * 1024 * 1024;
/** How often a request is made that the API server puts off. */
const tries = 3;

/**
 * Speaks to the API server of a configuration. The SDK knows how to sign in and whom to trust; its own
 * requests would drop every field that its version does not know, and connect anew each time.
 */
export function createApi(config: KubeConfig, { Agent, request }: Http): Api {
  const { server = '', tlsServerName } = config.getCurrentCluster() ?? {};
  let line: { agent: Agent; connector: Connector } | null = null;

  const prepare = async ({ verb, path, query, patch }: Question) => {
    const signedIn: RequestOptions = {};
    await config.applyToHTTPSOptions(signedIn);
    const { ca, cert, key, headers } = signedIn;
    line ??= lineWith(Agent, { ca, cert, key }, tlsServerName);
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
      dispatcher: line.agent,
    };
    return { url, options };
  };
  /** The next request gets a new connection, and reads certificates anew. */
  const renew = () => {
    line?.agent.close().catch(() => {});
    line = null;
  };
  const send = async (question: Question, signal: AbortSignal): Promise<Attempt> => {
    const { url, options } = await prepare(question);
    const cut = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
    const { statusCode, headers, body } = await request(url, { ...options, signal: cut });
    return { status: statusCode, retryAfter: headers['retry-after'], text: await textOf(body) };
  };
  const ask: Ask = async (question, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      if (signal.aborted) throw calledOff();
      const { answer, error } = await orAborted(send(question, signal), signal).then(
        (got) => ({ answer: got, error: null }),
        (thrown: unknown) => ({ answer: null, error: thrown }),
      );
      if (answer === null) {
        if (!signal.aborted) renew();
        // The server may have dropped a connection that was idle: looking once more changes nothing.
        if (attempt === 1 && question.verb !== 'patch' && wasDropped(error)) continue;
        throw troubleOf(error, question, signal);
      }
      if (answer.status < 300) return answer.text;
      if (answer.status !== 429 || attempt === tries) throw refusalOf(answer, question);
      await pauseFor(Math.min(5, Number(answer.retryAfter) || 1) * 1_000, signal);
    }
  };
  const close = async () => {
    line?.connector.end();
    await line?.agent.destroy();
  };
  return { ask, close };
}

function lineWith(Agent: Http['Agent'], trust: Trust, servername: string | undefined) {
  const connector = createConnector({ ...trust, ...(servername && { servername }) });
  return { connector, agent: new Agent({ connect: connector.connect }) };
}

const calledOff = () =>
  new TargetError('it was called off before anything was done', {
    retryable: true,
    happened: false,
  });

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
