import { expect, test } from 'vitest';
import { later, portOf } from '../../src/gatehouse/later.ts';

interface Port {
  add(one: number, other: number): Promise<number>;
}

test('a part is loaded by the first call, once, and not before', async () => {
  let loads = 0;
  const part = later(async () => {
    loads += 1;
    return { add: async (one: number, other: number) => one + other };
  });
  const port = portOf<Port, Port>(part, { add: true }, (loaded) => loaded);
  expect([loads, part.begun()]).toEqual([0, false]);
  expect(await Promise.all([port.add(1, 2), port.add(3, 4)])).toEqual([3, 7]);
  expect([loads, part.begun()]).toEqual([1, true]);
});

test('a load that failed is told, and tried again by the next who needs it', async () => {
  let loads = 0;
  const part = later(async () => {
    loads += 1;
    if (loads === 1) throw new Error('the disk is gone');
    return 'there';
  });
  await expect(part.get()).rejects.toThrow('the disk is gone');
  expect(part.begun()).toBe(false);
  expect(await part.get()).toBe('there');
});
