import { expect, test } from 'vitest';
import type { SigningKeys } from '../../src/core/capabilities.ts';

/** A system that signs tokens, and a way to hold one. */
export interface SigningKeysUnderTest {
  signingKeys: SigningKeys;
  /** Signs in, and answers which key signed the token and how to see whether it still is good. */
  token(): Promise<{ key: string; isGood(): Promise<boolean> }>;
  /** The ids of the public keys that everybody can read. */
  published(): Promise<readonly string[]>;
}

const never = new AbortController().signal;
const minute = 60_000;

/** What every driver's `signingKeys` must do. */
export function signingKeysContract(setUp: () => Promise<SigningKeysUnderTest>): void {
  const current = async ({ signingKeys }: SigningKeysUnderTest): Promise<string> =>
    (await signingKeys.keys(never)).find((key) => key.current)?.id ?? expect.fail('none signs');

  test('the key that signs is the one that is current, and there is one', async () => {
    const its = await setUp();
    const keys = await its.signingKeys.keys(never);
    expect(keys.filter((key) => key.current)).toHaveLength(1);
    expect((await its.token()).key).toBe(await current(its));
    expect(keys.map(({ id }) => id).toSorted()).toEqual((await its.published()).toSorted());
  });

  test('with an overlap a new key signs, and what the old one signed is good for that long', async () => {
    const its = await setUp();
    const before = await its.token();
    await its.signingKeys.rotate(before.key, 10 * minute, never);
    const after = await its.token();
    expect(after.key).not.toBe(before.key);
    expect(await current(its)).toBe(after.key);
    expect([await before.isGood(), await after.isGood()]).toEqual([true, true]);
    const old = (await its.signingKeys.keys(never)).find(({ id }) => id === before.key);
    expect(old).toMatchObject({ current: false });
    expect((old?.until ?? 0) - Date.now()).toBeGreaterThan(9 * minute);
    expect((old?.until ?? 0) - Date.now()).toBeLessThan(11 * minute);
    expect(await its.published()).toEqual(expect.arrayContaining([before.key, after.key]));
  });

  test('without one every token that was signed before is refused at once', async () => {
    const its = await setUp();
    await its.signingKeys.rotate(await current(its), 10 * minute, never);
    const before = await its.token();
    await its.signingKeys.rotate(before.key, 0, never);
    const after = await its.token();
    expect([await before.isGood(), await after.isGood()]).toEqual([false, true]);
    expect(await its.published()).toEqual([after.key]);
    expect(await its.signingKeys.keys(never)).toHaveLength(1);
  });

  test.each([
    ['another key signs by now', 'key-of-yesterday', never],
    ['it was called off before', null, AbortSignal.abort()],
  ])('nothing is done when %s', async (_, expected, signal) => {
    const its = await setUp();
    const before = await its.signingKeys.keys(never);
    const rotated = its.signingKeys.rotate(expected ?? (await current(its)), 0, signal);
    await expect(rotated).rejects.toMatchObject({ name: 'TargetError', happened: false });
    expect(await its.signingKeys.keys(never)).toEqual(before);
  });

  test('of two who rotate the same key at the same time one does', async () => {
    const its = await setUp();
    const before = await current(its);
    const both = await Promise.allSettled([
      its.signingKeys.rotate(before, minute, never),
      its.signingKeys.rotate(before, minute, never),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [lost] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(lost).toMatchObject({ happened: false });
  });
}
