import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Which folder may import which. A folder may always import itself; `npm` lists the packages it may
 * import (`node:` stands for all of Node). Changing this table changes the architecture: say why in
 * the commit.
 */
const layers: Record<string, { may: string[]; npm: string[] }> = {
  core: { may: [], npm: ['zod'] },
  config: { may: ['core'], npm: ['node:', 'zod', 'yaml', 'pino'] },
  permissions: { may: ['core'], npm: [] },
  actions: { may: ['core'], npm: ['zod', 'ipaddr.js'] },
  targets: {
    may: ['core'],
    npm: [
      'node:',
      'zod',
      'ioredis',
      'pg',
      'undici',
      '@kubernetes/client-node',
      '@aws-sdk/client-cognito-identity-provider',
    ],
  },
  notify: { may: ['core'], npm: ['node:', 'undici', 'nodemailer'] },
  'step-up': { may: ['core'], npm: ['node:', 'otpauth'] },
  runs: { may: ['core', 'permissions'], npm: ['node:', 'zod'] },
  incidents: { may: ['core', 'permissions'], npm: [] },
  store: {
    may: ['core'],
    npm: ['node:', 'pg', '@electric-sql/pglite', 'kysely', 'kysely/migration', 'pg-boss'],
  },
  views: { may: ['core'], npm: ['@slack/types'] },
  charts: {
    may: ['core'],
    npm: ['node:', '@resvg/resvg-js', 'd3-scale', 'd3-shape'],
  },
  handlers: { may: ['core', 'permissions', 'runs', 'incidents', 'views'], npm: ['zod'] },
  bot: {
    may: ['charts', 'core', 'handlers', 'views'],
    npm: [
      'node:',
      'zod',
      'undici',
      '@slack/bolt',
      '@slack/bolt/dist/App.js',
      '@slack/socket-mode',
      '@slack/web-api',
      '@slack/logger',
      '@slack/types',
    ],
  },
  web: { may: ['core', 'handlers', 'views'], npm: ['node:', 'prom-client'] },
  gatehouse: {
    may: [
      ...[
        'config',
        'core',
        'permissions',
        'runs',
        'incidents',
        'notify',
        'step-up',
        'store',
        'targets',
      ],
      ...['charts', 'views', 'handlers', 'bot', 'web'],
    ],
    npm: [],
  },
  workspace: {
    may: [],
    npm: [
      'node:',
      'ws',
      'yaml',
      'zod',
      'preact',
      'preact/hooks',
      'htm',
      'htm/preact',
      '@preact/signals',
      'slack-message-parser',
    ],
  },
  demo: { may: [], npm: ['node:', 'yaml'] },
};

/** What only main.ts and config/ may touch: time, chance, the environment, the process, the console. */
const edges =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bprocess\.(?!ts')|\bconsole\.|\bperformance\.now\(/;

const read = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${root}/${name}`)
    .map((path) => ({ path, layer: layerOf(path), source: readFileSync(path, 'utf8') }));

/** `src/core/run.ts` lies in `core`, `src/main.ts` in none, `demo/main.ts` in `demo`. */
const layerOf = (path: string): string | null => {
  const [root = '', folder = ''] = path.split('/');
  if (root !== 'src') return root;
  return folder.endsWith('.ts') ? null : folder;
};

const files = ['src', 'workspace', 'demo'].flatMap(read).filter(({ layer }) => layer !== null);

test('there is enough to check', () => {
  expect(files.filter(({ path }) => path.startsWith('src/')).length).toBeGreaterThan(40);
  expect(files.filter(({ path }) => path.startsWith('workspace/')).length).toBeGreaterThan(15);
  expect(files.filter(({ path }) => path.startsWith('demo/')).length).toBeGreaterThan(4);
});

test.each(files)('$path imports only what its layer may', ({ path, layer, source }) => {
  const { may, npm } = layers[layer ?? ''] ?? expect.fail(`${layer} has no row in the table`);
  const wrong = importsOf(source).filter((specifier) => {
    if (specifier.startsWith('node:')) return !npm.includes('node:');
    if (!specifier.startsWith('.')) return !npm.includes(specifier);
    const target = layerOf(posix.join(posix.dirname(path), specifier));
    return target === null || (target !== layer && !may.includes(target));
  });
  expect(wrong).toEqual([]);
});

const inside = files.filter(({ path, layer }) => path.startsWith('src/') && layer !== 'config');

test.each(inside)('$path leaves time, chance and the environment to main.ts', ({ source }) => {
  expect(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')).not.toMatch(edges);
});

test('no file needs one at the start that needs it', () => {
  const needs = new Map(files.map(({ path, source }) => [path, neededBy(path, source)]));
  const [done, open] = [new Set<string>(), [] as string[]];
  const circles: string[] = [];
  const visit = (path: string) => {
    if (open.includes(path)) circles.push([...open.slice(open.indexOf(path)), path].join(' → '));
    if (done.has(path) || open.includes(path)) return;
    open.push(path);
    for (const next of needs.get(path) ?? []) visit(next);
    open.pop();
    done.add(path);
  };
  for (const path of needs.keys()) visit(path);
  expect(circles).toEqual([]);
  expect([...needs.values()].flat().length).toBeGreaterThan(1_000);
});

test('no file of the product is longer than two hundred lines', () => {
  const long = files.filter(({ source }) => source.split('\n').length > 201);
  expect(long.map(({ path }) => path)).toEqual([]);
});

/** The files of its own that one cannot be loaded without: types are gone by then. */
function neededBy(path: string, source: string): string[] {
  const values = source.replace(/^(?:import|export) type\b[^;]*;/gm, '');
  return importsOf(values.replace(/\bimport\(/g, '('))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier));
}

/** Statements that begin a line, and `import()` anywhere; not the words in a sentence or a template. */
function importsOf(source: string): string[] {
  const statement =
    /^(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm;
  const call = /\bimport\(\s*['"]([^'"]+)['"]/g;
  return [...source.matchAll(statement), ...source.matchAll(call)].map(
    ([, from, bare]) => (from ?? bare) as string,
  );
}

test('every way to import is seen', () => {
  const seen = importsOf(
    [
      "import a from 'a';",
      "import { b,\n  c } from '../b.ts';",
      "import type { D } from 'd';",
      "export { e } from './e.ts';",
      "import 'f';",
      "const g = await import('g');",
      "const h = `to import from 'h'`;",
    ].join('\n'),
  );
  expect(seen.toSorted()).toEqual(['../b.ts', './e.ts', 'a', 'd', 'f', 'g']);
});
