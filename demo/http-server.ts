import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { AnswerRequest } from './answer.ts';
import type { Asked, Reply } from './exchange.ts';
import type { Figures } from './figures.ts';

const longestBody = 64 * 1024;

/** Serves a system over HTTP; it listens where the caller says. */
export function createHttpServer(answer: AnswerRequest, figures: Figures): Server {
  return createServer((request, response) => {
    figures.cameOrWent(1);
    response.once('close', () => figures.cameOrWent(-1));
    serve(request, answer).then(
      (reply) => send(response, reply, request.method === 'HEAD'),
      () => send(response, { status: 400, body: { error: 'this request makes no sense' } }, false),
    );
  });
}

async function serve(request: IncomingMessage, answer: AnswerRequest): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await readBody(request);
  if (body === null) return { status: 413, body: { error: 'the body is too long' } };
  return answer({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    address: clientOf(request),
    bearer: /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null,
    body: parseBody(body, request.headers['content-type'] ?? ''),
    requestId: newRequestId(),
  });
}

/** A name for one request. */
export const newRequestId = (): string => randomBytes(6).toString('hex');

/** The last address of X-Forwarded-For: the port is bound to this machine, so only a proxy here sets it. */
function clientOf(request: IncomingMessage): Asked['address'] {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const nearest = forwarded.split(',').at(-1)?.trim() ?? '';
  return isIP(nearest) ? nearest : '127.0.0.1';
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string, type: string): Record<string, unknown> {
  if (text === '') return {};
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('the body is not an object');
  return parsed as Record<string, unknown>;
}

function send(response: ServerResponse, { status, body, headers }: Reply, headOnly: boolean): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json';
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(headOnly ? undefined : text);
}
