import { expect, test } from 'vitest';
import { anchorAfter } from '../../src/core/anchor.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where anchors are made, and how to make sure that there is at least one. */
export interface AnchorsSetUp {
  store: Pick<Store, 'notes' | 'anchors' | 'audit'>;
  pass(ms: number): Promise<void>;
}

/** What every implementation of `Anchors` must do. */
export function anchorsContract(setUp: () => AnchorsSetUp) {
  test('after so many records there is an anchor, which says how far the log was', async () => {
    for (let n = 0; n < anchorAfter.records; n += 1) {
      if (n % 15 === 0) await setUp().pass(60_000); // else they would only be counted
      const subject = `system:anchored-${n % 3}` as const;
      await setUp().store.notes.append(subject, { event: 'made', actor: 'gatehouse', facts: {} });
    }
    const first = await expect
      .poll(() => setUp().store.anchors.find(1))
      .not.toBeNull()
      .then(() => setUp().store.anchors.find(1));
    expect(first).toMatchObject({
      n: 1,
      seal: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      at: expect.any(Number),
    });
    expect(first?.records).toBeGreaterThanOrEqual(1);
    expect(await setUp().store.anchors.find(999_999)).toBeNull();
  });
}
