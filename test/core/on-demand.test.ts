import { expect, test } from 'vitest';
import { loadAll } from '../../src/core/on-demand.ts';

test('every part is loaded, one after the other, and what cannot be is told and holds up nothing', async () => {
  const order: string[] = [];
  const told: unknown[] = [];
  const broken = new Error('the disk is gone');
  const part = (name: string) => async () => {
    order.push(`${name} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    order.push(`${name} is there`);
  };
  await loadAll(
    {
      first: part('first'),
      second: async () => Promise.reject(broken),
      third: part('third'),
    },
    (name, error) => told.push([name, error]),
  );
  expect(order).toEqual(['first begins', 'first is there', 'third begins', 'third is there']);
  expect(told).toEqual([['second', broken]]);
});
