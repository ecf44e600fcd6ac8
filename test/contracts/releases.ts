import { expect, test } from 'vitest';
import type { Release, Releases } from '../../src/core/capabilities.ts';

const january = Date.UTC(2026, 0, 1);
const february = Date.UTC(2026, 1, 1);

/** What every driver's `releases` must do. `setUp` gives a fresh target that has these releases. */
export function releasesContract(setUp: (has: readonly Release[]) => Promise<Releases>): void {
  const history = async (has: readonly Release[]) =>
    (await setUp(has)).history(new AbortController().signal);

  test('are listed newest first, with the one that is current and those that ran well', async () => {
    const old: Release = { id: '1.0.0', at: january, current: true, verified: true };
    const fresh: Release = { id: '1.1.0', at: february, current: false, verified: false };
    expect(await history([old, fresh])).toEqual([fresh, old]);
    expect(await history([fresh, old])).toEqual([fresh, old]);
  });

  test('none may be there, and none may be current', async () => {
    expect(await history([])).toEqual([]);
    const only: Release = { id: '1.0.0', at: january, current: false, verified: true };
    expect(await history([only])).toEqual([only]);
  });
}
