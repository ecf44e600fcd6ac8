import { expect, test } from 'vitest';
import type { Instances } from '../../src/core/capabilities.ts';

/** A target with one instance, `api`, that runs release 1.4.2. */
export interface RunningTarget {
  instances: Instances;
  /** Ends the instance without asking, as somebody does by hand. */
  kill(): Promise<void>;
}

/** What every driver's `instances` must do. `setUp` gives a fresh target. */
export function instancesContract(setUp: () => Promise<RunningTarget>): void {
  const never = new AbortController().signal;

  test('an instance that runs is up, with its start and its release', async () => {
    const { instances } = await setUp();
    expect(await instances.instances(never)).toEqual([
      { id: 'api', health: 'up', startedAt: expect.any(Number), release: '1.4.2' },
    ]);
  });

  test('an instance that runs is listed the same each time', async () => {
    const { instances } = await setUp();
    expect(await instances.instances(never)).toEqual(await instances.instances(never));
  });

  test('an instance that was killed is down, and has neither start nor release', async () => {
    const { instances, kill } = await setUp();
    await kill();
    expect(await instances.instances(never)).toEqual([
      { id: 'api', health: 'down', startedAt: null, release: null },
    ]);
  });
}
