import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { callMethod, type Reply, tooFast } from '../methods/call.ts';
import type { Workspace } from '../workspace.ts';
import { type Args, readArguments } from './read-arguments.ts';
import { sendJson } from './send.ts';

/** Serves `/api/METHOD`, broken in the ways that the faults ask for. */
export async function serveApi(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  method: string,
): Promise<void> {
  const start = performance.now();
  const args = await readArguments(request);
  const note = (outcome: string, answer: unknown) =>
    workspace.traffic.add({
      direction: 'from-app',
      what: method,
      outcome,
      ms: Math.round(performance.now() - start),
      request: shown(args),
      response: answer,
    });
  const { faults, chance } = workspace;
  const hit = (share: number) => share > 0 && chance.random() < share;

  if (faults.hang) return note('never answered', undefined);
  if (faults.latencyMs > 0) await sleep(faults.latencyMs, undefined, { ref: false });
  if (hit(faults.failBefore)) {
    note('503', undefined);
    return sendJson(response, { ok: false, error: 'service_unavailable' }, 503);
  }
  const reply = hit(faults.rateLimited)
    ? tooFast(1)
    : args
      ? await callMethod(workspace, method, args, request.headers.authorization)
      : badJson;
  const dropped = hit(faults.dropAfter);
  note(dropped ? 'done, connection dropped' : outcomeOf(reply), reply.body);
  if (dropped) response.destroy();
  else sendJson(response, reply.body, reply.status, reply.headers);
}

const badJson: Reply = { status: 200, headers: {}, body: { ok: false, error: 'invalid_json' } };

const outcomeOf = ({ status, body }: Reply): string =>
  status === 429 ? '429' : body.ok ? 'ok' : String(body.error);

/** For the inspector: JSON that came as text inside a form is shown as what it is. */
function shown(args: Args | null): unknown {
  if (args === null) return 'not JSON';
  const entries = Object.entries(args).map(([key, value]) => [key, unfold(value)]);
  return Object.fromEntries(entries);
}

function unfold(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
