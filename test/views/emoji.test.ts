import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import known from '../../workspace/page/text/emoji.json' with { type: 'json' };

const source = join(import.meta.dirname, '../../src');

/** The names of emoji at the beginning of a text or alone in it, as code writes them. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/['"`]:([a-z][a-z0-9_+-]*):/g)].map(([, name = '']) => name);

test('every sign that people are shown is one that Slack has, and that the local page draws', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  const names = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => namesIn(readFileSync(join(source, file), 'utf8')));
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !Object.hasOwn(known, name))).toEqual([]);
});
