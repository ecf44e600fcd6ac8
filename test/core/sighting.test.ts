import { expect, test } from 'vitest';
import { sight, sightAll } from '../../src/core/sighting.ts';
import { stillClock } from '../support/clock.ts';

test('a sighting says what was seen, when, and how long it took', async () => {
  const clock = stillClock(1_000);
  const run = async () => {
    clock.pass(12);
    return { health: 'up', detail: '200 in 12 ms' } as const;
  };
  expect(await sight({ name: 'ready', run }, clock, 1_000)).toEqual({
    probe: 'ready',
    health: 'up',
    detail: '200 in 12 ms',
    at: 1_012,
    took: 12,
    answered: true,
  });
});

test('a probe that cannot ask is unknown, with its reason', async () => {
  const run = () => Promise.reject(new Error('there is no route to its host'));
  const seen = await sight({ name: 'ready', run }, stillClock(), 1_000);
  expect(seen).toMatchObject({
    health: 'unknown',
    detail: 'there is no route to its host',
    answered: false,
  });
});

test('a probe that hangs is unknown, and the others do not wait for it', async () => {
  const done: string[] = [];
  const hung = { name: 'hung', run: () => new Promise<never>(() => {}) };
  const quick = {
    name: 'quick',
    run: async () => {
      done.push('quick');
      return { health: 'up', detail: 'fine' } as const;
    },
  };
  const all = sightAll([hung, quick], stillClock(), 30);
  await Promise.resolve().then(() => Promise.resolve());
  expect(done).toEqual(['quick']);
  expect((await all).map(({ probe, health }) => [probe, health])).toEqual([
    ['hung', 'unknown'],
    ['quick', 'up'],
  ]);
});
