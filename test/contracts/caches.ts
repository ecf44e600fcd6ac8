import { expect, test } from 'vitest';
import type { Caches } from '../../src/core/capabilities.ts';

/** A system of which one prefix can be cleared. */
export interface Cached {
  caches: Caches;
  /** The names of all that it has, sorted. */
  names(): Promise<readonly string[]>;
}

const never = new AbortController().signal;
const others = ['cach', 'cache', 'cachet:a', 'Cache:a', 'session:cache:a', 'lockout:a'];

/** What every driver's `caches` must do. `setUp` gives a fresh system with these names. */
export function cachesContract(
  setUp: (prefix: string, has: readonly string[]) => Promise<Cached>,
): void {
  test('what is listed is counted and removed, and nothing else', async () => {
    const own = ['cache:a', 'cache:a:b', 'cache:*', 'cache:ü'];
    const { caches, names } = await setUp('cache:', [...own, ...others]);
    expect(caches.prefixes()).toEqual(['cache:']);
    expect(await caches.size('cache:', never)).toBe(own.length);
    expect(await names()).toEqual([...own, ...others].toSorted());
    expect(await caches.clear('cache:', never)).toBe(own.length);
    expect(await names()).toEqual(others.toSorted());
    expect(await caches.size('cache:', never)).toBe(0);
    expect(await caches.clear('cache:', never)).toBe(0);
  });

  test('signs in a prefix that mean more than themselves to a search mean themselves', async () => {
    const { caches, names } = await setUp('a.b-c_', ['a.b-c_1', 'aXb-c_1', 'a.bbc_1', 'a.b-cX1']);
    expect(await caches.clear('a.b-c_', never)).toBe(1);
    expect(await names()).toHaveLength(3);
  });

  test('many are removed as well as few', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `cache:${index}`);
    const { caches, names } = await setUp('cache:', [...many, ...others]);
    expect(await caches.clear('cache:', never)).toBe(many.length);
    expect(await names()).toEqual(others.toSorted());
  });

  test.each([
    ['a prefix that is not listed', 'session:', never],
    ['everything', '', never],
    ['a pattern', 'cache:*', never],
    ['something that was called off', 'cache:', AbortSignal.abort()],
  ])('nothing is done for %s', async (_, prefix, signal) => {
    const { caches, names } = await setUp('cache:', ['cache:a', 'session:a']);
    await expect((async () => caches.clear(prefix, signal))()).rejects.toMatchObject({
      name: 'TargetError',
      happened: false,
    });
    expect(await names()).toEqual(['cache:a', 'session:a']);
  });
}
