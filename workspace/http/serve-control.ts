import type { IncomingMessage, ServerResponse } from 'node:http';
import { calls, WrongBody } from '../control/calls.ts';
import { CannotDo } from '../doing/doing.ts';
import type { Workspace } from '../workspace.ts';
import { readBody } from './read-body.ts';
import { sendJson } from './send.ts';

const limit = 1_000_000;

const known = new Map(Object.entries(calls));

/** Serves `/control/NAME`: a body of JSON, an answer of JSON. */
export async function serveControl(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const call = known.get(name);
  if (!call) {
    sendJson(response, { ok: false, error: 'unknown_control' }, 404);
    return;
  }
  try {
    const body = parse(await readBody(request, limit));
    sendJson(response, { ok: true, ...(await call(workspace, body)) });
  } catch (error) {
    if (error instanceof WrongBody) sendJson(response, { ok: false, error: error.message }, 400);
    else if (error instanceof CannotDo)
      sendJson(response, { ok: false, error: error.message, ms: 0 });
    else throw error;
  }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
