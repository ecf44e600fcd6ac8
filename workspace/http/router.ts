import type { IncomingMessage, ServerResponse } from 'node:http';
import { servePage } from '../page-server.ts';
import type { Workspace } from '../workspace.ts';
import { isOurHost, isOurOrigin } from './guard.ts';
import { TooLarge } from './read-body.ts';
import { sendText } from './send.ts';
import { serveApi } from './serve-api.ts';
import { serveControl } from './serve-control.ts';
import { serveFile, serveUpload } from './serve-files.ts';
import { servePermalink } from './serve-permalink.ts';
import { serveResponseUrl } from './serve-response-url.ts';

type Serve = (
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
) => Promise<void> | void;

/** What any program may call with a token or a secret address; browsers' pages only reach the rest. */
const forPrograms: [RegExp, Serve][] = [
  [/^\/api\/([\w.]+)$/, serveApi],
  [/^\/response\/(\w+)$/, serveResponseUrl],
  [/^\/upload\/(\w+)$/, serveUpload],
];

const forPeople: [RegExp, Serve][] = [
  [/^\/control\/feed$/, serveFeed],
  [/^\/control\/(\w+)$/, serveControl],
  [/^\/files\/(\w+)\/[^/]+$/, serveFile],
  [/^\/archives\/(\w+)\/p\d+$/, servePermalink],
];

/** Answers one request. Never throws. */
export async function route(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
): Promise<void> {
  try {
    if (!isOurHost(request.headers, port)) return sendText(response, 'Not this host.', 403);
    const { pathname } = new URL(request.url ?? '/', 'http://workspace');
    if (await serve(forPrograms, workspace, request, response, pathname)) return;
    if (!isOurOrigin(request.headers, port)) return sendText(response, 'Not this origin.', 403);
    if (await serve(forPeople, workspace, request, response, pathname)) return;
    if (!(await servePage(request, response))) sendText(response, `No ${pathname} here.`, 404);
  } catch (error) {
    fail(response, error);
  }
}

async function serve(
  routes: [RegExp, Serve][],
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  for (const [pattern, run] of routes) {
    const match = pattern.exec(pathname);
    if (!match) continue;
    await run(workspace, request, response, match[1] ?? '');
    return true;
  }
  return false;
}

function serveFeed(workspace: Workspace, request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '/', 'http://workspace');
  const user = searchParams.get('as') ?? '';
  const known = workspace.world.members.some(({ id }) => id === user);
  if (known) workspace.feed.open(user, response);
  else sendText(response, 'Nobody of that id.', 404);
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const tooLarge = error instanceof TooLarge;
  if (!tooLarge) process.stderr.write(`The workspace failed at a request: ${stackOf(error)}\n`);
  sendText(response, tooLarge ? 'Too large.' : 'The workspace failed.', tooLarge ? 413 : 500);
}

const stackOf = (error: unknown) => (error instanceof Error ? error.stack : String(error));
