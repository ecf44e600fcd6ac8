import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pages } from '../bin/pages.ts';

test.each(Object.entries(pages))(
  '%s says what the code does: npm run docs renews it',
  (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);
