import { expect, test, vi } from 'vitest';
import { sparing } from '../../src/store/sparing.ts';
import { patience } from '../support/patience.ts';

test('of a flood, the first is told at once and the rest as a number', async () => {
  const told: [string, number][] = [];
  const tell = sparing((what: string, quiet) => told.push([what, quiet]), 30);
  for (const what of ['a', 'b', 'c']) tell(what);
  expect(told).toEqual([['a', 0]]);
  await vi.waitFor(() => {
    tell('d');
    expect(told).toHaveLength(2);
  }, patience);
  expect(told[1]?.[0]).toBe('d');
  expect(told[1]?.[1]).toBeGreaterThanOrEqual(2);
});
