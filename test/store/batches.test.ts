import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gather } from '../../src/store/database/batches.ts';

test('rows that arrive while a batch is under way leave together', async () => {
  const batches: number[][] = [];
  const write = async (rows: readonly number[]) => {
    batches.push([...rows]);
    await new Promise((resolve) => setImmediate(resolve));
    return rows;
  };
  const add = gather({ write, size: 3, lanes: 1, waiting: 100 });
  await Promise.all([1, 2].map(add));
  const first = add(3);
  await Promise.resolve();
  await Promise.all([first, ...[4, 5, 6, 7].map(add)]);
  expect(batches).toEqual([[1, 2], [3], [4, 5, 6], [7]]);
});

test('each row hears what became of it; a batch that fails rejects its own rows and no other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ bad: fc.boolean(), pause: fc.boolean() }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      async (scheduler, rows, size, lanes) => {
        let underWay = 0;
        const failed = new Set<number>();
        const write = async (batch: readonly number[]) => {
          underWay += 1;
          expect(underWay).toBeLessThanOrEqual(lanes);
          expect(batch.length).toBeLessThanOrEqual(size);
          await scheduler.schedule(Promise.resolve());
          underWay -= 1;
          if (!batch.some((row) => rows[row]?.bad)) return batch.map((row) => row * 10);
          for (const row of batch) failed.add(row);
          throw new Error('bad row');
        };
        const add = gather({ write, size, lanes, waiting: 100 });
        const outcomes: Promise<number>[] = [];
        for (const [at, { pause }] of rows.entries()) {
          outcomes.push(add(at));
          if (pause) await Promise.resolve();
        }
        const settled = Promise.allSettled(outcomes);
        await scheduler.waitFor(settled);
        for (const [at, outcome] of (await settled).entries()) {
          if (failed.has(at)) expect(outcome.status).toBe('rejected');
          else expect(outcome).toEqual({ status: 'fulfilled', value: at * 10 });
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('when too many wait, the next is refused at once and the others are served', async () => {
  const gate = Promise.withResolvers<void>();
  const write = async (rows: readonly number[]) => {
    await gate.promise;
    return rows;
  };
  const add = gather({ write, size: 1, lanes: 1, waiting: 2 });
  const first = add(0);
  await Promise.resolve();
  const rest = [1, 2].map(add);
  await expect(add(3)).rejects.toThrow('2 rows wait already');
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual([0, 1, 2]);
});
