import { beforeEach, expect, test } from 'vitest';
import { type DeadlineKind, type Incident, wakeAt } from '../../src/core/incident.ts';
import type { Lateness } from '../../src/core/late-timers.ts';
import type { Store } from '../../src/store/open-store.ts';
import { changeOf, declarer } from './incidents.ts';

/** What the suite needs; nobody else may work on incidents meanwhile. */
export interface LateTimersSetUp {
  store: Pick<Store, 'lateTimers' | 'presence' | 'incidents' | 'outbox'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

const places = ['C-trouble', 'C-other'];

/** What every implementation of {@link Store.lateTimers} must do. */
export function lateTimersContract(setUp: () => LateTimersSetUp) {
  const store = () => setUp().store;
  const pass = (ms: number) => setUp().pass(ms);
  const declare = declarer(() => store().incidents);
  /** One that has something due in so many milliseconds. */
  const dueIn = async (ms: number): Promise<Incident> => {
    const { now } = await store().incidents.next();
    return declare({ deadlines: [{ kind: 'update', at: now + ms, step: 0 }] });
  };
  const done = (incident: Incident) =>
    store().incidents.transition(changeOf(incident, { state: 'closed', deadlines: [] }));
  const look = () => store().lateTimers.look();
  const late = async (lateness: Partial<Lateness> = {}, to = places) =>
    store().lateTimers.late({ lag: 12_000, count: 1, incidents: ['INC-1'], ...lateness }, to);
  const calm = (to = places) => store().lateTimers.calm(to);
  /** What is to be sent, and is sent. */
  const said = async () => {
    const rows = await store().outbox.take(1_000);
    for (const { id } of rows) {
      const posted = { channel: 'C', ts: id };
      await store().outbox.report(id, { kind: 'shown', version: 1_000, posted });
    }
    return rows.filter(({ kind }) => kind === 'late').map(({ subject, to }) => ({ subject, to }));
  };

  beforeEach(async () => {
    const all = await store().incidents.list({ limit: 10_000 });
    for (const one of all) if (wakeAt(one) !== null) await done(one);
    await pass(300_000);
    await calm([]);
    await said();
  });

  test('what is due is late when it was not done for ten seconds, and the latest is named first', async () => {
    const first = await dueIn(1_000);
    const second = await dueIn(0);
    await pass(9_999);
    expect(await look()).toBeNull();
    await pass(2);
    expect(await look()).toEqual({ lag: 10_001, count: 1, incidents: [second.id] });
    await pass(2_000);
    expect(await look()).toEqual({ lag: 12_001, count: 2, incidents: [second.id, first.id] });
    await done(second);
    expect(await look()).toEqual({ lag: 11_001, count: 1, incidents: [first.id] });
    await done(first);
    expect(await look()).toBeNull();
  });

  test('what takes as long as Slack or a run does is not late by that, and hides nothing that is', async () => {
    const { now } = await store().incidents.next();
    const due = (kind: DeadlineKind, at: number) => ({ kind, at, step: 0 });
    const slow = [due('setup', now), due('evidence', now), due('traces', now)];
    await declare({ deadlines: slow });
    await pass(20_000);
    expect(await look()).toBeNull();
    const { id } = await declare({ deadlines: [...slow, due('update', now + 5_000)] });
    expect(await look()).toEqual({ lag: 15_000, count: 1, incidents: [id] });
  });

  test('of many five are named, and all are counted', async () => {
    for (let n = 0; n < 7; n += 1) await dueIn(0);
    await pass(20_000);
    const seen = await look();
    expect(seen?.incidents).toHaveLength(5);
    expect(seen?.count).toBe(7);
  });

  test('what was due while nobody was there has a minute from when somebody came back', async () => {
    await store().presence.beat();
    await dueIn(5_000);
    const after = await dueIn(50_000);
    await pass(45_000);
    expect(await store().presence.beat()).not.toBeNull();
    expect(await look()).toBeNull();
    await pass(15_001); // what became due once somebody was there is late as usual
    expect(await look()).toEqual({ lag: 10_001, count: 1, incidents: [after.id] });
    await pass(54_999);
    expect((await look())?.count).toBe(1);
    await pass(1);
    expect((await look())?.count).toBe(2);
  });

  test('it is said once in each place, however often and by however many it is noticed', async () => {
    const news = await Promise.all([late(), late(), late()]);
    expect(news.filter(Boolean)).toHaveLength(1);
    const [first, second] = await said();
    expect([first?.to, second?.to].toSorted()).toEqual(places.toSorted());
    expect(first?.subject).toMatch(/^timers-\d+\/began$/);
    await pass(60_000);
    expect(await late()).toBe(false);
    expect(await said()).toEqual([]);
  });

  test('it is over when nothing was late for five minutes, which is said once; then it can begin anew', async () => {
    await late({ lag: 11_000, count: 3, incidents: ['INC-7', 'INC-8'] });
    const [{ subject } = expect.fail('nothing was said')] = await said();
    const number = Number(/\d+/.exec(subject)?.[0]);
    const { now } = await store().incidents.next();
    await pass(100_000);
    await late({ lag: 95_000 });
    await pass(299_999);
    expect(await calm()).toBe(false);
    expect(await said()).toEqual([]);
    await pass(1);
    expect((await Promise.all([calm(), calm()])).filter(Boolean)).toHaveLength(1);
    const over = await said();
    expect(over.map((one) => one.subject)).toEqual(Array(2).fill(`timers-${number}/over`));
    expect(await store().lateTimers.find(number)).toEqual({
      ...{ number, count: 3, incidents: ['INC-7', 'INC-8'], worst: 95_000 },
      ...{ due: now - 11_000, noticed: now, seen: now + 100_000, over: now + 400_000 },
    });
    expect(await calm()).toBe(false);
    expect(await late()).toBe(true);
    expect((await said())[0]?.subject).not.toBe(subject);
  });

  test('without a place it is written down all the same', async () => {
    expect(await late({}, [])).toBe(true);
    expect(await said()).toEqual([]);
    expect(await store().lateTimers.find(1_000_000)).toBeNull();
  });
}
