import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../methods/method.ts';
import { respond } from '../slack/respond.ts';
import type { Workspace } from '../workspace.ts';
import { readArguments } from './read-arguments.ts';
import { sendJson } from './send.ts';

/** Serves `/response/ID`, where an app answers a person without a token. */
export async function serveResponseUrl(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const start = performance.now();
  const args = await readArguments(request);
  const end = (status: number, body: { ok: boolean; error?: string }) => {
    const ms = Math.round(performance.now() - start);
    const outcome = body.error ?? 'ok';
    const line = { direction: 'from-app', what: 'response_url', outcome, ms } as const;
    workspace.traffic.add({ ...line, request: args, response: body });
    sendJson(response, body, status);
  };
  const address = workspace.responses.find(id);
  if (typeof address === 'string') return end(404, { ok: false, error: address });
  if (!args) return end(400, { ok: false, error: 'invalid_payload' });
  try {
    respond(workspace, address, args);
    end(200, { ok: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    end(400, { ok: false, error: error.error, ...error.extra });
  }
}
