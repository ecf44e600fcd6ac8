import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/**
 * Loaded with `--import` before a program: when that ends, the file named by `LOADED_TO` says which npm
 * packages were loaded, whoever wanted them, which ones a file of the project asked for by name, and
 * which files of the project were loaded.
 */
const loaded = new Set<string>();
const wanted = new Set<string>();
const files = new Set<string>();
const root = new URL('../../', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const { parentURL: parent = '' } = context;
    const isPackage = /^[@a-z]/.test(specifier) && !/^(?:node|file|data):/.test(specifier);
    if (isPackage && parent.startsWith(root) && !parent.includes('/node_modules/'))
      wanted.add(`${parent.slice(root.length)} ${specifier}`);
    return next(specifier, context);
  },
  load(url, context, next) {
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1];
    if (name) loaded.add(name);
    else if (url.startsWith(root)) files.add(url.slice(root.length));
    return next(url, context);
  },
});

process.on('exit', () =>
  writeFileSync(
    process.env.LOADED_TO ?? '/dev/null',
    JSON.stringify({ loaded: [...loaded].sort(), wanted: [...wanted].sort(), files: [...files] }),
  ),
);
