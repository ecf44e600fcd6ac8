import { expect, test } from 'vitest';
import { sentence } from '../../../src/views/text/sentence.ts';

test.each([
  ['it ends by itself', 'It ends by itself.'],
  ['There is no account jane@example.com..', 'There is no account jane@example.com.'],
  ['nobody knows: try again!', 'Nobody knows: try again!'],
  ['rust-auth: it is the only copy', 'rust-auth: it is the only copy.'],
  ['1.14.0 takes its place', '1.14.0 takes its place.'],
  ['`unblock` ends it', '`unblock` ends it.'],
  ['', ''],
])('%j is said as %j', (text, said) => {
  expect(sentence(text)).toBe(said);
});
