import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { gather } from '../../src/store/database/batches.ts';
import { patience } from '../support/patience.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const never = 60_000;

/** Lets batches end in the scheduler's order until everything is done. */
async function carryOut(scheduler: fc.Scheduler, all: Promise<unknown>): Promise<void> {
  let over = false;
  void all.then(() => {
    over = true;
  });
  for (; !over; await turn()) if (scheduler.count() > 0) await scheduler.waitOne();
}

/** Batches that are written when the test says so. */
function batchesOf(size: number, lanes: number, slow = never) {
  const batches: number[][] = [];
  const writing: (() => void)[] = [];
  const write = async (rows: readonly number[]) => {
    batches.push([...rows]);
    await new Promise<void>((resolve) => writing.push(resolve));
    return rows;
  };
  return { add: gather({ write, size, lanes, slow, waiting: 100 }), batches, writing };
}

test('rows that arrive while a batch is under way leave together, also when there is another lane', async () => {
  const { add, batches, writing } = batchesOf(3, 2);
  const first = [1, 2].map(add);
  await turn();
  const next = [3, 4].map(add);
  await turn();
  expect(batches).toEqual([[1, 2]]);
  writing.shift()?.();
  await Promise.all(first);
  await turn();
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
  writing.shift()?.();
  await Promise.all(next);
});

test('what arrives in one turn of the event loop leaves together', async () => {
  const { add, batches } = batchesOf(3, 1);
  void add(1);
  await Promise.resolve();
  void add(2);
  await turn();
  expect(batches).toEqual([[1, 2]]);
});

test('a whole batch takes another lane at once', async () => {
  const { add, batches } = batchesOf(3, 2);
  void add(1);
  await turn();
  for (const row of [2, 3, 4, 5]) void add(row);
  await turn();
  expect(batches).toEqual([[1], [2, 3, 4]]);
});

test('a batch that is slow holds nobody up for longer than it may', async () => {
  const { add, batches, writing } = batchesOf(3, 2, 5);
  const slow = add(1);
  await turn();
  const quick = add(2);
  await vi.waitFor(() => expect(batches).toEqual([[1], [2]]), patience);
  writing[1]?.();
  expect(await quick).toBe(2);
  const after = add(3); // the first still is under way, and is not counted twice
  await vi.waitFor(() => expect(batches).toHaveLength(3), patience);
  writing[2]?.();
  writing[0]?.();
  expect(await Promise.all([slow, after])).toEqual([1, 3]);
  void add(4);
  await turn();
  void add(5);
  await turn();
  expect(batches.slice(3)).toEqual([[4]]);
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
        const add = gather({ write, size, lanes, slow: never, waiting: 100 });
        const outcomes: Promise<number>[] = [];
        for (const [at, { pause }] of rows.entries()) {
          outcomes.push(add(at));
          if (pause) await turn();
        }
        const settled = Promise.allSettled(outcomes);
        await carryOut(scheduler, settled);
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
  const add = gather({ write, size: 1, lanes: 1, slow: never, waiting: 2 });
  const first = add(0);
  await turn();
  const rest = [1, 2].map(add);
  await expect(add(3)).rejects.toThrow('2 rows wait already');
  gate.resolve();
  expect(await Promise.all([first, ...rest])).toEqual([0, 1, 2]);
});
