import { expect, test } from 'vitest';
import { customerWords } from '../../../src/views/incidents/customer-words.ts';

test.each([
  ['investigating', 'Sign-in does not work as it should. We are looking into it.'],
  ['monitoring', 'Sign-in did not work as it should. It should work again; we are watching it.'],
  ['resolved', 'Sign-in did not work as it should. It works again.'],
] as const)(
  'what customers’ people read does not contradict itself while it is %s',
  (state, said) => {
    expect(customerWords({ impact: [], state })).toBe(said);
  },
);
