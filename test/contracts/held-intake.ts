import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GivenUpError } from '../../src/core/errors.ts';
import { type Delivery, holdFor } from '../../src/core/intake.ts';
import type { Store } from '../../src/store/open-store.ts';
import { entry, newRun } from './runs.ts';

/** The ports that a delivery with a request reaches. */
export interface HeldIntakeSetUp {
  store: Pick<Store, 'intake' | 'runs' | 'audit'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

const change = (key: string, request = '{}'): Delivery => ({
  key,
  kind: 'command',
  actor: 'T1:U1',
  request,
});

/** What every intake must do with a delivery that may change something. */
export function heldIntakeContract(setUp: () => HeldIntakeSetUp) {
  const intake = () => setUp().store.intake;
  const fresh = async (request?: string) => {
    const key = randomUUID();
    expect(await intake().record(change(key, request))).toBe('new');
    return key;
  };
  const left = async (keys: readonly string[], limit = 5_000) =>
    (await intake().takeUp(limit)).filter(({ key }) => keys.includes(key));
  const keysOf = (all: readonly { key: string }[]) => all.map(({ key }) => key);
  const asks = (origin: string, id: string = randomUUID()) =>
    setUp().store.runs.create(newRun({ id, origin }), entry('run.requested'));

  test('a change is nobody else’s while it is held, and then left behind with all that was asked', async () => {
    const request = '{ "text": "restart <a> \\"ü\\" \\u0000 \\ud800" }';
    const key = await fresh(request);
    await setUp().pass(holdFor - 1_000);
    expect(await left([key])).toEqual([]);
    await setUp().pass(2_000);
    const [found] = await left([key]);
    expect(found).toEqual({
      key,
      request,
      receivedAt: expect.any(Number),
      age: expect.any(Number),
    });
    expect(found?.age).toBeGreaterThanOrEqual(holdFor);
    expect(found?.age).toBeLessThan(holdFor + 60_000);
  });

  test('what only reads is never left behind', async () => {
    const key = randomUUID();
    await intake().record({ key, kind: 'command', actor: 'T1:U1' });
    await setUp().pass(holdFor + 1_000);
    expect(await left([key])).toEqual([]);
  });

  test('what is settled is never left behind, also when it is settled twice or was not there', async () => {
    const key = await fresh();
    await intake().settle([key, 'nothing']);
    await intake().settle([key]);
    await setUp().pass(holdFor + 1_000);
    expect(await left([key])).toEqual([]);
    expect(await intake().record(change(key))).toBe('seen');
  });

  test('a word in time holds it for as long again, and only what is named', async () => {
    const [one, other] = [await fresh(), await fresh()];
    await setUp().pass(holdFor - 2_000);
    await intake().hold([one]);
    await setUp().pass(4_000);
    expect(keysOf(await left([one, other]))).toEqual([other]);
    await setUp().pass(holdFor);
    expect(keysOf(await left([one]))).toEqual([one]);
  });

  test('what was taken up is the taker’s, then anybody’s again, until it is settled', async () => {
    const key = await fresh();
    await setUp().pass(holdFor + 1_000);
    expect(keysOf(await left([key]))).toEqual([key]);
    expect(await left([key])).toEqual([]);
    await setUp().pass(holdFor + 1_000);
    expect(keysOf(await left([key]))).toEqual([key]);
    await intake().settle([key]);
    await setUp().pass(holdFor + 1_000);
    expect(await left([key])).toEqual([]);
  });

  test('who had it cannot take it back once it is given up', async () => {
    const key = await fresh();
    await setUp().pass(holdFor + 1_000);
    await left([key]);
    await setUp().pass(holdFor - 2_000);
    await intake().hold([key]);
    await setUp().pass(4_000);
    expect(keysOf(await left([key]))).toEqual([key]);
  });

  test('of any number who look at once, one gets each, oldest first and no more than wanted', async () => {
    const keys: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      keys.push(await fresh());
      await setUp().pass(2);
    }
    await setUp().pass(holdFor + 1_000);
    while ((await intake().takeUp(1_000)).some(({ key }) => keys.includes(key)) === false);
    await setUp().pass(holdFor + 1_000);
    const looks = await Promise.all(Array.from({ length: 8 }, () => left(keys)));
    expect(keysOf(looks.flat()).toSorted()).toEqual(keys.toSorted());
    await setUp().pass(holdFor + 1_000);
    expect(keysOf(await left(keys))).toEqual(keys);
    await setUp().pass(holdFor + 1_000);
    expect((await intake().takeUp(2)).length).toBe(2);
    await intake().settle(keys);
  });

  test('of one origin there is one run, however often and at once it is asked for', async () => {
    const key = await fresh();
    const made = await Promise.all(Array.from({ length: 10 }, () => asks(key)));
    const ids = new Set(made.map(({ id }) => id));
    expect(ids.size).toBe(1);
    const [id = ''] = ids;
    expect(await setUp().store.runs.findByOrigin(key)).toEqual(await setUp().store.runs.find(id));
    expect(await setUp().store.audit.find({ subject: id, limit: 10 })).toHaveLength(1);
    expect(await asks(key)).toMatchObject({ id });
    expect(await setUp().store.runs.findByOrigin('nothing')).toBeNull();
  });

  test('an id that is taken stays an error, with an origin too', async () => {
    const run = await asks(await fresh());
    await expect(asks(await fresh(), run.id)).rejects.toThrow();
  });

  test('nothing comes of what was given up, and what came of it before stays', async () => {
    const [before, after] = [await fresh(), await fresh()];
    const run = await asks(before);
    await setUp().pass(holdFor + 1_000);
    expect(await left([before, after])).toHaveLength(2);
    await expect(asks(after)).rejects.toBeInstanceOf(GivenUpError);
    expect(await setUp().store.runs.findByOrigin(after)).toBeNull();
    expect(await asks(before)).toMatchObject({ id: run.id });
  });

  test('who gives it up sees the run that came of it, or none ever comes, in any order', async () => {
    const late = fc.record({ ask: fc.nat(4), look: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(fc.array(late, { minLength: 1, maxLength: 8 }), async (all) => {
        const keys = await Promise.all(all.map(() => fresh()));
        await setUp().pass(holdFor + 1_000);
        const asked = Promise.allSettled(
          all.map(({ ask }, at) => turns(ask).then(() => asks(keys[at] ?? ''))),
        );
        const seen = new Map<string, boolean>();
        const look = async () => {
          for (const { key } of await left(keys)) {
            seen.set(key, (await setUp().store.runs.findByOrigin(key)) !== null);
          }
        };
        await Promise.all([asked, ...all.map(({ look: wait }) => turns(wait).then(look))]);
        await look();
        for (const [at, { status }] of (await asked).entries()) {
          const key = keys[at] ?? '';
          const there = (await setUp().store.runs.findByOrigin(key)) !== null;
          expect(status === 'fulfilled').toBe(there);
          if (seen.has(key)) expect(seen.get(key)).toBe(there);
        }
        await intake().settle(keys);
      }),
      { numRuns: 40 },
    );
  });
}

/** Lets others go first, so many times. */
async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((resolve) => setImmediate(resolve));
}
