import type { HttpMethod, KubeConfig, RequestContext } from '@kubernetes/client-node';
import type { Agent, Dispatcher } from 'undici';
import { TargetError } from '../../core/errors.ts';
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

/** The parts of the SDKs that are used here; they are loaded late. */
export interface Sdk {
  RequestContext: new (url: string, method: HttpMethod) => RequestContext;
  Agent: typeof Agent;
  request: (url: string, options: SendOptions) => Promise<Dispatcher.ResponseData>;
}

type SendOptions = { dispatcher: Dispatcher } & Omit<Dispatcher.RequestOptions, 'origin' | 'path'>;

/** How long one request may take, in milliseconds. */
const patience = 10_000;
/** Bytes of an answer that are read at most. */
const longest = 16 * 1024 * 1024;
/** How often a request is made that the API server puts off. */
const tries = 3;

/** Speaks to the API server of a configuration, over connections of its own. */
export function createApi(config: KubeConfig, { RequestContext, Agent, request }: Sdk): Api {
  let dispatcher: Dispatcher | null = null;
  const server = config.getCurrentCluster()?.server ?? '';

  /** Signs a request in. The SDK would make a connection for each; the first is kept. */
  const prepare = async ({ verb, path, query = {}, patch }: Question) => {
    const method = verb === 'patch' ? 'PATCH' : 'GET';
    const context = new RequestContext(`${server}${path}`, method);
    for (const [name, value] of Object.entries(query)) context.setQueryParam(name, value);
    await config.applySecurityAuthentication(context);
    dispatcher ??= context.getDispatcher() ?? new Agent();
    const { Cookie: _, ...headers } = context.getHeaders();
    const type = patch ? { 'content-type': patch.type } : {};
    const body = patch ? { body: JSON.stringify(patch.body) } : {};
    return {
      url: context.getUrl(),
      options: {
        method,
        headers: { ...headers, ...type, accept: 'application/json' },
        ...body,
        dispatcher,
      } as SendOptions,
    };
  };
  /** The next request gets a new connection, and reads certificates anew. */
  const renew = () => {
    dispatcher?.close().catch(() => {});
    dispatcher = null;
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
      const answer = await send(question, signal).catch((error) => {
        if (!signal.aborted) renew();
        throw troubleOf(error, question, signal);
      });
      if (answer.status < 300) return answer.text;
      if (answer.status !== 429 || attempt === tries) throw refusalOf(answer, question);
      await pauseFor(Math.min(5, Number(answer.retryAfter) || 1) * 1_000, signal);
    }
  };
  return { ask, close: async () => dispatcher?.destroy() };
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
