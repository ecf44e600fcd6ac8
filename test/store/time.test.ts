import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const store = join(import.meta.dirname, '../../src/store');
const files = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('0001-clock.ts'),
);

test.each(files)('%s reads the time of the database through gatehouse_now() alone', (name) => {
  const source = readFileSync(join(store, name), 'utf8');
  expect(source).not.toMatch(
    /(?<!clock\.)\b(now\(\)|(?:transaction|statement|clock)_timestamp|current_(?:timestamp|time|date)|localtime)/i,
  );
});
