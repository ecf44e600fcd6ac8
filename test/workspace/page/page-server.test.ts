import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { servePage } from '../../../workspace/page-server.ts';

const server = createServer((incoming, response) => {
  void servePage(incoming, response).then((served) => {
    if (!served) response.writeHead(418).end();
  });
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

/** Paths go out exactly as they are; `fetch` would tidy them. */
const get = (path: string, method = 'GET') =>
  new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', path, method }, async (answer) => {
        let body = '';
        for await (const chunk of answer) body += chunk;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
      asked.on('error', reject).end();
    },
  );

test('the document allows its own files and the one import map, nothing else', async () => {
  const { status, headers, body } = await get('/');
  const policy = String(headers['content-security-policy']);
  const map = /<script type="importmap">(.*?)<\/script>/.exec(body)?.[1] ?? '';
  expect(status).toBe(200);
  expect(policy).toContain(`'sha256-${createHash('sha256').update(map).digest('base64')}'`);
  expect(policy.split('; ').filter((one) => !one.startsWith('script-src'))).toEqual([
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ]);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(body.match(/<script(?! type="importmap"| type="module" src)/)).toBeNull();
  expect(body).not.toMatch(/style=|\son\w+=/);
});

test('every module, sheet and library that the document names is there, as what it is', async () => {
  const { body } = await get('/');
  const paths = [...body.matchAll(/(?:href|src)="(\/(?:page|lib)\/[^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths) {
    const { status, headers } = await get(path);
    expect([path, status]).toEqual([path, 200]);
    const type = path.endsWith('.css')
      ? 'text/css'
      : path.endsWith('.svg')
        ? 'image/svg'
        : 'text/javascript';
    expect(headers['content-type']).toContain(type);
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('modules arrive without their types, line for line', async () => {
  const { body } = await get('/page/show.ts');
  const source = readFileSync(new URL('../../../workspace/page/show.ts', import.meta.url), 'utf8');
  expect(body).not.toContain('FunctionComponent');
  const lines = (text: string) => text.split('\n').findIndex((line) => line.includes('h('));
  expect(lines(body)).toBe(lines(source));
});

test.each([
  '/page/../page-server.ts',
  '/page/..%2fpage-server.ts',
  '/page/%2e%2e/page-server.ts',
  '/page//etc/passwd',
  '/lib/preact/../../package.json',
  '/lib/zod/index.js',
  '/page/tsconfig.json/x',
  '/package.json',
  '/api/chat.postMessage',
])('%s is not the page', async (path) => {
  expect((await get(path)).status).toBe(418);
});

test('a file that is not there is said to be missing', async () => {
  expect((await get('/page/nothing.ts')).status).toBe(404);
  expect((await get('/lib/preact/dist/nothing.mjs')).status).toBe(404);
});

test('a HEAD has no body, and nothing is posted to a page', async () => {
  expect(await get('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect((await get('/', 'POST')).status).toBe(418);
});

test('no source of the page makes HTML from a string, or reaches beyond the workspace', () => {
  const root = new URL('../../../workspace/page/', import.meta.url).pathname;
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(ts|css)$/.test(path),
  );
  expect(sources.length).toBeGreaterThan(50);
  for (const path of sources) {
    const text = readFileSync(root + path, 'utf8');
    expect([
      path,
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(text),
    ]).toEqual([path, false]);
    expect([path, /https?:\/\/(?!example\.com)|@import|\sstyle=/.test(text)]).toEqual([
      path,
      false,
    ]);
  }
});
