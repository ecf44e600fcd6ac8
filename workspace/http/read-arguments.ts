import type { IncomingMessage } from 'node:http';
import { readBody } from './read-body.ts';

/** The arguments of a Web API call, as they came: texts in a form, anything in JSON. */
export type Args = Readonly<Record<string, unknown>>;

/** More than any call of the Web API needs, in bytes. */
const limit = 4_000_000;

/** Reads form, multipart and JSON bodies and the query. Null when a JSON body is not an object. */
export async function readArguments(request: IncomingMessage): Promise<Args | null> {
  const { searchParams } = new URL(request.url ?? '/', 'http://workspace');
  const query = Object.fromEntries(searchParams);
  const body = await readBody(request, limit);
  if (body.length === 0) return query;
  const type = request.headers['content-type'] ?? '';
  if (type.includes('json')) {
    const json = parse(body.toString());
    return json && { ...query, ...json };
  }
  if (type.includes('multipart/form-data')) return { ...query, ...(await fields(body, type)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The fields of a multipart body; files are only taken at upload addresses. */
async function fields(body: Buffer, type: string): Promise<Record<string, string>> {
  const form = await readForm(body, type);
  const texts = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(texts);
}

/** Any multipart body. */
export const readForm = (body: Buffer, type: string): Promise<FormData> =>
  new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
