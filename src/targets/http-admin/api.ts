import type { Dispatcher } from 'undici';
import type { z } from 'zod';
import { TargetError } from '../../core/errors.ts';
import { readText } from '../http/body.ts';
import type { HttpAdminOptions } from './options.ts';
import { refusal, trouble } from './trouble.ts';

/** The admin API of one service. Everything it throws is a `TargetError`. */
export interface AdminApi {
  /** What a GET answers, checked; `most` is how many bytes that may be where 64 KiB are not enough. */
  read<T>(path: string, shape: z.ZodType<T>, signal: AbortSignal, most?: number): Promise<T>;
  /** The same, or null when the API says that there is no such thing. */
  find<T>(path: string, shape: z.ZodType<T>, signal: AbortSignal): Promise<T | null>;
  /** Changes something; an answer that it was done is believed, whatever else stands in it. */
  change(change: Change, signal: AbortSignal): Promise<void>;
}

/** One request that changes something. */
export interface Change {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: Readonly<Record<string, string | number | boolean>>;
}

/** What came back. */
interface Answer {
  status: number;
  /** Null when it was longer than an answer may be, or broke off. */
  text: string | null;
}

/** Asks with the token, over a connection of its own for each request. */
export function createApi(
  { url, token }: Pick<HttpAdminOptions, 'url' | 'token'>,
  agent: Dispatcher,
): AdminApi {
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/$/, '');

  const send = async (
    { method, path, body }: Omit<Change, 'method'> & { method: Dispatcher.HttpMethod },
    signal: AbortSignal,
    most?: number,
  ): Promise<Answer> => {
    if (signal.aborted) throw calledOff();
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${token.reveal()}`,
      'user-agent': 'gatehouse',
      ...(body && { 'content-type': 'application/json' }),
    };
    const sent = body ? JSON.stringify(body) : null;
    const asked = { origin, path: base + path, method, headers, body: sent, signal };
    try {
      const { statusCode, body: answer } = await agent.request(asked);
      const text = await readText(answer, most).catch((error) => {
        if (method === 'GET') throw error;
        return null; // the status has said whether it was done
      });
      return { status: statusCode, text: text?.replaceAll(token.reveal(), '[secret]') ?? null };
    } catch (error) {
      throw trouble(error, signal);
    }
  };
  const get = async (path: string, signal: AbortSignal, most?: number) =>
    send({ method: 'GET', path }, signal, most);

  return {
    read: async (path, shape, signal, most) =>
      parsed(accepted(await get(path, signal, most)), shape),
    find: async (path, shape, signal) => {
      const answer = await get(path, signal);
      return answer.status === 404 ? null : parsed(accepted(answer), shape);
    },
    change: async (change, signal) => {
      accepted(await send(change, signal));
    },
  };
}

const calledOff = () =>
  new TargetError('it was called off before anything was done', {
    retryable: true,
    happened: false,
  });

function accepted(answer: Answer): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw refusal(answer.status, answer.text);
}

function parsed<T>({ text }: Answer, shape: z.ZodType<T>): T {
  const { success, data } = shape.safeParse(json(text));
  if (success) return data;
  const what = text === null ? 'more than an answer can have' : 'something nobody expected';
  throw new TargetError(`the admin API answered ${what}`, { retryable: false });
}

function json(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
