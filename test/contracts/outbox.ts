import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OutboxRow, Sent } from '../../src/core/outbox.ts';
import type { RunState } from '../../src/core/run.ts';
import type { Transition } from '../../src/core/transition.ts';
import { change, entry, newRun, type RunsSetUp } from './runs.ts';

const tries = 12;
const hold = 10_000;

/** What every implementation of {@link Outbox} must do. */
export function outboxContract(setUp: () => RunsSetUp) {
  const outbox = () => setUp().store.outbox;
  const pass = (ms: number) => setUp().pass(ms);
  const shown = (version: number): Sent => ({
    kind: 'shown',
    version,
    posted: { channel: 'C1', ts: `1.${version}` },
  });
  const notNow = (more: { counts?: false } = {}): Sent => ({
    kind: 'not-now',
    retryIn: 1_000,
    why: 'rate limited',
    ...more,
  });

  /** A run with messages to these places, at version 2. */
  const runWith = async (...places: string[]) => {
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    await moveOn(run, ...places);
    return run.id;
  };
  const moveOn = (at: Pick<Transition, 'id' | 'version'>, ...places: string[]) =>
    setUp().store.runs.transition(change(at, { messages: places.map(card) }));
  const card = (to: string) => ({ kind: 'card', to }) as const;
  const place = () => `C-${randomUUID()}`;
  const takeOne = async (): Promise<OutboxRow> => {
    const rows = await outbox().take(10);
    expect(rows).toHaveLength(1);
    return rows[0] as OutboxRow;
  };

  /** Takes what is due, and reports the same of all of it, until nothing is. */
  const finish = async (sent: Sent) => {
    const rows = await outbox().take(1_000);
    for (const { id } of rows) await outbox().report(id, sent);
    if (rows.length > 0) await finish(sent);
  };

  beforeEach(async () => {
    const old = { kind: 'never', why: 'of an older test' } as const;
    await pass(1_000_000);
    await finish(old);
  });

  test('a change’s message is to be shown in its newest version, and has nothing behind it', async () => {
    const to = place();
    const subject = await runWith(to);
    expect(await takeOne()).toEqual({
      id: expect.any(String),
      kind: 'card',
      subject,
      to,
      wanted: 2,
      shown: 0,
      posted: null,
      attempts: 1,
      taking: 1,
      ambiguous: false,
      waits: 0,
    });
  });

  test('a change that did not happen leaves no message', async () => {
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    await moveOn({ ...run, version: 2 }, place());
    expect(await outbox().take(10)).toEqual([]);
  });

  test('what was shown is not due again, until its subject has changed', async () => {
    const subject = await runWith(place());
    const { id } = await takeOne();
    await outbox().report(id, shown(2));
    expect(await outbox().take(10)).toEqual([]);
    await moveOn({ id: subject, version: 2 });
    const posted = { channel: 'C1', ts: '1.2' };
    expect(await takeOne()).toMatchObject({ id, wanted: 3, shown: 2, posted, attempts: 1 });
  });

  test('a change while it is being sent makes it due again at once', async () => {
    const subject = await runWith(place());
    const { id } = await takeOne();
    await moveOn({ id: subject, version: 2 });
    expect(await outbox().take(10)).toEqual([]);
    await outbox().report(id, shown(2));
    expect(await takeOne()).toMatchObject({ id, wanted: 3, shown: 2 });
  });

  test('each place of a run has one row, however often it is asked for', async () => {
    const [one, two] = [place(), place()];
    const subject = await runWith(one, two, one);
    await moveOn({ id: subject, version: 2 }, two);
    const rows = await outbox().take(10);
    expect(rows.map(({ to }) => to).toSorted()).toEqual([one, two].toSorted());
    expect(rows.map(({ wanted }) => wanted)).toEqual([3, 3]);
  });

  test('a row that Slack did not take comes again when it was said, and not before', async () => {
    await runWith(place());
    const { id } = await takeOne();
    await outbox().report(id, notNow());
    await pass(900);
    expect(await outbox().take(10)).toEqual([]);
    await pass(200);
    expect(await takeOne()).toMatchObject({ id, attempts: 2, ambiguous: false });
  });

  test('whoever comes too late to say that nothing was sent does not take it from who has it now', async () => {
    await runWith(place());
    const first = await takeOne();
    await pass(11_000);
    const second = await takeOne();
    expect(second).toMatchObject({ id: first.id, attempts: 2, ambiguous: true });
    const nothing = { kind: 'not-now', retryIn: 0, why: 'too late' } as const;
    await outbox().report(first.id, nothing, [], undefined, first.taking);
    expect(await outbox().take(10)).toEqual([]);
    await outbox().report(first.id, nothing, [], undefined, second.taking);
    expect(await takeOne()).toMatchObject({ id: first.id, attempts: 3 });
  });

  test('whoever had it before it was shown and taken anew takes it from nobody', async () => {
    const subject = await runWith(place());
    const first = await takeOne();
    await pass(hold + 1);
    const second = await takeOne();
    await outbox().report(second.id, shown(2), [], undefined, second.taking);
    await moveOn({ id: subject, version: 2 });
    const third = await takeOne();
    expect([third.id, third.attempts]).toEqual([first.id, first.attempts]);
    await outbox().report(first.id, notNow(), [], undefined, first.taking);
    await pass(1_100);
    expect(await outbox().take(10)).toEqual([]); // the third has it
    await outbox().report(third.id, shown(3), [], undefined, third.taking);
    expect(await outbox().take(10)).toEqual([]);
  });

  test('a row that may have arrived says so until it was shown', async () => {
    const subject = await runWith(place());
    const { id } = await takeOne();
    await outbox().report(id, { kind: 'ambiguous', retryIn: 0, why: 'no answer' });
    expect(await takeOne()).toMatchObject({ id, ambiguous: true });
    await outbox().report(id, notNow());
    await pass(1_100);
    expect(await takeOne()).toMatchObject({ id, ambiguous: true });
    await outbox().report(id, shown(2));
    await moveOn({ id: subject, version: 2 });
    expect(await takeOne()).toMatchObject({ id, ambiguous: false });
  });

  test('a row whose sender never said what became of it is anybody’s after ten seconds, in doubt', async () => {
    await runWith(place());
    const { id } = await takeOne();
    await pass(hold - 500);
    expect(await outbox().take(10)).toEqual([]);
    await pass(600);
    expect(await takeOne()).toMatchObject({ id, attempts: 2, ambiguous: true });
  });

  test(`after ${tries} tries it is given up, until there is something newer`, async () => {
    const subject = await runWith(place());
    for (let n = 1; n <= tries; n += 1) {
      const row = await takeOne();
      expect(row.attempts).toBe(n);
      await outbox().report(row.id, notNow());
      await pass(1_100);
    }
    expect(await outbox().take(10)).toEqual([]);
    await moveOn({ id: subject, version: 2 });
    expect(await takeOne()).toMatchObject({ wanted: 3, attempts: 1 });
  });

  test('a row that nobody came back from twelve times is given up as well', async () => {
    await runWith(place());
    for (let n = 1; n <= tries; n += 1) {
      await takeOne();
      await pass(hold + 100);
    }
    expect(await outbox().take(10)).toEqual([]);
  });

  test('a row that was given up like that goes on when the last who had it comes back: it was no try', async () => {
    const subject = await runWith(place());
    for (let n = 1; n < tries; n += 1) {
      await takeOne();
      await pass(hold + 100);
    }
    const last = await takeOne();
    await pass(hold + 100);
    expect(await outbox().take(10)).toEqual([]);
    expect(await outbox().unconfirmed(subject)).toHaveLength(1);
    await outbox().report(last.id, notNow({ counts: false }), [], undefined, last.taking);
    await pass(1_100);
    expect(await takeOne()).toMatchObject({ id: last.id, attempts: tries });
  });

  test('what does not count as a try may happen any number of times', async () => {
    await runWith(place());
    for (let n = 1; n <= tries + 3; n += 1) {
      const row = await takeOne();
      expect(row.attempts).toBe(1);
      await outbox().report(row.id, notNow({ counts: false }));
      await pass(1_100);
    }
  });

  test('what Slack will never take is given up at once', async () => {
    await runWith(place());
    const { id } = await takeOne();
    await outbox().report(id, { kind: 'never', why: 'channel_not_found' });
    await pass(3_600_000);
    expect(await outbox().take(10)).toEqual([]);
  });

  test('the oldest due comes first, and no place has two under way', async () => {
    const [one, two, three] = [place(), place(), place()];
    const subjects: string[] = [];
    for (const to of [one, two, one, three]) {
      subjects.push(await runWith(to));
      await pass(2);
    }
    const [first, second] = await outbox().take(2);
    expect([first?.subject, second?.subject]).toEqual([subjects[0], subjects[1]]);
    expect((await outbox().take(10)).map(({ subject }) => subject)).toEqual([subjects[3]]);
    await outbox().report(first?.id ?? '', shown(2));
    expect((await outbox().take(10)).map(({ subject }) => subject)).toEqual([subjects[2]]);
  });

  test('however many take at once, no row is taken twice and no place is served by two', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(3), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 5 }),
        async (places, limits) => {
          const names = [place(), place(), place(), place()];
          for (const at of places) await runWith(names[at] ?? '');
          const taken = (await Promise.all(limits.map((limit) => outbox().take(limit)))).flat();
          const busy = taken.map(({ to }) => to);
          expect(new Set(busy).size).toBe(busy.length);
          const distinct = new Set(places).size;
          const room = limits.reduce((sum, limit) => sum + limit, 0);
          expect(taken.length).toBeLessThanOrEqual(Math.min(distinct, room));
          for (const { id } of taken) await outbox().report(id, shown(2));
          await finish(shown(2));
        },
      ),
      { numRuns: 8 },
    );
  });

  describe('what goes first', () => {
    const inState = (at: Pick<Transition, 'id' | 'version'>, state: RunState, to: string) =>
      setUp().store.runs.transition(
        change(at, { patch: { state }, messages: [{ kind: 'card', to }] }),
      );

    test('is what somebody waits for, then what goes on', async () => {
      const states = ['executing', 'waiting', 'planned', 'failed'] as const;
      const ids: string[] = [];
      for (const state of states) {
        const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
        ids.push(run.id);
        await inState(run, state, place());
        await pass(2);
      }
      const taken = (await outbox().take(10)).map(({ subject }) => subject);
      expect(taken).toEqual([ids[1], ids[3], ids[0], ids[2]]);
    });

    test('is that in each place as well', async () => {
      const to = place();
      const ids: string[] = [];
      for (const state of ['executing', 'waiting'] as const) {
        const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
        ids.push(run.id);
        await inState(run, state, to);
        await pass(2);
      }
      expect((await takeOne()).subject).toBe(ids[1]);
    });

    test('overtakes what is not, however long that has waited', async () => {
      const ids: string[] = [];
      for (const state of ['executing', 'waiting'] as const) {
        const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
        ids.push(run.id);
        await inState(run, state, place());
        await pass(6_000);
      }
      expect((await outbox().take(1)).map(({ subject }) => subject)).toEqual([ids[1]]);
    });
  });

  test('an end is said once, whatever becomes of its subject, and its card is still edited', async () => {
    const to = place();
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    await setUp().store.runs.transition(change(run, { messages: [card(to), { kind: 'end', to }] }));
    expect((await takeOne()).kind).toBe('card');
    const [first] = await outbox().take(1);
    expect(first).toBeUndefined(); // one at a time in each place
    await pass(hold + 1);
    await finish(shown(2));
    await moveOn({ id: run.id, version: 2 });
    const edited = await takeOne();
    expect(edited).toMatchObject({ kind: 'card', wanted: 3 });
    await outbox().report(edited.id, shown(3));
    await setUp().store.runs.transition(
      change({ id: run.id, version: 3 }, { messages: [{ kind: 'end', to }] }),
    );
    expect(await takeOne()).toMatchObject({ kind: 'card', wanted: 4 });
    await outbox().report(edited.id, shown(4));
    expect(await outbox().take(10)).toEqual([]);
  });

  test('who comes back late with what Slack has taken says so, and takes it from nobody who has it now', async () => {
    const to = place();
    const id = await runWith(to);
    const first = await takeOne();
    await pass(hold + 1);
    const second = await takeOne();
    expect(second).toMatchObject({ id: first.id, ambiguous: true });
    await outbox().report(first.id, shown(1), [], undefined, first.taking);
    await moveOn({ id, version: 2 });
    expect(await outbox().take(10)).toEqual([]); // two edits of one message may arrive in any order
    expect(await outbox().standing(id, 'card', to)).not.toBeNull();
    await outbox().report(second.id, shown(2), [], undefined, second.taking);
    expect(await takeOne()).toMatchObject({ id: first.id, wanted: 3, shown: 2 });
  });

  test('an escalation is a card more in its place, and both show what becomes of their subject', async () => {
    const to = place();
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    const both = [card(to), { kind: 'escalation' as const, to }];
    await setUp().store.runs.transition(change(run, { messages: both }));
    for (const kind of ['card', 'escalation']) {
      const one = await takeOne();
      expect(one).toMatchObject({ kind, subject: run.id, wanted: 2 });
      await outbox().report(one.id, shown(2));
    }
    await moveOn({ id: run.id, version: 2 });
    const rows = [await takeOne()];
    await outbox().report(rows[0]?.id ?? '', shown(3));
    rows.push(await takeOne());
    await outbox().report(rows[1]?.id ?? '', shown(3));
    expect(rows.map(({ kind, wanted }) => `${kind} ${wanted}`).toSorted()).toEqual([
      'card 3',
      'escalation 3',
    ]);
    expect(await outbox().take(10)).toEqual([]);
  });

  test('a button of an escalation is its run’s, also while nobody knows where it stands', async () => {
    const to = `user:${place()}`;
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    await setUp().store.runs.transition(change(run, { messages: [{ kind: 'escalation', to }] }));
    const where = { channel: 'D1', ts: '1700000000.000100' };
    expect(await outbox().whose(run.id, where)).toBe('perhaps');
  });

  test('that something has ended is said once, whatever becomes of its subject', async () => {
    const to = place();
    const run = await setUp().store.runs.create(newRun(), entry('run.requested'));
    const ended = { messages: [{ kind: 'ended' as const, to }] };
    await setUp().store.runs.transition(change(run, ended));
    const one = await takeOne();
    expect(one).toMatchObject({ kind: 'ended', wanted: 2 });
    await outbox().report(one.id, shown(2));
    await setUp().store.runs.transition(change({ id: run.id, version: 2 }, ended));
    expect(await outbox().take(10)).toEqual([]);
  });

  describe('what rests', () => {
    test('is told to whoever takes the next one in that place, and to nobody elsewhere', async () => {
      const [to, elsewhere] = [place(), place()];
      await runWith(to);
      const { id } = await takeOne();
      await outbox().report(id, shown(2), [{ method: 'chat.postMessage', ms: 30_000 }]);
      await runWith(to);
      await runWith(elsewhere);
      const [held, free] = (await outbox().take(10)).toSorted((a, b) => b.waits - a.waits);
      expect([held?.to, free?.to, free?.waits]).toEqual([to, elsewhere, 0]);
      expect(held?.waits).toBeGreaterThan(20_000);
      expect(held?.waits).toBeLessThanOrEqual(30_000);
      await outbox().report(held?.id ?? '', notNow({ counts: false }));
      await pass(30_000);
      await outbox().report(free?.id ?? '', shown(2));
      expect((await takeOne()).waits).toBe(0);
    });

    test('is one method: a message that stands already may be edited', async () => {
      const to = place();
      const subject = await runWith(to);
      const { id } = await takeOne();
      await outbox().report(id, shown(2), [{ method: 'chat.postMessage', ms: 30_000 }]);
      await moveOn({ id: subject, version: 2 });
      expect((await takeOne()).waits).toBe(0);
      await outbox().report(id, shown(3), [{ method: 'chat.update', ms: 30_000 }]);
      await moveOn({ id: subject, version: 3 });
      expect((await takeOne()).waits).toBeGreaterThan(20_000);
    });

    test('is the longest that was said, and a message that was touched rests by itself', async () => {
      const to = place();
      const subject = await runWith(to);
      const { id } = await takeOne();
      const post = (ms: number) => ({ method: 'chat.postMessage', ms });
      await outbox().report(id, shown(2), [post(30_000), { method: null, ms: 10_000 }]);
      await moveOn({ id: subject, version: 2 });
      const again = await takeOne();
      expect(again.waits).toBeGreaterThan(5_000);
      expect(again.waits).toBeLessThanOrEqual(10_000);
      await outbox().report(id, shown(3), [post(1_000)]);
      await runWith(to);
      expect((await takeOne()).waits).toBeGreaterThan(20_000);
    });
  });

  describe('whose a message is', () => {
    const where = { channel: 'D1', ts: '6.2' };

    test('is known once it is known where it stands', async () => {
      const [to, other] = [place(), place()];
      const subject = await runWith(to);
      const { id } = await takeOne();
      const ts = `7.${id.replace(/\W/g, '')}`;
      expect(await outbox().whose(subject, { channel: to, ts })).toBe('perhaps');
      expect(await outbox().whose(subject, { channel: other, ts })).toBe('nobody');
      await outbox().report(id, { ...shown(2), posted: { channel: to, ts } } as Sent);
      expect(await outbox().whose(subject, { channel: to, ts })).toBe('its');
      expect(await outbox().whose(subject, { channel: other, ts })).toBe('nobody');
      expect(await outbox().whose(subject, { channel: to, ts: '8.1' })).toBe('nobody');
      expect(await outbox().whose('R-none', { channel: to, ts })).toBe('another');
    });

    test('may be anything in a direct conversation while its card is on the way there', async () => {
      const subject = await runWith(`user:${randomUUID()}`);
      expect(await outbox().whose(subject, where)).toBe('perhaps');
      const inChannel = { ...where, channel: place() };
      expect(await outbox().whose(subject, inChannel)).toBe('nobody');
      const { id } = await takeOne();
      await outbox().report(id, { kind: 'never', why: 'user_not_found' });
      expect(await outbox().whose(subject, where)).toBe('nobody');
    });

    test('is in doubt while a send is', async () => {
      const to = place();
      const subject = await runWith(to);
      const { id } = await takeOne();
      await outbox().report(id, { kind: 'ambiguous', retryIn: 1_000, why: 'no answer' });
      expect(await outbox().whose(subject, { channel: to, ts: '9.9' })).toBe('perhaps');
    });
  });

  describe('what is unconfirmed', () => {
    const unconfirmed = (subject: string) => outbox().unconfirmed(subject);

    test('was given up, says why and since when, and is so until it was shown', async () => {
      const to = place();
      const subject = await runWith(to);
      expect(await unconfirmed(subject)).toEqual([]);
      const { id } = await takeOne();
      await outbox().report(id, { kind: 'never', why: 'is_archived' });
      const expected = { id, kind: 'card', subject, to, why: 'is_archived' };
      expect(await unconfirmed(subject)).toEqual([{ ...expected, since: expect.any(Number) }]);
      expect(await outbox().unconfirmed()).toContainEqual(expect.objectContaining(expected));
      await moveOn({ id: subject, version: 2 });
      expect(await unconfirmed(subject)).toMatchObject([expected]);
      await takeOne();
      await outbox().report(id, shown(3));
      expect(await unconfirmed(subject)).toEqual([]);
      expect((await outbox().unconfirmed()).filter((one) => one.subject === subject)).toEqual([]);
    });

    test('is so after the twelfth try, not before', async () => {
      const subject = await runWith(place());
      for (let n = 1; n <= tries; n += 1) {
        expect(await unconfirmed(subject)).toEqual([]);
        const row = await takeOne();
        await outbox().report(row.id, { kind: 'ambiguous', retryIn: 1_000, why: 'no answer' });
        await pass(1_100);
      }
      expect(await unconfirmed(subject)).toMatchObject([{ why: 'no answer' }]);
    });

    test('is so when nobody came back from twelve tries', async () => {
      const subject = await runWith(place());
      for (let n = 1; n <= tries; n += 1) {
        await takeOne();
        await pass(hold + 100);
      }
      await outbox().take(1);
      await runWith(place()); // something else that is due makes somebody look
      await outbox().take(1);
      expect(await unconfirmed(subject)).toMatchObject([{ why: 'no try was finished' }]);
    });
  });

  test('whoever asked is told soon after rows were added here', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    outbox().onAdded(resolve);
    await runWith(place());
    await promise;
  });

  test('a report on a row that is not there does no harm', async () => {
    await outbox().report('999999999', shown(1));
  });
}
