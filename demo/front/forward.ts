import {
  request as ask,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Member } from './member.ts';

/** A request whose body has been read. */
export interface Forwarded {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What only concerns one connection. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'expect', 'content-length'];

/**
 * Lets a copy answer a request. False when it cannot have seen it, or when it does no harm to ask
 * another: then nothing has been answered yet.
 */
export async function forward(
  forwarded: Forwarded,
  member: Member,
  response: ServerResponse,
): Promise<boolean> {
  if (response.destroyed) return true;
  member.busy += 1;
  try {
    await relay(await send(forwarded, member, response), response);
    return true;
  } catch (error) {
    if (response.destroyed) return true;
    if (!response.headersSent && mayRepeat(forwarded, error)) return false;
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end();
    return true;
  } finally {
    member.busy -= 1;
    member.answered();
  }
}

function send(
  { method, path, headers, body }: Forwarded,
  { port, agent }: Member,
  response: ServerResponse,
): Promise<IncomingMessage> {
  return new Promise((done, failed) => {
    const length = body.length > 0 ? { 'content-length': body.length } : {};
    const sent = { ...passedOn(headers), ...length };
    const asked = ask({ host: '127.0.0.1', port, agent, method, path, headers: sent });
    response.once('close', () => asked.destroy());
    asked.once('error', failed);
    asked.once('response', done);
    asked.end(body);
  });
}

const relay = (answer: IncomingMessage, response: ServerResponse): Promise<void> =>
  new Promise((done, failed) => {
    response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers, ['content-length']));
    answer.once('error', failed);
    response.once('close', done);
    answer.pipe(response);
  });

const passedOn = (
  headers: IncomingHttpHeaders,
  also: readonly string[] = [],
): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => also.includes(name) || !ownHeaders.includes(name)),
  );

const mayRepeat = ({ method }: Forwarded, error: unknown): boolean =>
  method === 'GET' || method === 'HEAD' || codeOf(error) === 'ECONNREFUSED';

const codeOf = (error: unknown): unknown => (Object(error) as { code?: unknown }).code;
