import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationBetween, formatDuration, parseDuration } from '../../src/core/duration.ts';

describe('reading a duration', () => {
  test.each([
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['2.5 s', 2_500],
    ['3 m 12 s', 192_000],
    ['500ms', 500],
    ['30D', 2_592_000_000],
    [' 1w ', 604_800_000],
    ['0s', 0],
  ])('%s is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', ' ', '15', 'm', '-5m', '1 m5', '1.m', '1e3s', 'Infinity s', '٣m', '15min'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  test('any text gives milliseconds or null, at once', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.string({ unit: fc.constantFrom('1', '9', '.', ' ', 'm', 's', 'h'), maxLength: 2_000 }),
    );
    fc.assert(
      fc.property(text, (any) => {
        const ms = parseDuration(any);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('showing a duration', () => {
  test.each([
    [0, '0 ms'],
    [0.2, '<1 ms'],
    [12, '12 ms'],
    [999, '999 ms'],
    [2_500, '2.5 s'],
    [9_960, '10 s'],
    [59_700, '1 m'],
    [192_000, '3 m 12 s'],
    [3_599_600, '1 h'],
    [3_600_000, '1 h'],
    [86_399_999, '1 d'],
    [100_000_000, '1 d 4 h'],
    [-5, '0 ms'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  const anyDuration = fc.integer({ min: 1, max: 400 * 86_400_000 });

  test('what is shown is read back as about the same, and shown the same again', () => {
    fc.assert(
      fc.property(anyDuration, (ms) => {
        const shown = formatDuration(ms);
        const back = parseDuration(shown) ?? Number.NaN;
        expect(Math.abs(back - ms)).toBeLessThanOrEqual(0.05 * ms);
        expect(formatDuration(back)).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });

  test('a longer one is never shown as a shorter one', () => {
    fc.assert(
      fc.property(anyDuration, anyDuration, (a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)].map(
          (ms) => parseDuration(formatDuration(ms)) ?? Number.NaN,
        );
        expect(short).toBeLessThanOrEqual(long ?? Number.NaN);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('a duration in a schema keeps to its bounds and says them', () => {
  const since = durationBetween('1m', '30d');
  expect(since.parse('1h')).toBe(3_600_000);
  for (const wrong of ['59s', '31d', 'soon', '']) {
    const { error } = since.safeParse(wrong);
    expect(error?.issues[0]?.message).toContain('between 1m and 30d');
  }
});
