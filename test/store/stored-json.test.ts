import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asStored, storedJson } from '../../src/store/database/stored-json.ts';

const anything = fc.anything({
  key: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'a', 'b', '\ud800')),
  values: [
    ...[fc.string({ unit: 'binary' }), fc.constantFrom('\0', 'half \udc00', 'whole \u{1F6A8}')],
    ...[fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, -0)],
  ],
});

test('a value in memory is what would come back from a database, in the same order', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(JSON.stringify(asStored(value))).toBe(storedJson(value));
      expect(asStored(asStored(value))).toEqual(asStored(value));
    }),
    { numRuns: 500 },
  );
});

test('there is one zero, and what is no number is nothing', () => {
  expect(Object.is(asStored({ zero: -0 }).zero, 0)).toBe(true);
  expect(asStored([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([null, null]);
});

test('what was stored once is shared and cannot be changed', () => {
  const once = asStored({ part: { of: ['it'] } });
  expect(asStored({ ...once, more: 1 }).part).toBe(once.part);
  expect(() => Object.assign(once.part, { of: [] })).toThrow();
});

test('fields stand in the order of their names, whatever order they were built in', () => {
  const value = { b: 1, a: { d: [true], c: null }, 10: 'x', 9: 'y' };
  expect(storedJson(value)).toBe('{"10":"x","9":"y","a":{"c":null,"d":[true]},"b":1}');
  expect(Object.keys(asStored({ b: 1, a: 2 }))).toEqual(['a', 'b']);
});

test('a text that has to be escaped is, and its name is as well', () => {
  for (const text of ['say "no"', 'C:\\temp', 'a\nb', '\u007f', 'é', '', ' ~!#[]']) {
    expect(storedJson(text)).toBe(JSON.stringify(text));
    expect(storedJson({ [text]: text })).toBe(JSON.stringify({ [text]: text }));
  }
});
