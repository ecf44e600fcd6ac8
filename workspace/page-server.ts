import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { contentPolicy, documentText, libraryFolder } from './page-document.ts';

const pages = new URL('./page/', import.meta.url);

type Load = (path: string) => string | Promise<string>;

const file = (path: string) => readFile(new URL(path, pages), 'utf8');

/** Only names that cannot climb out of the folder match, and the libraries are a closed list. */
const routes: [RegExp, string, Load][] = [
  [/^\/$/, 'text/html', () => documentText()],
  [
    /^\/page\/((?:[\w-]+\/)*[\w-]+\.ts)$/,
    'text/javascript',
    async (path) => stripTypeScriptTypes(await file(path), { sourceUrl: path }),
  ],
  [/^\/page\/((?:[\w-]+\/)*[\w-]+\.json)$/, 'application/json', file],
  [/^\/page\/((?:[\w-]+\/)*[\w-]+\.css)$/, 'text/css', file],
  [/^\/page\/((?:[\w-]+\/)*[\w-]+\.svg)$/, 'image/svg+xml', file],
  [
    /^\/lib\/((?:preact|htm|@preact\/signals|@preact\/signals-core|slack-message-parser)\/[\w./-]+\.m?js)$/,
    'text/javascript',
    (path) => readFile(new URL(path, libraryFolder), 'utf8'),
  ],
];

/**
 * Serves the page of the workspace: the document at `/`, its own files below `/page/` (TypeScript
 * with the types taken off by Node, no bundler) and its libraries below `/lib/`. Answers false,
 * having written nothing, when the path is not the page's; the caller then goes on.
 *
 * What the page shows is in the address, so that a link or a screenshot can choose it:
 * `/#left=PERSON/CHANNEL&right=PERSON/CHANNEL`. In place of a channel's id stands `home` for the
 * Home tab; a third part is the ts of an open thread (`left=U1/C1/1700000000.000100`).
 * `panes=one` shows only the left pane; `drawer=traffic`, `drawer=faults` or `drawer=people` opens
 * the inspector.
 */
export async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const { pathname } = new URL(request.url ?? '/', 'http://workspace');
  for (const [pattern, type, load] of routes) {
    const path = pattern.exec(pathname);
    if (!path) continue;
    const body = await textOf(load, path[1] ?? '');
    if (body === null) response.writeHead(404, headers('text/plain')).end(`No ${pathname} here.`);
    else response.writeHead(200, headers(type)).end(request.method === 'HEAD' ? undefined : body);
    return true;
  }
  return false;
}

const headers = (type: string) => ({
  'content-type': `${type}; charset=utf-8`,
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** A file that is not there is a 404; anything else, such as TypeScript that does not parse, is a fault. */
async function textOf(load: Load, path: string): Promise<string | null> {
  try {
    return await load(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
