import { expect, test } from 'vitest';
import type { Replicas } from '../../src/core/capabilities.ts';

const never = new AbortController().signal;

/** What every driver's `replicas` must do. `setUp` gives a fresh target with two copies, both ready, of at most four. */
export function replicasContract(setUp: () => Promise<Replicas>): void {
  test('how many are wanted, how many are ready and how many there may be is read', async () => {
    const replicas = await setUp();
    expect(await replicas.read(never)).toEqual({ wanted: 2, ready: 2, most: 4 });
  });

  test.each([
    ['up', 4],
    ['down', 1],
  ])('it is scaled %s, and is done when that many are ready', async (_, to) => {
    const replicas = await setUp();
    await replicas.scale(to, 2, never);
    expect(await replicas.read(never)).toEqual({ wanted: to, ready: to, most: 4 });
  });

  test.each([
    ['somebody has scaled it meanwhile', 4, 3, never],
    ['that would be more than there may be', 5, 2, never],
    ['that is no number of copies', -1, 2, never],
    ['that is a part of a copy', 2.5, 2, never],
    ['it was called off', 3, 2, AbortSignal.abort()],
  ])('nothing is done when %s', async (_, to, expected, signal) => {
    const replicas = await setUp();
    await expect(replicas.scale(to, expected, signal)).rejects.toMatchObject({ happened: false });
    expect(await replicas.read(never)).toEqual({ wanted: 2, ready: 2, most: 4 });
  });
}
