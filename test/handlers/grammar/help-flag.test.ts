import { expect, test } from 'vitest';
import { write } from '../../../src/handlers/grammar/write.ts';
import { typedIn } from '../../../src/handlers/typed.ts';

const meant = (text: string) => {
  const place = { channel: 'C0', thread: null };
  const typed = typedIn({ kind: 'command', text, asker: { id: 'U0', team: 'T0' }, place });
  return typed?.ok ? write(typed.value) : typed;
};

test.each([
  ['--help', 'help'],
  ['-h', 'help'],
  ['—help', 'help'],
  ['--help logs', 'help logs'],
  ['status --help', 'help status'],
  ['status -H | head 2', 'help status | head 2'],
  ['help --help', 'help help'],
])('%s asks for help', (typed, understood) => {
  expect(meant(typed)).toBe(understood);
});

test.each([
  'explain df -h',
  'status --help=me',
  'logs rust-auth --help',
  'status --help rust-auth',
  'status "help"',
  'status --helper',
  'status --xh',
  'status',
  '',
])('%s does not', (typed) => {
  expect(meant(typed)).not.toMatch(/^help/);
});
