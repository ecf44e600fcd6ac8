import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delivery, Intake } from '../../src/core/intake.ts';

let runs = 0;

/** Keys of one test never meet those of another. */
const freshKeys = () => {
  runs += 1;
  const prefix = `run-${runs}-`;
  return (name: string | number) => `${prefix}${name}`;
};

const delivery = (key: string): Delivery => ({ key, kind: 'click', actor: 'T1/U1' });

/** What every intake must do. `intake` gives the one under test, with whatever was recorded before. */
export function intakeContract(intake: () => Intake) {
  test('the first copy of a delivery is new and every later one was seen', async () => {
    const key = freshKeys()('a');
    expect(await intake().record(delivery(key))).toBe('new');
    expect(await intake().record(delivery(key))).toBe('seen');
    expect(await intake().record(delivery(key))).toBe('seen');
  });

  test('who sent a copy and as what makes no difference: the key alone does', async () => {
    const key = freshKeys()('a');
    await intake().record(delivery(key));
    expect(await intake().record({ key, kind: 'event', actor: 'T2/U2' })).toBe('seen');
  });

  test('a hundred copies that arrive at once are one new and ninety-nine seen', async () => {
    const key = freshKeys()('a');
    const copies = Array.from({ length: 100 }, () => intake().record(delivery(key)));
    expect((await Promise.all(copies)).toSorted()).toEqual(['new', ...Array(99).fill('seen')]);
  });

  test('more deliveries at once than fit a batch are all recorded', async () => {
    const key = freshKeys();
    const all = () =>
      Promise.all(Array.from({ length: 2_000 }, (_, i) => intake().record(delivery(key(i)))));
    expect(new Set(await all())).toEqual(new Set(['new']));
    expect(new Set(await all())).toEqual(new Set(['seen']));
  });

  test('in any order and interleaving of copies, each key is new exactly once', async () => {
    const arrival = fc.record({ name: fc.nat(5), awaited: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { maxLength: 40 }), async (arrivals) => {
        const key = freshKeys();
        const outcomes: Promise<[number, string]>[] = [];
        for (const { name, awaited } of arrivals) {
          const outcome = intake().record(delivery(key(name)));
          outcomes.push(outcome.then((said) => [name, said]));
          if (awaited) await outcome;
        }
        const fresh = (await Promise.all(outcomes)).filter(([, said]) => said === 'new');
        const names = fresh.map(([name]) => name).toSorted();
        expect(names).toEqual([...new Set(arrivals.map(({ name }) => name))].toSorted());
      }),
      { numRuns: 60 },
    );
  });

  test('keys that differ in anything at all are different keys', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((t) => !t.includes('\0'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { maxLength: 10 }), async (names) => {
        const key = freshKeys();
        const said = await Promise.all(names.map((name) => intake().record(delivery(key(name)))));
        expect(said).toEqual(names.map(() => 'new'));
      }),
      { numRuns: 60 },
    );
  });

  test('what cannot be stored is refused alone, and the rest of its batch is recorded', async () => {
    const key = freshKeys();
    const said = await Promise.allSettled(
      [key('a'), key('\0'), key('b'), key('\ud800'), key('x'.repeat(2_000)), key('c')].map((each) =>
        intake().record(delivery(each)),
      ),
    );
    expect(said.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
  });
}
