import { expect, test } from 'vitest';
import { z } from 'zod';
import { complain } from '../../../src/handlers/grammar/complaints.ts';
import { shapeOf } from '../../../src/handlers/grammar/shape.ts';

const params = z.object({
  mode: z.enum(['soft', 'hard']).describe('How it is done.'),
  other: z.enum(['soft', 'hard']).describe('How it is done.').optional(),
  words: z.array(z.string()).min(1).describe('Why it is done.'),
});
const shape = shapeOf(params);

/** What is said of these values. */
function said(given: Record<string, unknown>, operands: string[] = []) {
  const { error } = params.safeParse(given);
  const named = shape.flags.filter(({ key }) => operands.includes(key));
  return complain(error?.issues ?? [], given, shape, named);
}

const words = ['because'];

test('what is missing is said with what it is for', () => {
  expect(said({ words })).toEqual([
    { where: '--mode', what: 'is missing: How it is done.', field: 'mode' },
  ]);
  expect(said({ mode: 'soft', words: [] })).toEqual([
    { where: 'what follows it', what: 'is missing: Why it is done.', field: 'words' },
  ]);
});

test('an operand is named without dashes, and a flag with them', () => {
  const [operand, flag] = said({ mode: 'x', other: 'y', words }, ['mode']);
  expect([operand?.where, flag?.where]).toEqual(['MODE', '--other']);
});

test('what is nearly right is suggested, and nothing else', () => {
  expect(said({ mode: 'sotf', words })[0]?.what).toMatch(/; did you mean soft\?$/);
  expect(said({ mode: 'zzzz', words })[0]?.what).toMatch(/ \(How it is done\)$/);
});

test('the same of two places, and two things of one place, are each said; the same of the same once', () => {
  const issue = (key: string, values: string[]) =>
    ({ code: 'invalid_value', path: [key], values, message: 'Invalid ' }) as const;
  const issues = [
    issue('mode', ['a', 'b']),
    issue('mode', ['a', 'b']),
    issue('mode', ['c', 'd']),
    issue('other', ['a', 'b']),
  ];
  const given = { mode: 'zzzz', other: 'zzzz' };
  expect(complain(issues as never, given, shape).map(({ where }) => where)).toEqual([
    '--mode',
    '--mode',
    '--other',
  ]);
});
