import { expect, test } from 'vitest';
import { DeadlineError, within } from '../../src/core/deadline.ts';

const never = () => new Promise<never>(() => {});

test('work that is done in time gives its value', async () => {
  expect(await within(10_000, async () => 'done')).toBe('done');
});

test('work that fails in time fails as itself, also when it throws at once', async () => {
  await expect(within(10_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const throws = () => {
    throw new Error('at once');
  };
  await expect(within(10_000, throws)).rejects.toThrow('at once');
});

test('work that ignores its signal is cut off all the same', async () => {
  await expect(within(5, never)).rejects.toThrow(new DeadlineError(5));
  await expect(within(5, never)).rejects.toThrow('no answer within 5 ms');
});

test('the signal fires at the deadline, and what the work throws then is not what is heard', async () => {
  let fired = false;
  const heeds = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        fired = true;
        reject(new Error('aborted'));
      });
    });
  await expect(within(5, heeds)).rejects.toThrow(DeadlineError);
  expect(fired).toBe(true);
});

test('the signal stays silent when the work was in time', async () => {
  let signal: AbortSignal | undefined;
  await within(5, async (given) => {
    signal = given;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(signal?.aborted).toBe(false);
});

test('work that fails after its deadline is nobody’s unhandled rejection', async () => {
  let late: (error: Error) => void = () => {};
  const work = () =>
    new Promise<never>((_, reject) => {
      late = reject;
    });
  await expect(within(5, work)).rejects.toThrow(DeadlineError);
  late(new Error('too late'));
  await new Promise((resolve) => setTimeout(resolve, 5)); // the runner fails on unhandled rejections
});

test('what is thrown at the deadline can be said by whoever sets it, and is not asked for before', async () => {
  let said = 0;
  const late = () => {
    said += 1;
    return new Error('the door is closed');
  };
  expect(await within(10_000, async () => 'done', late)).toBe('done');
  expect(said).toBe(0);
  await expect(within(5, never, late)).rejects.toThrow('the door is closed');
});
