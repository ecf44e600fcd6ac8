import { describe, expect, test } from 'vitest';
import { createCopies } from '../../../src/bot/people/copies.ts';
import { stillClock } from '../../support/clock.ts';

/** Copies of what is answered when the test says so. */
function copying() {
  const clock = stillClock();
  const asked: { key: string; answer(value: string): void; fail(): void }[] = [];
  const copies = createCopies<string>({
    ask: (key) =>
      new Promise((resolve, reject) => {
        asked.push({ key, answer: resolve, fail: () => reject(new Error('no')) });
      }),
    fresh: 10,
    stale: 100,
    patience: 20,
    clock,
  });
  const copied = async (value: string) => {
    const got = copies.get('a');
    asked.at(-1)?.answer(value);
    await got;
  };
  return { clock, asked, copies, copied };
}

describe('a copy', () => {
  test('is used while it is fresh, counted from when it was asked for', async () => {
    const { clock, asked, copies } = copying();
    const first = copies.get('a');
    clock.pass(8);
    asked[0]?.answer('one');
    expect(await first).toBe('one');
    clock.pass(2);
    expect(await copies.get('a')).toBe('one');
    clock.pass(1);
    void copies.get('a');
    expect(asked).toHaveLength(2);
  });

  test('that is no longer fresh is replaced by the new one when that comes soon', async () => {
    const { clock, asked, copies, copied } = copying();
    await copied('one');
    clock.pass(50);
    const second = copies.get('a');
    asked[1]?.answer('two');
    expect(await second).toBe('two');
  });

  test('that is no longer fresh serves while the new one takes long, which is kept when it comes', async () => {
    const { clock, asked, copies, copied } = copying();
    await copied('one');
    clock.pass(50);
    expect(await copies.get('a')).toBe('one');
    asked[1]?.answer('two');
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(await copies.get('a')).toBe('two');
    expect(asked).toHaveLength(2);
  });

  test('that is no longer fresh serves when no new one can be had, and one that is stale does not', async () => {
    const { clock, asked, copies, copied } = copying();
    await copied('one');
    clock.pass(100);
    const served = copies.get('a');
    asked[1]?.fail();
    expect(await served).toBe('one');
    clock.pass(1);
    const stale = copies.get('a');
    asked[2]?.fail();
    await expect(stale).rejects.toThrow('no');
  });

  test('is asked for once at a time, and again after it could not be had', async () => {
    const { asked, copies } = copying();
    const both = Promise.allSettled([copies.get('a'), copies.get('a')]);
    asked[0]?.fail();
    await both;
    expect(asked).toHaveLength(1);
    void copies.get('a');
    expect(asked).toHaveLength(2);
  });

  test('that is forgotten while it is asked for is not kept, for it may be from before the change', async () => {
    const { asked, copies } = copying();
    const before = copies.get('a');
    copies.forget('a');
    const after = copies.get('a');
    asked[1]?.answer('new');
    asked[0]?.answer('old');
    expect([await before, await after]).toEqual(['old', 'new']);
    expect(await copies.get('a')).toBe('new');
  });

  test('of one key says nothing of another, and not all of them are kept', async () => {
    const { asked, copies } = copying();
    for (let count = 0; count < 6_000; count += 1) {
      const got = copies.get(`${count}`);
      asked.at(-1)?.answer(`${count}`);
      expect(await got).toBe(`${count}`);
    }
    expect(await copies.get('5999')).toBe('5999');
    void copies.get('0');
    expect(asked).toHaveLength(6_001);
  });
});
