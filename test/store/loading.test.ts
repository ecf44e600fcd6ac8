import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const store = join(import.meta.dirname, '../../src/store');

/** What a process loads, packages and parts of Node, that imports one file and does nothing else. */
function loadedBy(file: string): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    await import(${JSON.stringify(join(store, file))});
    console.log(JSON.stringify(loaded));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(String(said));
}

test.each(['open-store.ts', 'store-door.ts', 'memory/memory-intake.ts'])(
  'importing %s loads no database code',
  (file) => {
    const loaded = loadedBy(file);
    expect(loaded.some((url) => url.endsWith(file))).toBe(true);
    expect(
      loaded.filter((url) => /node_modules\/(?!zod\/)|sqlite|worker_threads/.test(url)),
    ).toEqual([]);
  },
);

test('the embedded database is loaded in a thread of its own alone, where it holds up nobody', () => {
  const loaded = loadedBy('database/open-embedded.ts').join();
  expect(loaded).toContain('host-database.ts');
  expect(loaded).toContain('node_modules/kysely');
  expect(loaded).not.toContain('electric-sql');
});

test('the hook would see it', () => {
  const loaded = loadedBy('../../node_modules/@electric-sql/pglite/dist/index.js');
  expect(loaded.join()).toMatch(/node_modules\/.*pglite/);
});
