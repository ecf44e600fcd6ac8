import { expect, test } from 'vitest';
import type { RateLimit } from '../../src/core/capabilities.ts';

/** A system that limits how often one address may ask, and a way to ask often. */
export interface RateLimitUnderTest {
  rateLimit: RateLimit;
  /** How many of so many requests of one new address get an answer. */
  answered(requests: number): Promise<number>;
}

const never = new AbortController().signal;
const minute = 60_000;

/** What every driver's `rateLimit` must do. `setUp` gives a system at its usual preset. */
export function rateLimitContract(setUp: () => Promise<RateLimitUnderTest>): void {
  test('every preset but the usual one lets through no more than it says, and less and less', async () => {
    const { rateLimit, answered } = await setUp();
    const [usual = '', ...stricter] = rateLimit.presets();
    let last = (await rateLimit.read(never)).perMinute;
    for (const preset of stricter) {
      await rateLimit.use(preset, 30 * minute, never);
      const state = await rateLimit.read(never);
      expect(state.preset).toBe(preset);
      expect(state.perMinute).toBeLessThan(last);
      expect((state.until ?? 0) - Date.now()).toBeGreaterThan(29 * minute);
      last = state.perMinute;
    }
    const through = await answered(3 * last);
    expect(through).toBeGreaterThan(0);
    expect(through).toBeLessThanOrEqual(2 * last); // a new minute may have begun meanwhile
    await rateLimit.use(usual, null, never);
    expect(await rateLimit.read(never)).toMatchObject({ preset: usual, until: null });
    expect(await answered(3 * last)).toBe(3 * last);
  });

  test('a stricter preset ends by itself', async () => {
    const { rateLimit } = await setUp();
    const [usual = '', strict = ''] = rateLimit.presets();
    await rateLimit.use(strict, 1_000, never);
    expect((await rateLimit.read(never)).preset).toBe(strict);
    const preset = async () => (await rateLimit.read(never)).preset;
    await expect.poll(preset).toBe(usual);
  });

  test.each([
    ['a preset that there is not', 'generous', minute, never],
    ['a stricter one that never ends', 1, null, never],
    ['what was called off before', 1, minute, AbortSignal.abort()],
  ])('nothing is done for %s', async (_, preset, lasts, signal) => {
    const { rateLimit } = await setUp();
    const before = await rateLimit.read(never);
    const name = typeof preset === 'string' ? preset : (rateLimit.presets()[preset] ?? '');
    await expect((async () => rateLimit.use(name, lasts, signal))()).rejects.toMatchObject({
      name: 'TargetError',
      happened: false,
    });
    expect(await rateLimit.read(never)).toEqual(before);
  });
}
