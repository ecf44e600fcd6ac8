import { expect, test } from 'vitest';
import { clip } from '../../../src/views/text/clip.ts';

const marks = (count: number) => '\u0301'.repeat(count);

test.each([
  ['what fits is whole', 'abcdef', 6, 'abcdef'],
  ['what does not ends in a sign for it', 'abcdefg', 6, 'abcde…'],
  ['one place is enough for the sign', 'abc', 1, '…'],
  ['no place is enough for nothing', 'abc', 0, ''],
  ['less than no place as well', 'abc', -3, ''],
  ['an entity that fits stays', '&amp;xyz', 6, '&amp;…'],
  ['an entity that does not goes as a whole', 'x&amp;yz', 6, 'x…'],
  ['so does a short one', 'x&lt;y', 4, 'x…'],
  ['and the other one', 'x&gt;y', 4, 'x…'],
  ['an entity that is over is in nobody’s way', '&lt;abcdef', 7, '&lt;ab…'],
  ['an entity that comes after the cut is none of its business', 'ab&amp;', 2, 'a…'],
  ['an & that begins none is a character', 'ab& cdef', 4, 'ab&…'],
  ['a pair goes as a whole', 'ab\u{1f600}cd', 4, 'ab…'],
  ['so does a letter of several parts', 'abe\u0301fg', 4, 'ab…'],
  ['and a picture of several', 'ab\u{1f469}\u200d\u{1f4bb}cd', 6, 'ab…'],
  ['what is joined to an entity goes with it', 'ab&lt;\u0301cd', 7, 'ab…'],
  ['and what an entity is joined to', '\u0d4e&lt;\u0301yyyy', 5, '…'],
])('%s', (_, text, limit, shown) => {
  expect(clip(text, limit)).toBe(shown);
});

test('far into a text it is cut as at the beginning', () => {
  const long = 'x'.repeat(300);
  expect(clip(`${long}e\u0301fg`, 302)).toBe(`${long}…`);
  expect(clip(`${long}&amp;fg`, 304)).toBe(`${long}…`);
  expect(clip(`${long}abc`, 302)).toBe(`${long}a…`);
});

test('a heap of marks is no letter, and is cut, but in no pair', () => {
  expect(clip(`a${marks(200)}`, 151)).toBe(`a${marks(149)}…`);
  const pairs = '\u{e0100}'.repeat(100);
  expect(clip(`a${pairs}`, 152)).toBe(`a${pairs.slice(0, 150)}…`);
  expect(clip(`a${pairs}`, 151)).toBe(`a${pairs.slice(0, 148)}…`);
  const first = '\u{1e000}'.repeat(100); // whose second half is the least that there is
  expect(clip(`a${first}`, 151)).toBe(`a${first.slice(0, 148)}…`);
  const above = '\ufe0f'.repeat(200); // no half of any pair, though above them
  expect(clip(`a${above}`, 151)).toBe(`a${above.slice(0, 149)}…`);
  const end = 1 + 64; // where looking back just reaches its beginning
  expect(clip(`a${marks(200)}`, end)).toBe('…');
  expect(clip(`a${marks(200)}`, end + 1)).toBe(`a${marks(end - 1)}…`);
});
