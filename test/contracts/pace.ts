import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { Outbox, OutboxRow, Sent } from '../../src/core/outbox.ts';
import { bucketOf, type Pace, type PaceLimits, untilLeft } from '../../src/core/pace.ts';
import type { Severity } from '../../src/core/severity.ts';
import { changeOf, declarer, type IncidentsSetUp } from './incidents.ts';

const within = 36_000_000;
const most = 21;

/**
 * Limits so wide apart that it does not matter how long the rest takes: ten calls at once, of which three are for
 * what somebody waits for, and then one in 3,000,000 ms.
 */
export const paceLimits: PaceLimits = {
  'chat.postMessage': { most, within },
  'chat.update': { most, within },
  'files.info': { most, within },
  'pins.add': { most: 50, within: 60_000 },
};
const [burst, kept, interval] = [10, 3, 3_000_000];
const [old, every] = [60_000, 10];

/** Two bots on one database that keep {@link paceLimits}. */
export interface PaceSetUp extends IncidentsSetUp {
  bots: readonly [Bot, Bot];
}

type Bot = { outbox: Outbox; pace: Pace };

/** What every implementation of {@link Pace}, and the outbox that keeps it, must do. */
export function paceContract(setUp: () => PaceSetUp) {
  const bot = (n = 0) => setUp().bots[n % 2] ?? expect.fail();
  const take = (limit: number, n = 0) => bot(n).outbox.take(limit);
  const pass = (ms: number) => setUp().pass(ms);
  const place = () => `C-${randomUUID()}`;
  const incidents = () => setUp().store.incidents;
  const declare = declarer(incidents);
  const posted = (row: OutboxRow): Sent => ({
    kind: 'shown',
    version: row.wanted,
    posted: { channel: row.to, ts: `${row.id}.1` },
  });
  const send = async (rows: readonly OutboxRow[]) => {
    for (const row of rows) await bot().outbox.report(row.id, posted(row));
  };
  /** An incident with a notice in a channel of its own; answers the channel. */
  const notice = async (urgency: 0 | 1 | 2, severity: Severity = 2, to = place()) => {
    await declare({ severity }, [{ kind: 'notice', to, urgency }]);
    return to;
  };
  const notices = async (count: number, urgency: 0 | 1 | 2, severity?: Severity) => {
    const places: string[] = [];
    for (let n = 0; n < count; n += 1) places.push(await notice(urgency, severity));
    return places;
  };
  /** Cards that stand, each in a channel of its own, and are to be edited; answers the channels. */
  const edits = async (count: number): Promise<string[]> => {
    const places = Array.from({ length: count }, place);
    const all: Incident[] = [];
    for (const to of places) all.push(await declare({}, [{ kind: 'incident', to, urgency: 1 }]));
    for (let sent = 0; sent < count; ) {
      await pass(within);
      const rows = await take(count);
      await send(rows);
      sent += rows.length;
    }
    for (const incident of all) await incidents().transition(changeOf(incident));
    return places;
  };
  const waitFor = async (limit = 1) => {
    const waits: number[] = [];
    const rows = await bot().outbox.take(limit, (ms) => waits.push(ms));
    return { rows, waits };
  };

  /** Nothing is owed any more. */
  const forget = async () => {
    const { outbox } = setUp().store;
    for (let rows = await outbox.take(1_000); rows.length > 0; rows = await outbox.take(1_000)) {
      for (const { id } of rows) await outbox.report(id, { kind: 'never', why: 'it is over' });
      await pass(within);
    }
  };

  beforeEach(async () => {
    await pass(2 * within); // everything rests no more and is full
    await forget();
  });

  describe('what the outbox hands out', () => {
    test('is as much at once as may go, and then one after the other', async () => {
      await notices(20, 0);
      const first = await waitFor(20);
      expect(first.rows).toHaveLength(burst);
      await send(first.rows);
      expect(await take(20, 1)).toEqual([]);
      await pass(interval);
      expect(await take(20, 1)).toHaveLength(1);
      await pass(2 * interval);
      expect(await take(20)).toHaveLength(2);
    });

    test('leaves what somebody waits for a part, and goes before the rest', async () => {
      await notices(20, 1);
      expect(await take(20)).toHaveLength(burst - kept);
      expect(await take(20)).toEqual([]);
      const urgent = await notice(0, 4);
      expect((await take(20, 1)).map(({ to }) => to)).toEqual([urgent]);
      const more = await notices(5, 0);
      expect((await take(20)).map(({ to }) => to).toSorted()).toEqual(more.slice(0, 2).toSorted());
    });

    test('says when the next may go that only waits for that', async () => {
      await notices(9, 2);
      const { rows, waits } = await waitFor(20);
      expect(rows).toHaveLength(burst - kept);
      expect(waits).toHaveLength(1);
      expect(waits[0]).toBeGreaterThan(0.9 * interval);
      expect(waits[0]).toBeLessThanOrEqual(interval);
      await pass(waits[0] ?? 0);
      expect((await waitFor(20)).rows).toHaveLength(1);
    });

    test('is held up by nothing while there is room, and says so', async () => {
      await notices(2, 2);
      const { rows, waits } = await waitFor(20);
      expect([rows.length, waits]).toEqual([2, []]);
    });

    test('is held up by nothing while nothing is due, however much was handed out before', async () => {
      await notices(burst, 0);
      const { rows } = await waitFor(20);
      expect(rows).toHaveLength(burst);
      expect(await waitFor(20)).toEqual({ rows: [], waits: [] }); // it is being sent
      await send(rows);
      expect(await waitFor(20)).toEqual({ rows: [], waits: [] });
    });

    test('is shared by two bots, however they take', async () => {
      await notices(16, 0);
      const taken = await Promise.all([0, 1, 2, 3, 4, 5].map((n) => take(3, n)));
      expect(taken.flat()).toHaveLength(burst);
    });

    test('comes back when it was not sent after all', async () => {
      await notices(burst + 1, 0);
      const [first, ...rest] = await take(20);
      expect(rest).toHaveLength(burst - 1);
      const notNow = {
        kind: 'not-now',
        retryIn: within,
        why: 'no channel',
        counts: false,
      } as const;
      await bot().outbox.report(first?.id ?? '', notNow, [], 'chat.postMessage');
      expect(await take(20, 1)).toHaveLength(1);
      expect(await take(20)).toEqual([]);
    });

    test('does not come back with whoever says too late that it was not sent', async () => {
      await notices(burst, 0);
      const [first] = await take(burst);
      await pass(interval);
      const [again] = await take(burst, 1);
      expect(again).toMatchObject({ id: first?.id, attempts: 2 });
      const notNow = { kind: 'not-now', retryIn: within, why: 'no channel' } as const;
      const say = (row: OutboxRow | undefined) =>
        bot().outbox.report(row?.id ?? '', notNow, [], 'chat.postMessage', row?.taking);
      await say(first);
      expect(await take(burst)).toEqual([]);
      await say(again);
      expect(await take(burst)).toHaveLength(1);
    });

    test('is not lost for long when nobody comes back', async () => {
      await notices(burst, 0);
      expect(await take(20)).toHaveLength(burst);
      await pass(interval);
      expect(await take(20, 1)).toHaveLength(1); // again, by the other bot
      await pass(burst * interval);
      expect(await take(20, 1)).toHaveLength(burst);
    });

    test('is of each method by itself: edits that wait hold up no post, not even in their place', async () => {
      const places = await edits(burst);
      const edited = await take(20);
      expect(edited).toHaveLength(burst - kept);
      const held = places.filter((to) => !edited.some((row) => row.to === to));
      for (const to of held) await notice(2, 4, to);
      const rows = await take(20);
      expect(rows.map(({ to }) => to).toSorted()).toEqual(held.toSorted());
      expect(rows.map(({ posted: stands }) => stands)).toEqual(held.map(() => null));
    });

    test('is never more in any time than the limit says, whoever takes', async () => {
      const step = fc.record({
        limit: fc.integer({ min: 1, max: 9 }),
        wait: fc.integer({ min: 0, max: 6 }),
        by: fc.nat(2),
      });
      const callsOf = async ({ limit, by }: { limit: number; by: number }): Promise<number> => {
        if (by < 2) return (await take(limit, by)).length;
        return (await bot().pace.take('chat.postMessage')) === 0 ? 1 : 0;
      };
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
          await pass(2 * within);
          await forget();
          await notices(24, 0);
          const at: number[] = [];
          let time = 0;
          for (const each of steps) {
            await pass(each.wait * interval);
            time += each.wait * interval;
            const now = time;
            at.push(...Array.from({ length: await callsOf(each) }, () => now));
          }
          const inside = at.map((from) => at.filter((one) => one >= from && one < from + within));
          expect(Math.max(0, ...inside.map(({ length }) => length))).toBeLessThanOrEqual(most);
        }),
        { numRuns: 5 },
      );
    });
  });

  describe('the order', () => {
    /** Takes one after the other, with all the time they need, until there is no more. */
    const inOrder = async (places: readonly string[]) => {
      const order: string[] = [];
      for (let n = 0; n < 2 * places.length; n += 1) {
        await pass(interval);
        const rows = await take(1, n);
        order.push(...rows.map(({ to }) => to));
        await send(rows);
      }
      return order;
    };

    test('is by urgency and severity however long the line is, but for every tenth', async () => {
      const routine = await notices(8, 1, 4);
      await pass(2 * old);
      const urgent = [
        await notice(0, 3),
        await notice(0, 1),
        await notice(1, 1),
        await notice(1, 2),
      ];
      const order = await inOrder([...routine, ...urgent]);
      expect(order.toSorted()).toEqual([...routine, ...urgent].toSorted());
      const [third, first, worse, bad] = urgent;
      expect(order.filter((to) => !routine.includes(to))).toEqual([first, third, worse, bad]);
      expect(order.indexOf(bad ?? '')).toBeLessThanOrEqual(4); // four, and one of the old ones at most
      expect(order.filter((to) => routine.includes(to))).toEqual(routine);
    });

    test('lets nothing wait for ever: of any ten that go one is the oldest', async () => {
      const one = fc.record({
        urgency: fc.constantFrom(0 as const, 1 as const, 2 as const),
        severity: fc.constantFrom<Severity>(1, 2, 3, 4),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(one, { minLength: every, maxLength: every + 6 }), async (all) => {
          await pass(2 * within);
          const left: string[] = [];
          for (const { urgency, severity } of all) {
            left.push(await notice(urgency, severity));
            await pass(2); // each has its age
          }
          await pass(old);
          const isOldest: boolean[] = [];
          for (const to of await inOrder(left)) {
            isOldest.push(to === left[0]);
            left.splice(left.indexOf(to), 1);
          }
          expect(left).toEqual([]);
          for (let n = every; n <= isOldest.length; n += 1) {
            expect(isOldest.slice(n - every, n)).toContain(true);
          }
        }),
        { numRuns: 5 },
      );
    });

    test('is the same in one place, where an escalation overtakes what was said before it', async () => {
      const to = place();
      await notice(2, 1, to);
      await notice(1, 4, to);
      await pass(6_000);
      await notice(0, 4, to);
      const urgencies: string[] = [];
      for (let n = 0; n < 3; n += 1) {
        const rows = await take(5);
        urgencies.push(...rows.map(({ subject }) => subject));
        await send(rows);
      }
      const numbers = urgencies.map((subject) => Number(subject.slice(4).split('/')[0]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    });
  });

  describe('what is called besides', () => {
    test('has its own part, and leaves what is kept for those who wait', async () => {
      const { pace } = bot();
      for (let n = 0; n < burst - kept; n += 1) expect(await pace.take('files.info')).toBe(0);
      const wait = await bot(1).pace.take('files.info');
      expect(wait).toBeGreaterThan(0.9 * interval);
      expect(wait).toBeLessThanOrEqual(interval);
      await pass(wait);
      expect(await pace.take('files.info')).toBe(0);
      expect(await pace.take('views.open')).toBe(0); // it has no limit
    });

    test('is counted when somebody waits for it, and what is sent then waits longer', async () => {
      for (let n = 0; n < burst + 2; n += 1) await bot(n).pace.spend('chat.postMessage');
      await notices(2, 0);
      expect(await take(5)).toEqual([]);
      await pass(2 * interval);
      expect(await take(5)).toEqual([]);
      await pass(interval);
      expect(await take(5)).toHaveLength(1);
    });

    test('waits to the millisecond as long as it has to, however many went before', async () => {
      const bucket = bucketOf(paceLimits['pins.add'] ?? expect.fail());
      let full = 0; // in how many millionths of a second the bucket is full
      for (let n = 1; n <= 200; n += 1) {
        await bot(n).pace.spend('pins.add');
        full += Math.round(bucket.interval * 1_000);
        if (n < burst || n % 5 > 0) continue;
        const state = { fullIn: full / 1_000, restsFor: 0 };
        expect(await bot(n).pace.take('pins.add')).toBe(untilLeft(bucket, state, bucket.kept + 1));
        await pass(n);
        full -= n * 1_000;
      }
    });

    test('takes together with others no more than there is', async () => {
      const asked = Array.from({ length: 20 }, (_, n) => bot(n).pace.take('files.info'));
      const waits = await Promise.all(asked);
      expect(waits.filter((wait) => wait === 0)).toHaveLength(burst - kept);
    });
  });

  describe('what Slack has asked patience for', () => {
    const post = 'chat.postMessage';

    test('in one channel takes the burst away, and posts elsewhere go on one by one', async () => {
      await notices(5, 0);
      await bot().pace.limited(post, 'C1', 60 * interval);
      await bot(1).pace.limited(post, 'C1', 60 * interval);
      expect(await take(5)).toEqual([]);
      await pass(interval);
      expect(await take(5, 1)).toHaveLength(1);
    });

    test('in two channels at a time is posted nowhere, by either bot', async () => {
      await notices(5, 0);
      await bot().pace.limited(post, 'C1', 40 * interval);
      await bot(1).pace.limited(post, 'C2', 30 * interval);
      await pass(29 * interval);
      const { rows, waits } = await waitFor(5);
      expect(rows).toEqual([]);
      expect(waits[0]).toBeGreaterThan(0.9 * interval);
      expect(await bot(1).pace.take(post)).toBeGreaterThan(0.9 * interval);
      await pass(interval);
      expect(await take(5, 1)).toHaveLength(5);
    });

    test('nobody knows where and then in a channel is posted nowhere for as long as either', async () => {
      await notices(5, 0);
      await bot().pace.limited(post, null, 5 * interval);
      await bot(1).pace.limited(post, 'C1', 40 * interval);
      await pass(39 * interval);
      expect(await take(5)).toEqual([]);
      await pass(interval);
      expect(await take(5, 1)).toHaveLength(5);
    });

    test('in two channels one after the other is about each of them', async () => {
      await notices(5, 0);
      await bot().pace.limited(post, 'C1', interval);
      await pass(11 * interval);
      await bot().pace.limited(post, 'C2', 60 * interval);
      await pass(interval);
      expect(await take(5)).toHaveLength(1);
    });

    test('with any other method rests everywhere at once', async () => {
      await edits(1);
      await bot().pace.limited('files.info', null, 20 * interval);
      await bot().pace.limited('chat.update', 'C1', 20 * interval);
      await pass(19 * interval);
      expect(await take(5)).toEqual([]);
      expect(await bot(1).pace.take('files.info')).toBeGreaterThan(0);
      await pass(interval);
      expect(await take(5)).toHaveLength(1);
      expect(await bot(1).pace.take('files.info')).toBe(0);
    });

    test('holds for a bot that keeps no pace of its own, too', async () => {
      await setUp().store.incidents.next();
      await notices(1, 0);
      await bot().pace.limited(post, null, interval);
      expect(await setUp().store.outbox.take(5)).toEqual([]);
      await pass(interval);
      expect(await setUp().store.outbox.take(5)).toHaveLength(1);
    });
  });
}
