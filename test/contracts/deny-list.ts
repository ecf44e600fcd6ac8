import { expect, test } from 'vitest';
import type { DenyList } from '../../src/core/capabilities.ts';

/** A system that refuses addresses, and a way to come from one. */
export interface DenyListUnderTest {
  denyList: DenyList;
  /** Whether somebody who comes from this address gets an answer. */
  lets(address: string): Promise<boolean>;
}

const never = new AbortController().signal;
const minute = 60_000;

/** What every driver's `denyList` must do. `setUp` gives an empty one. */
export function denyListContract(setUp: () => Promise<DenyListUnderTest>): void {
  const listed = async ({ denyList }: DenyListUnderTest) =>
    (await denyList.entries(never)).map(({ address }) => address);

  test.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.8'],
    ['198.51.100.0/25', '198.51.100.127', '198.51.100.128'],
    ['2001:db8::7', '2001:db8::7', '2001:db8::8'],
    ['2001:db8:5::/56', '2001:db8:5:ff::1', '2001:db8:5:100::1'],
  ])('%s keeps %s out and not %s, until it is taken off', async (address, inside, outside) => {
    const its = await setUp();
    await its.denyList.deny(address, 10 * minute, 'guesses passwords', never);
    expect([await its.lets(inside), await its.lets(outside)]).toEqual([false, true]);
    const [entry, ...more] = await its.denyList.entries(never);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ address, reason: 'guesses passwords' });
    const left = (entry?.until ?? 0) - Date.now();
    expect(left).toBeGreaterThan(9 * minute);
    expect(left).toBeLessThan(11 * minute);
    await its.denyList.allow(address, never);
    expect(await its.lets(inside)).toBe(true);
    expect(await listed(its)).toEqual([]);
  });

  test('what is on it already gets another end and is there once', async () => {
    const its = await setUp();
    await its.denyList.deny('203.0.113.9', minute, 'one', never);
    await its.denyList.deny('203.0.113.9', 60 * minute, 'two', never);
    const [entry, ...more] = await its.denyList.entries(never);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ address: '203.0.113.9', reason: 'two' });
    expect(entry?.until).toBeGreaterThan(Date.now() + 30 * minute);
  });

  test('what is not on it is taken for off already, and nothing else is touched', async () => {
    const its = await setUp();
    await its.denyList.deny('203.0.113.10', minute, 'one', never);
    await its.denyList.allow('203.0.113.1', never);
    await its.denyList.allow('203.0.113.0/24', never);
    expect(await listed(its)).toEqual(['203.0.113.10']);
  });

  test('it ends by itself', async () => {
    const its = await setUp();
    await its.denyList.deny('203.0.113.11', 1_000, 'a moment', never);
    expect(await its.lets('203.0.113.11')).toBe(false);
    await expect.poll(() => its.lets('203.0.113.11')).toBe(true);
    expect(await listed(its)).toEqual([]);
  });

  test.each(['', '..', 'nonsense', '203.0.113.7/33', '203.0.113.7; true', '203.0.113.7/../keys'])(
    'nothing is done for %j, which is no address',
    async (address) => {
      const its = await setUp();
      const denied = async () => its.denyList.deny(address, minute, 'no', never);
      await expect(denied()).rejects.toMatchObject({ happened: false });
      expect(await listed(its)).toEqual([]);
    },
  );

  test('nothing is done that was called off before', async () => {
    const its = await setUp();
    const denied = async () => its.denyList.deny('203.0.113.7', minute, 'no', AbortSignal.abort());
    await expect(denied()).rejects.toMatchObject({ happened: false });
    expect(await listed(its)).toEqual([]);
  });
}
