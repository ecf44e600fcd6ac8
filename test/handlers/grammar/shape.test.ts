import { expect, test } from 'vitest';
import { z } from 'zod';
import { complain } from '../../../src/handlers/grammar/complaints.ts';
import { typeable } from '../../../src/handlers/grammar/flags.ts';
import { flagTyped, operandsOf, shapeOf } from '../../../src/handlers/grammar/shape.ts';
import { command } from './some-commands.ts';

const schema = z.strictObject({
  address: z.string().describe('Which one.').meta({ title: 'Address' }),
  most: z.int().optional(),
  share: z.number().optional(),
  dryRun: z.boolean().default(false),
  how: z.enum(['soft', 'hard']).default('soft'),
  level: z.literal([1, 'two']).optional(),
  when: z.date().optional(),
  words: z.array(z.string()).describe('The rest.'),
});
const flag = {
  kind: 'text',
  required: false,
  about: '',
  title: null,
  choices: null,
  fallback: null,
};

test('what a command takes is read from its schema', () => {
  expect(shapeOf(schema)).toMatchObject({
    flags: [
      {
        ...flag,
        name: 'address',
        key: 'address',
        required: true,
        about: 'Which one.',
        title: 'Address',
      },
      { ...flag, name: 'most', key: 'most', kind: 'number' },
      { ...flag, name: 'share', key: 'share', kind: 'number' },
      { ...flag, name: 'dry-run', key: 'dryRun', kind: 'switch' },
      { ...flag, name: 'how', key: 'how', choices: ['soft', 'hard'], fallback: 'soft' },
      { ...flag, name: 'level', key: 'level' },
      { ...flag, name: 'when', key: 'when' },
    ],
    words: 'list',
    about: 'The rest.',
    needsWords: true,
  });
});

test('a command may take nothing, words that need not be there, or one text', () => {
  const nothing = { flags: [], words: 'none', about: '', needsWords: false };
  expect(shapeOf(z.strictObject({}))).toEqual(nothing);
  const words = z.array(z.string()).optional();
  expect(shapeOf(z.strictObject({ words }))).toEqual({ ...nothing, words: 'list' });
  expect(shapeOf(z.strictObject({ words: z.string() }))).toEqual({
    ...nothing,
    words: 'text',
    needsWords: true,
  });
  const [one] = shapeOf(z.strictObject({ words, note: z.string() })).flags;
  expect(one).toMatchObject({ name: 'note', required: true });
  expect(shapeOf(z.strictObject({ words, note: z.string() }))).toMatchObject({ needsWords: false });
});

test('a flag is found by its name, and else by what it is called as well', () => {
  const { flags } = shapeOf(
    z.strictObject({
      for: z.string().meta({ aliases: ['ttl', 5, 'note'] }),
      note: z.string(),
    }),
  );
  expect(flags.map(({ aliases }) => aliases)).toEqual([['ttl', 'note'], []]);
  expect(flagTyped(flags, 'TTL')?.name).toBe('for');
  expect(flagTyped(flags, 'note')?.name).toBe('note');
  expect(flagTyped(flags, 'until')).toBeUndefined();
});

test('whatever has a target takes its environment by a flag as well, if it has none of that name', () => {
  expect(typeable(command('logs')).flags).toEqual([
    {
      ...flag,
      name: 'env',
      aliases: [],
      key: '--env',
      about: 'The environment, when it is not written service@env',
    },
  ]);
  expect(typeable(command('whoami', { aim: 'none' })).flags).toEqual([]);
  const own = command('trace', { params: z.strictObject({ env: z.number() }) });
  expect(typeable(own).flags.map(({ kind }) => kind)).toEqual(['number']);
});

test('the shape of a schema is worked out once', () => {
  expect(shapeOf(schema)).toBe(shapeOf(schema));
});

test('operands are in their own order, and none where none are named', () => {
  const shape = shapeOf(schema);
  const names = (operands?: string[]) =>
    operandsOf(operands ? { operands } : {}, shape).map(({ name }) => name);
  expect(names(['how', 'nothing', 'address'])).toEqual(['how', 'address']);
  expect(names()).toEqual([]);
});

test('what is wrong inside of words is said of them', () => {
  const given = { address: 'x', words: ['a', 5] };
  const found = schema.safeParse(given);
  expect(found.success || complain(found.error.issues, given, shapeOf(schema))).toEqual([
    { where: 'what follows it', what: 'expected a text', field: 'words' },
  ]);
});
