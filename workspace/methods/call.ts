import type { Args } from '../http/read-arguments.ts';
import type { Workspace } from '../workspace.ts';
import { textOf } from './arguments.ts';
import { methods } from './index.ts';
import { type Answer, ApiError, type Call } from './method.ts';
import { mayCall, neededScopes } from './needed-scopes.ts';

/** An answer of the Web API, with what goes into the headers. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Answer & { ok: boolean };
}

/** Makes one call as Slack does: the token first, then the rate, the scope, and the method itself. */
export async function callMethod(
  workspace: Workspace,
  method: string,
  args: Args,
  authorization: string | undefined,
): Promise<Reply> {
  const call: Call = { method, args, workspace };
  const granted = workspace.manifest.botScopes.join(',');
  const headers = {
    'x-oauth-scopes': granted,
    'x-accepted-oauth-scopes': neededScopes(call).join(','),
  };
  try {
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!run) throw new ApiError('unknown_method', { req_method: method });
    checkToken(call, authorization);
    const wait = workspace.rates.take(method, textOf(args, 'channel') || undefined);
    if (wait) return tooFast(wait.retryAfterSeconds);
    checkScope(call);
    const refused = workspace.faults.refuse[method];
    if (refused) throw new ApiError(refused);
    return { status: 200, headers, body: { ok: true, ...(await run(call)) } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 200, headers, body: { ok: false, error: error.error, ...error.extra } };
  }
}

/** The answer to too many calls. */
export const tooFast = (seconds: number): Reply => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
});

function checkToken({ method, args, workspace }: Call, authorization: string | undefined): void {
  const { tokens, faults } = workspace;
  const given = authorization?.replace(/^Bearer\s+/i, '') || textOf(args, 'token');
  if (method === 'api.test' && given === '') return;
  if (given === '') throw new ApiError('not_authed');
  if (given !== tokens.bot && given !== tokens.app) throw new ApiError('invalid_auth');
  if (faults.revoked) throw new ApiError('token_revoked');
  const right = method === 'apps.connections.open' ? tokens.app : tokens.bot;
  if (given !== right && method !== 'auth.test') throw new ApiError('not_allowed_token_type');
}

function checkScope(call: Call): void {
  const { manifest } = call.workspace;
  const needed = neededScopes(call);
  if (call.method === 'apps.connections.open' || mayCall(manifest, needed)) return;
  throw new ApiError('missing_scope', {
    needed: needed[0],
    provided: manifest.botScopes.join(','),
  });
}
