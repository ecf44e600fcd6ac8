import { expect, test } from 'vitest';
import { redactAll } from '../../src/handlers/redact-all.ts';

const redact = (text: string) => text.replace(/secret|BEGIN[\s\S]*?END/g, '[gone]');

test('every text in the data is redacted, wherever it is', () => {
  const data = {
    title: 'a secret',
    rows: [{ name: 'secret', at: 3, more: { command: 'x secret' } }],
    none: null,
  };
  expect(redactAll(data, redact)).toEqual({
    title: 'a [gone]',
    rows: [{ name: '[gone]', at: 3, more: { command: 'x [gone]' } }],
    none: null,
  });
});

test('a secret over several lines is found', () => {
  expect(redactAll({ lines: ['a', 'BEGIN', 'x', 'END', 'b'] }, redact)).toEqual({
    lines: ['a', '[gone]', 'b'],
  });
});

test('what tells one kind of data from another stays', () => {
  expect(redactAll({ kind: 'secret', lines: [] }, redact)).toEqual({ kind: 'secret', lines: [] });
});
