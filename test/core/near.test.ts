import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/core/near.ts';

const verbs = [
  'status',
  'restart',
  'rollback',
  'approve',
  'block',
  'unblock',
  'logs',
  'health',
  'services',
];

describe('the nearest names', () => {
  test.each([
    ['restrat', ['restart']],
    ['rolback', ['rollback']],
    ['statsu', ['status']],
    ['aprove', ['approve']],
    ['STATUS', ['status']],
    ['unblok', ['unblock']],
    ['log', ['logs']],
    ['x', []],
    ['', []],
    ['nonsense', []],
  ])('of %s are %j', (typed, near) => {
    expect(nearest(typed, verbs)).toEqual(near);
  });

  test('are three at most, the nearest first', () => {
    expect(nearest('abcdef', ['abcdxy', 'abcdex', 'abcdef', 'abcxef'])).toEqual([
      'abcdef',
      'abcdex',
      'abcxef',
    ]);
  });

  test('count a swap of neighbours as one mistake', () => {
    expect(nearest('ba', ['ab'])).toEqual(['ab']);
    expect(nearest('ca', ['abc'])).toEqual([]);
  });

  test('are looked for in bounded time, however long the text', () => {
    expect(nearest('x'.repeat(100_000), verbs)).toEqual([]);
  });
});

test('nothing that shares no character is suggested, however short it is', () => {
  expect(nearest('\u{1F44B}', ['?', 'a', 'st'])).toEqual([]);
  expect(nearest('', ['?'])).toEqual([]);
  expect(nearest('s', ['st'])).toEqual(['st']);
});
