import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  type BreakGlassRule,
  personOf,
  useSubject,
  usesCountFor,
} from '../../src/core/break-glass.ts';
import type { Store } from '../../src/store/open-store.ts';

/** Where uses of break-glass are kept, and how time passes for it. */
export interface BreakGlassSetUp {
  store: Pick<Store, 'breakGlass' | 'audit'>;
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
