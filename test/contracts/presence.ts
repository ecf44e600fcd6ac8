import { expect, test } from 'vitest';
import type { Absence } from '../../src/core/incidents.ts';
import type { Store } from '../../src/store/open-store.ts';

/** What the suite needs; nobody else may beat meanwhile. */
export interface PresenceSetUp {
  store: Pick<Store, 'presence' | 'incidents'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

/** What every implementation of {@link Presence} must do. */
export function presenceContract(setUp: () => PresenceSetUp) {
  const presence = () => setUp().store.presence;
  const now = async () => (await setUp().store.incidents.next()).now;
  const lengthOf = ({ from, until }: Absence) => until - from;

  test('before the first word nobody was missing', async () => {
    expect(await presence().beat()).toBeNull();
    expect(await presence().absences(0)).toEqual([]);
  });

  test('as long as somebody is heard of every few seconds nobody was missing', async () => {
    await presence().beat();
    await setUp().pass(29_000);
    expect(await presence().beat()).toBeNull();
    await setUp().pass(29_000);
    expect(await presence().beat()).toBeNull();
    expect(await presence().absences(0)).toEqual([]);
  });

  test('a time without anybody is told once, to one of those who come back at once', async () => {
    await presence().beat();
    const from = await now();
    await setUp().pass(45_000);
    const told = await Promise.all([1, 2, 3, 4].map(() => presence().beat()));
    const found = told.filter((absence) => absence !== null);
    expect(found).toHaveLength(1);
    const [absence] = found as [Absence];
    expect(Math.abs(absence.from - from)).toBeLessThan(20_000);
    expect(lengthOf(absence)).toBeGreaterThanOrEqual(45_000);
    expect(await presence().beat()).toBeNull();
    expect(await presence().absences(0)).toEqual([absence]);
  });

  test('all of them are told to whoever asks, oldest first, from the moment on that is asked for', async () => {
    await setUp().pass(60_000);
    const second = await presence().beat();
    await setUp().pass(30_000);
    const third = await presence().beat();
    const all = await presence().absences(0);
    expect(all).toHaveLength(3);
    expect(all.slice(1)).toEqual([second, third]);
    expect(await presence().absences(third?.until ?? 0)).toEqual([third]);
    expect(await presence().absences((third?.until ?? 0) + 1)).toEqual([]);
  });
}
