import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wanted } from '../../src/core/wanted.ts';

const complaint = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(wanted)[0];

describe('what was wanted instead', () => {
  const count = z.int().min(1).max(10);
  const port = z.coerce.number().int();
  const list = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);
  test.each<[z.ZodType, unknown, string]>([
    [count, 0, 'expected at least 1'],
    [count, 11, 'expected at most 10'],
    [count, 'banana', 'expected a number'],
    [count, 1.5, 'expected a whole number'],
    [port, 'banana', 'expected a number'],
    [z.string(), 5, 'expected a text'],
    [z.strictObject({ a: z.string() }), {}, 'is missing; expected a text'],
    [z.strictObject({}), null, 'expected keys and values'],
    [z.string().min(2), 'x', 'expected at least 2 characters'],
    [z.array(z.string()).min(1), [], 'expected at least 1 of them'],
    [z.enum(['socket', 'http']), 'smoke', 'expected socket or http'],
    [z.literal(1), 2, 'expected 1'],
    [z.url(), 'x', 'expected an address such as https://…'],
    [list, 5, 'expected a text or a list'],
    [z.array(z.string()).min(2, 'expected two'), [], 'expected two'],
    [z.string().regex(/a/, 'expected an a'), 'b', 'expected an a'],
  ])('%#: %o', (schema, value, says) => {
    expect(complaint(schema, value)).toBe(says);
  });

  test('never speaks of NaN, undefined or what was received', () => {
    const schema = z.strictObject({ a: count, b: list, c: z.boolean(), d: z.string().max(3) });
    fc.assert(
      fc.property(fc.object(), (value) => {
        for (const issue of schema.safeParse(value).error?.issues ?? [])
          expect(wanted(issue)).not.toMatch(/NaN|undefined|received|Invalid input/);
      }),
    );
  });
});
