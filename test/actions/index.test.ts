import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { queries } from '../../src/actions/index.ts';

test('every name and alias stands for one query', () => {
  const names = queries.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

/** What may stand for every word that some query needs. */
const sample = 'jane@example.com';

describe.each(queries.map((query) => [query.name, query] as const))('%s', (name, query) => {
  test('says what it is for, gives examples and its runbook', () => {
    expect(query.summary).toMatch(/^[A-Z].*\.$/);
    expect(query.examples.length).toBeGreaterThan(0);
    for (const example of query.examples) expect(`${example} `.startsWith(`${name} `)).toBe(true);
    expect(query.runbook).toMatch(/^00[0-4] /);
    expect(['read', 'read-sensitive']).toContain(query.risk);
  });

  test('works without any flag, refuses unknown ones and describes those it has', () => {
    const words = Object.fromEntries((query.operands ?? []).map((key) => [key, sample]));
    expect(query.params.safeParse(words).success).toBe(true);
    expect(query.params.safeParse({ ...words, nonsense: '1' }).success).toBe(false);
    const { properties = {} } = z.toJSONSchema(query.params, { io: 'input' });
    for (const [flag, field] of Object.entries(properties)) {
      expect([flag, typeof field === 'object' && field.description]).toEqual([
        flag,
        expect.any(String),
      ]);
    }
  });
});
