import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';

const libraries = [
  'preact',
  'preact/hooks',
  '@preact/signals',
  '@preact/signals-core',
  'htm',
  'htm/preact',
  'slack-message-parser',
];

/** Where `/lib/` is read from: the folder that holds the installed packages. */
export const libraryFolder = new URL(
  '../../',
  import.meta.resolve('preact').replace(/dist\/.*/, 'dist/'),
);

/** Real file paths, not aliases: a library's own relative imports are resolved against them. */
const imports = Object.fromEntries(
  libraries.map((name) => [name, import.meta.resolve(name).replace(libraryFolder.href, '/lib/')]),
);

const importMap = JSON.stringify({ imports });
const importMapHash = createHash('sha256').update(importMap).digest('base64');

/** Own files only, no inline script but the import map, no HTML made from strings, nobody's frame. */
export const contentPolicy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${importMapHash}'`,
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The page's HTML. Every module is preloaded, so that the depth of the imports costs no round trips. */
export function documentText(): string {
  const sheets = [firstSheet, ...pageFiles('.css').filter((path) => path !== firstSheet)].map(
    (path) => `<link rel="stylesheet" href="${path}">`,
  );
  const modules = [...Object.values(imports), ...pageFiles('.ts')].map(
    (path) => `<link rel="modulepreload" href="${path}">`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local workspace</title>
<link rel="icon" href="/page/icon.svg">
${sheets.join('\n')}
<script type="importmap">${importMap}</script>
${modules.join('\n')}
<script type="module" src="/page/main.ts"></script>
</head>
<body><div id="app"></div><noscript>This page needs JavaScript.</noscript></body>
</html>`;
}

/** It names the layers in their order, so that the order of the other sheets means nothing. */
const firstSheet = '/page/style/layers.css';

const pageFiles = (ending: string): string[] =>
  readdirSync(new URL('./page/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => `/page/${path.replaceAll('\\', '/')}`)
    .sort();
