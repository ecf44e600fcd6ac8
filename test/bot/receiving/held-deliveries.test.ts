import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdDeliveries } from '../../../src/bot/receiving/held-deliveries.ts';
import { holdFor } from '../../../src/core/intake.ts';
import { recordingLog } from '../recording-log.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An intake that notes what it is told, and breaks when it is told to. */
function holding() {
  const told: string[] = [];
  const state = { broken: false };
  const note = (what: string) => async (keys: readonly string[]) => {
    if (state.broken) throw new Error('the database is away');
    told.push(`${what} ${keys.join(' ')}`);
  };
  const log = recordingLog();
  const held = holdDeliveries({ settle: note('settle'), hold: note('hold') }, log);
  return { held, told, state, log };
}

test('what is done is written down a moment later, together', async () => {
  const { held, told } = holding();
  for (const key of ['a', 'b', 'c']) held.add(key);
  for (const key of ['a', 'b']) held.settle(key);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(told).toEqual(['settle a b']);
});

test('what was never held costs nothing when it is done', async () => {
  const { held, told } = holding();
  held.settle('only read');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told).toEqual([]);
});

test('what takes long is held again and again, well before anybody else may take it', async () => {
  const { held, told } = holding();
  held.add('a');
  await vi.advanceTimersByTimeAsync(holdFor);
  expect(told.filter((one) => one === 'hold a').length).toBeGreaterThanOrEqual(2);
  held.settle('a');
  await vi.advanceTimersByTimeAsync(100);
  const count = told.length;
  await vi.advanceTimersByTimeAsync(10 * holdFor);
  expect(told.length).toBe(count);
});

test('what is dropped is neither held nor settled', async () => {
  const { held, told } = holding();
  held.add('a');
  held.drop('a');
  held.settle('a');
  await vi.advanceTimersByTimeAsync(10 * holdFor);
  expect(told).toEqual([]);
});

test('while the database is away nothing is forgotten', async () => {
  const { held, told, state, log } = holding();
  held.add('a');
  held.add('b');
  state.broken = true;
  held.settle('a');
  await vi.advanceTimersByTimeAsync(5_000);
  held.settle('b');
  state.broken = false;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(told.join(' ')).toMatch(/settle a b|settle b a|settle a settle b|settle b settle a/);
  expect(log.lines.length).toBeGreaterThan(0);
});

test('a stop writes down at once what is done', async () => {
  const { held, told } = holding();
  held.add('a');
  held.settle('a');
  await held.flush();
  expect(told).toEqual(['settle a']);
});
