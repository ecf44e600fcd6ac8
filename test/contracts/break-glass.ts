import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type BreakGlassRule,
  personOf,
  reminderIn,
  reminderSubject,
  reminders,
  useSubject,
  usesCountFor,
} from '../../src/core/break-glass.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where uses of break-glass are kept, and how time passes for it. */
export interface BreakGlassSetUp {
  store: Pick<Store, 'breakGlass' | 'audit' | 'outbox'>;
  /** Moves the clock of the database forward, in milliseconds. */
  pass(ms: number): Promise<void>;
}

const rule: BreakGlassRule = {
  roles: ['oncall'],
  onCall: ['primary'],
  never: [],
  notify: { roles: ['manager'], channel: 'C1' },
  perPerson: 2,
  global: 5,
  review: { by: ['manager'], within: 86_400_000 },
};

/** What every implementation of `BreakGlassUses` must do. */
export function breakGlassContract(setUp: () => BreakGlassSetUp) {
  const it = () => setUp().store.breakGlass;
  const somebody = () => ({ id: randomUUID(), team: 'T1' });
  const reviewer = { id: 'UREVIEWER', team: 'T1' };
  const nextDay = () => setUp().pass(usesCountFor + 1);
  const aRun = () => `R-${randomUUID()}`;
  const take = async (by = somebody(), reviewed = true) => {
    const run = aRun();
    const no = await it().take(run, by, rule);
    if (no === null && reviewed) await it().review(run, reviewer, 'looked at it');
    return { run, no };
  };

  test('a second use is barred until somebody else has reviewed the first', async () => {
    await nextDay();
    const by = somebody();
    const { run } = await take(by, false);
    const barred = { why: 'unreviewed', run };
    expect([await it().barred(by, rule), (await take(by)).no]).toEqual([barred, barred]);
    await nextDay();
    expect(await it().barred(by, rule)).toEqual(barred);
    expect(await it().review(run, by, 'it was fine')).toBe('own');
    expect(await it().barred(by, rule)).toEqual(barred);
    expect(await it().review(run, reviewer, 'it was fine')).toBe('done');
    expect(await it().barred(by, rule)).toBeNull();
    expect(await it().review(run, reviewer, 'once more')).toBe('done-before');
    expect(await it().review(aRun(), reviewer, 'nothing')).toBe('no-such-use');
  });

  test('nobody uses it more than twice a day, and all together no more than five times', async () => {
    await nextDay();
    const by = somebody();
    expect([(await take(by)).no, (await take(by)).no]).toEqual([null, null]);
    expect((await take(by)).no).toEqual({ why: 'person-limit', most: 2 });
    expect([(await take()).no, (await take()).no, (await take()).no]).toEqual([null, null, null]);
    const other = somebody();
    expect((await take(other)).no).toEqual({ why: 'global-limit', most: 5 });
    await nextDay();
    expect([(await take(by)).no, (await take(other)).no]).toEqual([null, null]);
  });

  test('of those who take it at the same instant no more are let in than may be', async () => {
    await nextDay();
    const by = somebody();
    const [one, ...more] = await Promise.all(Array.from({ length: 4 }, () => take(by, false)));
    const all = [one, ...more].map((taken) => taken?.no?.why ?? 'taken');
    expect(all.filter((what) => what === 'taken')).toEqual(['taken']);
    await nextDay();
    const many = await Promise.all(Array.from({ length: 8 }, () => take(somebody(), false)));
    expect(many.filter(({ no }) => no === null)).toHaveLength(5);
  });

  test('taking it for the same run again is the same use', async () => {
    await nextDay();
    const [by, run] = [somebody(), aRun()];
    expect(await it().take(run, by, rule)).toBeNull();
    expect(await it().take(run, by, rule)).toBeNull();
    const { length } = await setUp().store.audit.find({ subject: useSubject(run), limit: 10 });
    expect(length).toBe(1);
  });

  test('of a review that is late it is reminded three times, once a day, and then once for good', async () => {
    await nextDay();
    const by = somebody();
    const { run } = await take(by, false);
    const within = 3 * reminders.every;
    const due = async () => (await it().late(within)).filter((late) => late.run === run);
    const places = [randomUUID(), randomUUID()].map((id) => `user:${id}`).toSorted();
    const told = async () => {
      const rows = await setUp().store.outbox.take(1_000);
      for (const { id } of rows) {
        const posted = { channel: 'D1', ts: id };
        await setUp().store.outbox.report(id, { kind: 'shown', version: 1, posted });
      }
      const mine = rows.filter(({ to }) => places.includes(to));
      return mine.map(({ kind, subject, to }) => [kind, subject, to]).toSorted();
    };
    await setUp().pass(within - 60_000);
    expect(await due()).toEqual([]);
    await setUp().pass(61_000);
    for (const number of [1, 2, 3, 4]) {
      const late = { run, person: personOf(by), number };
      expect(await due()).toEqual([late]);
      await it().remind(late, []);
      expect(await due()).toEqual([late]); // nobody was there to be told
      await Promise.all([it().remind(late, places), it().remind(late, places)]);
      expect(await due()).toEqual([]);
      const subject = reminderSubject(late);
      expect(reminderIn(subject)).toEqual({ run, number });
      expect(await told()).toEqual(places.map((to) => ['review', subject, to]));
      await setUp().pass(reminders.every);
    }
    expect(await due()).toEqual([]);
  });

  test('of what was missed only the last reminder is due, and of what was reviewed none', async () => {
    await nextDay();
    const [one, other] = [await take(somebody(), false), await take(somebody(), false)];
    await setUp().pass(2 * reminders.every + 1_000);
    const late = async () => (await it().late(0)).map(({ run, number }) => [run, number]);
    expect(await late()).toEqual(
      expect.arrayContaining([
        [one.run, 3],
        [other.run, 3],
      ]),
    );
    await it().review(one.run, reviewer, 'looked at it');
    expect((await late()).map(([run]) => run)).not.toContain(one.run);
    await it().remind({ run: one.run, number: 3 }, ['user:U1']);
    const told = (await setUp().store.outbox.take(1_000)).map(({ subject }) => subject);
    expect(told.filter((subject) => subject.includes(one.run))).toEqual([]);
  });

  test('what waits for its review is listed, and use and review are written down', async () => {
    await nextDay();
    const by = somebody();
    const { run } = await take(by, false);
    const listed = { run, person: personOf(by), at: expect.any(Number), review: null };
    expect(await it().unreviewed()).toContainEqual(listed);
    await it().review(run, reviewer, 'it was \0 right');
    expect((await it().unreviewed()).map((use) => use.run)).not.toContain(run);
    const records = await setUp().store.audit.find({ subject: useSubject(run), limit: 10 });
    expect(records.map(({ event, actor, facts }) => [event, actor, facts.review ?? null])).toEqual([
      ['break-glass.reviewed', 'user:T1/UREVIEWER', 'it was \uFFFD right'],
      ['break-glass.used', `user:T1/${by.id}`, null],
    ]);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });
}
