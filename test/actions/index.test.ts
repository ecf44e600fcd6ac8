import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { queries } from '../../src/actions/index.ts';

test('every name and alias stands for one query', () => {
  const names = queries.flatMap(({ name, aliases }) => [name, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
});

describe.each(queries.map((query) => [query.name, query] as const))('%s', (name, query) => {
  test('says what it is for, gives examples and its runbook', () => {
    expect(query.summary).toMatch(/^[A-Z].*\.$/);
    expect(query.examples.length).toBeGreaterThan(0);
    for (const example of query.examples) expect(example.split(' ')[0]).toBe(name);
    expect(query.runbook).toMatch(/^00[0-4] /);
    expect(['read', 'read-sensitive']).toContain(query.risk);
  });

  test('works without any flag, refuses unknown ones and describes those it has', () => {
    expect(query.params.safeParse({}).success).toBe(true);
    expect(query.params.safeParse({ nonsense: '1' }).success).toBe(false);
    const { properties = {} } = z.toJSONSchema(query.params, { io: 'input' });
    for (const [flag, field] of Object.entries(properties)) {
      expect([flag, typeof field === 'object' && field.description]).toEqual([
        flag,
        expect.any(String),
      ]);
    }
  });
});
