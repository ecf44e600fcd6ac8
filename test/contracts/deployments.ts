import { expect, test } from 'vitest';
import type { Deployments, Instances, Releases } from '../../src/core/capabilities.ts';

/** A target with the releases `new` (current, not known to run well) and `old`; every copy runs `new`. */
export interface Switchable {
  deployments: Deployments;
  releases: Releases;
  instances: Instances;
}

const never = new AbortController().signal;

/** What every driver's `deployments` must do. `setUp` gives a fresh target. */
export function deploymentsContract(setUp: () => Promise<Switchable>): void {
  const seen = async ({ releases, instances }: Switchable) => ({
    current: (await releases.history(never)).find(({ current }) => current)?.id,
    copies: await instances.instances(never),
  });

  test('a switch makes the release current and every copy a new one that runs it', async () => {
    const target = await setUp();
    const before = await seen(target);
    await target.deployments.use('old', 'new', never);
    const after = await seen(target);
    expect(after.current).toBe('old');
    expect(after.copies).toHaveLength(before.copies.length);
    for (const [index, copy] of after.copies.entries()) {
      expect(copy).toMatchObject({ health: 'up', release: 'old' });
      expect(copy.startedAt).not.toBe(before.copies[index]?.startedAt);
    }
  });

  test('it is remembered for which release another one was left', async () => {
    const target = await setUp();
    await target.deployments.use('old', 'new', never);
    const left = (await target.releases.history(never)).find(({ id }) => id === 'new');
    expect(left).toMatchObject({ current: false, leftFor: 'old' });
  });

  const isVerified = async ({ releases }: Switchable, release: string) =>
    (await releases.history(never)).find(({ id }) => id === release)?.verified;

  test('what was seen to run well counts as verified, also when it was left', async () => {
    const target = await setUp();
    await target.deployments.markVerified('new', never);
    const before = await seen(target);
    await target.deployments.markVerified('new', never);
    expect(await seen(target)).toEqual(before);
    await target.deployments.use('old', 'new', never);
    expect(await isVerified(target, 'new')).toBe(true);
  });

  test('what was only deployed does not', async () => {
    const target = await setUp();
    await target.deployments.use('old', 'new', never);
    expect(await isVerified(target, 'new')).toBe(false);
  });

  test.each([
    ['it is not the current one', 'old', never],
    ['there is no such release', 'none', never],
    ['it was called off', 'new', AbortSignal.abort()],
  ])('nothing is called verified when %s', async (_, release, signal) => {
    const target = await setUp();
    const before = await target.releases.history(never);
    await expect(target.deployments.markVerified(release, signal)).rejects.toMatchObject({
      happened: false,
    });
    expect(await target.releases.history(never)).toEqual(before);
    await target.deployments.use('old', 'new', never);
    expect(await isVerified(target, 'new')).toBe(false);
  });

  test.each([
    ['another release is the current one by now', 'old', 'older', never],
    ['there is no such release', 'none', 'new', never],
    ['the name is a path', '../../etc', 'new', never],
    ['it was called off', 'old', 'new', AbortSignal.abort()],
  ])('nothing is done when %s', async (_, release, expected, signal) => {
    const target = await setUp();
    const before = await seen(target);
    await expect(target.deployments.use(release, expected, signal)).rejects.toMatchObject({
      happened: false,
    });
    expect(await seen(target)).toEqual(before);
    const releases = await target.releases.history(never);
    expect(releases.every(({ leftFor }) => leftFor === undefined)).toBe(true);
  });
}
