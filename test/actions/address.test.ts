import fc from 'fast-check';
import { expect, test } from 'vitest';
import { address } from '../../src/actions/user/address.ts';
import { hostileText } from '../properties/hostile-text.ts';

test.each(['jane@example.com', 'j.doe+auth@mail.example.co.uk', 'user-1@example.com', 'a@b.cd'])(
  '%s is an address',
  (text) => {
    expect(address.safeParse(text)).toEqual({ success: true, data: text });
  },
);

test.each([
  ...["x'OR'1'='1@example.com", 'a b@example.com', '$(id)@example.com', '`id`@example.com'],
  ...[
    '../a@example.com',
    'a/b@example.com',
    'a%2fb@example.com',
    '-a@example.com',
    '.a@example.com',
  ],
  ...['a@b@example.com', 'a,b@example.com', '<a@example.com>', 'a@example.com\n', 'a@example.com '],
  ...[
    'a@example',
    'a@-example.com',
    'a@example..com',
    '@example.com',
    'a@',
    'a',
    '',
    '*@example.com',
  ],
  ...['jané@example.com', 'jane@exаmple.com', 'a\u202e@example.com', 'a@example.com\0'],
  `${'a'.repeat(65)}@example.com`,
  `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.com`,
])('%j is none', (text) => {
  expect(address.safeParse(text).success).toBe(false);
});

test('whatever surrounds an @, nothing gets in that another reader takes for more than a name', () => {
  const around = fc.tuple(hostileText, hostileText).map(([one, other]) => `${one}@${other}.com`);
  const property = fc.property(fc.oneof(around, fc.emailAddress(), hostileText), (text) => {
    if (address.safeParse(text).success) expect(text).toMatch(/^[A-Za-z0-9_][\w.+@-]*$/);
  });
  fc.assert(property, { numRuns: 2_000 });
});
