import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentChange, IncidentMessage, Incidents } from '../../src/core/incidents.ts';
import type { Store } from '../../src/store/open-store.ts';
import { patience } from '../support/patience.ts';
import { someIncident } from '../support/some-incident.ts';
import { change, entry, newRun } from './runs.ts';

/** The ports that a change of an incident reaches. */
export interface IncidentsSetUp {
  store: Pick<Store, 'incidents' | 'runs' | 'audit' | 'outbox' | 'intake'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

/** A change of an incident that changes what is named, and says so in the audit. */
export const changeOf = (
  incident: Incident,
  after: Partial<Incident> = {},
  messages: readonly IncidentMessage[] = [],
): IncidentChange => ({
  before: incident,
  after: { ...incident, ...after },
  audit: entry('incident.changed'),
  messages,
});

/** Declares incidents that nobody has declared before. */
export const declarer =
  (incidents: () => Incidents) =>
  async (
    more: Partial<Incident> = {},
    messages: readonly IncidentMessage[] = [],
    origin: string | null = null,
  ): Promise<Incident> => {
    const { number, now } = await incidents().next();
    const incident = someIncident(number, more);
    const declared = { ...incident, times: { ...incident.times, declared: now } };
    const made = await incidents().declare(
      declared,
      origin,
      entry('incident.declared', { title: incident.title }),
      messages,
    );
    return made.incident;
  };

/** What every implementation of {@link Incidents} must do. */
export function incidentsContract(setUp: () => IncidentsSetUp) {
  const incidents = () => setUp().store.incidents;
  const declare = declarer(incidents);
  const recordsOf = async (subject: string) =>
    (await setUp().store.audit.find({ subject, limit: 1_000 })).toReversed();
  const moved = async (incident: Incident, after: Partial<Incident> = {}): Promise<Incident> => {
    const done = await incidents().transition(changeOf(incident, after));
    return done.kind === 'done' ? done.incident : expect.fail('it has moved on');
  };
  const dueIn =
    (ms: number, more: Partial<Incident> = {}) =>
    async () => {
      const { now } = await incidents().next();
      return declare({ deadlines: [{ kind: 'update', at: now + ms, step: 0 }], ...more });
    };

  test('a number is given once, with the time of the database', async () => {
    const [one, two] = [await incidents().next(), await incidents().next()];
    expect(two.number).toBeGreaterThan(one.number);
    expect(two.now).toBeGreaterThanOrEqual(one.now);
  });

  test('a new incident is as it was declared, at version 1, by the database’s clock', async () => {
    const { number, now } = await incidents().next();
    const declared = someIncident(number, {
      version: 7,
      changedAt: 5,
      title: 'Half \ud800 a\0 key',
    });
    const made = await incidents().declare(declared, null, entry('incident.declared'), []);
    const title = 'Half \ufffd a\ufffd key';
    expect(made).toEqual({
      fresh: true,
      incident: { ...declared, title, version: 1, changedAt: expect.any(Number) },
    });
    expect(made.incident.changedAt).toBeGreaterThanOrEqual(now);
    const found = await incidents().find(`INC-${number}`);
    expect(found?.incident).toEqual(made.incident);
    expect(found?.now).toBeGreaterThanOrEqual(made.incident.changedAt);
    expect(await incidents().find('INC-0')).toBeNull();
  });

  test('of one origin there is one incident, whoever declares it first', async () => {
    const origin = `Ev-${randomUUID()}`;
    const copies = await Promise.all(
      [1, 2, 3].map(async () => {
        const { number } = await incidents().next();
        return incidents().declare(someIncident(number), origin, entry('incident.declared'), []);
      }),
    );
    expect(copies.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(new Set(copies.map(({ incident }) => incident.id)).size).toBe(1);
    const id = copies[0]?.incident.id;
    expect((await incidents().findByOrigin(origin))?.incident.id).toBe(id);
    expect(await recordsOf(id ?? '')).toHaveLength(1);
    expect(await incidents().findByOrigin('nothing')).toBeNull();
  });

  test('nothing comes of a delivery that was given up', async () => {
    const { intake } = setUp().store;
    const key = `Ev-${randomUUID()}`;
    await intake.record({ key, kind: 'command', actor: 'T1/U1', request: '{}' });
    await setUp().pass(11_000);
    await vi.waitFor(async () => {
      expect((await intake.takeUp(1_000)).map((left) => left.key)).toContain(key);
    }, patience);
    const { number } = await incidents().next();
    const place = `C-${randomUUID()}`;
    const declaring = incidents().declare(someIncident(number), key, entry('incident.declared'), [
      { kind: 'notice', to: place, urgency: 0 },
    ]);
    await expect(declaring).rejects.toMatchObject({ name: 'GivenUpError' });
    expect(await incidents().find(`INC-${number}`)).toBeNull();
    expect(await recordsOf(`INC-${number}`)).toEqual([]);
  });

  test('every change moves the version by one, and is one line of the incident’s own chain', async () => {
    const first = await declare();
    const second = await moved(first, { state: 'identified' });
    const third = await moved(second, { severity: 1 });
    expect(third).toEqual({
      ...first,
      state: 'identified',
      severity: 1,
      version: 3,
      changedAt: expect.any(Number),
    });
    expect((await incidents().find(first.id))?.incident).toEqual(third);
    const records = await recordsOf(first.id);
    expect(records.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(records.map(({ event }) => event)).toEqual([
      'incident.declared',
      'incident.changed',
      'incident.changed',
    ]);
    expect(records.at(-1)?.at).toBe(third.changedAt);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('a change of what has been changed meanwhile does nothing at all', async () => {
    const first = await declare();
    const place = `C-${randomUUID()}`;
    await moved(first, { title: 'Login is slow' });
    const late = changeOf(first, { title: 'overwritten' }, [
      { kind: 'notice', to: place, urgency: 0 },
    ]);
    expect(await incidents().transition(late)).toEqual({ kind: 'moved-on' });
    expect((await incidents().find(first.id))?.incident).toMatchObject({
      title: 'Login is slow',
      version: 2,
    });
    expect(await recordsOf(first.id)).toHaveLength(2);
    expect(await setUp().store.outbox.standing(`${first.id}/2`, 'notice', place)).toBeNull();
  });

  test('of changes that race, as many are made as there are versions, and none is lost', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), async (people) => {
        const { id } = await declare({ followUps: [] });
        const add = async (by: number): Promise<void> => {
          const { incident } = (await incidents().find(id)) ?? expect.fail('it is gone');
          const followUps = [
            ...incident.followUps,
            { id: String(by), text: 'x', owner: null, due: null, done: null, chased: 0 },
          ];
          const done = await incidents().transition(changeOf(incident, { followUps }));
          if (done.kind === 'moved-on') await add(by);
        };
        await Promise.all(Array.from({ length: people }, (_, by) => add(by)));
        const { incident } = (await incidents().find(id)) ?? expect.fail('it is gone');
        expect(incident.version).toBe(people + 1);
        expect(incident.followUps).toHaveLength(people);
        expect(await recordsOf(id)).toHaveLength(people + 1);
      }),
      { numRuns: 5 },
    ));

  describe('one channel has one incident', () => {
    const inChannel = (id: string): Partial<Incident> => ({
      channel: { id, name: 'inc', private: false, lost: null },
    });

    test('which is found by it', async () => {
      const channel = `C-${randomUUID()}`;
      const incident = await moved(await declare(), inChannel(channel));
      expect((await incidents().inChannel(channel))?.incident).toEqual(incident);
      expect(await incidents().inChannel(`C-${randomUUID()}`)).toBeNull();
    });

    test('and another one cannot take it', async () => {
      const channel = `C-${randomUUID()}`;
      await moved(await declare(), inChannel(channel));
      const other = await declare();
      await expect(incidents().transition(changeOf(other, inChannel(channel)))).rejects.toThrow();
      expect((await incidents().find(other.id))?.incident).toEqual(other);
      expect(await recordsOf(other.id)).toHaveLength(1);
    });
  });

  describe('a list', () => {
    test('has the newest first, page by page', async () => {
      const service = randomUUID();
      const target = { service, env: 'prod' };
      const made = [
        await declare({ target }),
        await declare({ target }),
        await declare({ target }),
      ];
      const numbers = made.map(({ number }) => number).toReversed();
      const page = await incidents().list({ service, limit: 2 });
      expect(page.map(({ number }) => number)).toEqual(numbers.slice(0, 2));
      const rest = { service, limit: 2, beforeNumber: page[1]?.number ?? 0 };
      expect((await incidents().list(rest)).map(({ number }) => number)).toEqual(numbers.slice(2));
    });

    test('is narrowed by states and by when it was declared', async () => {
      const target = { service: randomUUID(), env: 'prod' };
      const old = await declare({ target });
      await setUp().pass(1_000);
      const recent = await declare({ target, state: 'triage' });
      const closed = await moved(await declare({ target }), { state: 'closed' });
      const { service } = target;
      const ids = async (query: object) =>
        (await incidents().list({ service, limit: 9, ...query })).map(({ id }) => id);
      expect(await ids({ states: ['triage', 'closed'] })).toEqual([closed.id, recent.id]);
      expect(await ids({ states: ['triage'] })).toEqual([recent.id]);
      expect(await ids({ since: recent.times.declared })).toEqual([closed.id, recent.id]);
      expect(await ids({ since: old.times.declared })).toHaveLength(3);
    });

    test('of what is unfinished has all that is neither closed nor cancelled', async () => {
      const [open, resolved, closed, cancelled] = [
        await declare(),
        await declare({ state: 'resolved' }),
        await declare({ state: 'closed' }),
        await declare({ state: 'cancelled' }),
      ];
      const seen = await incidents().unfinished();
      const ids = seen.map(({ incident }) => incident.id);
      expect(ids).toEqual(expect.arrayContaining([open.id, resolved.id]));
      expect(ids).not.toContain(closed.id);
      expect(ids).not.toContain(cancelled.id);
      expect(seen[0]?.now).toBeGreaterThanOrEqual(open.changedAt);
      const later = await dueIn(600_000)();
      const due = (await incidents().unfinished()).find(({ incident: { id } }) => id === later.id);
      expect(due?.wake).toBe(later.deadlines[0]?.at);
    });

    test('of what is unfinished has the open ones first, so that none of them is ever left out', async () => {
      await declare({ state: 'resolved' });
      const open = await declare();
      await declare({ state: 'resolved' });
      const states = (await incidents().unfinished()).map(({ incident: { state } }) => state);
      const firstEnd = states.indexOf('resolved');
      expect(states.slice(firstEnd).every((state) => state === 'resolved')).toBe(true);
      const first = (await incidents().unfinished())[0]?.incident;
      expect(first?.number).toBe(open.number);
    });
  });

  describe('what is due', () => {
    /** Takes all that is due, so that what follows finds only its own. */
    const clear = async () => {
      while ((await incidents().takeDue(1_000, 3_600_000)).length > 0);
    };
    const taken = async (limit = 100, lease = 10_000) =>
      (await incidents().takeDue(limit, lease)).map(({ incident }) => incident.id);

    test('is taken when its time has come, once, until the hold is over', async () => {
      await clear();
      const { id } = await dueIn(5_000)();
      expect(await taken()).toEqual([]);
      await setUp().pass(5_100);
      expect(await taken()).toEqual([id]);
      expect(await taken()).toEqual([]);
      await setUp().pass(9_500);
      expect(await taken()).toEqual([]);
      await setUp().pass(600);
      expect(await taken()).toEqual([id]);
    });

    test('is known before, however bad the incident is; what is due already does not count', async () => {
      await clear();
      await dueIn(-60_000, { severity: 1 })();
      await dueIn(7_000, { severity: 1 })();
      await dueIn(4_000, { severity: 4 })();
      const until = (await incidents().untilDue()) ?? 0;
      expect(until).toBeGreaterThan(3_000);
      expect(until).toBeLessThanOrEqual(4_000);
    });

    test('comes with the time of the database, which is not before what is due', async () => {
      await clear();
      const incident = await dueIn(-1)();
      const [seen] = await incidents().takeDue(10, 10_000);
      expect(seen?.incident).toEqual(incident);
      expect(seen?.now).toBeGreaterThanOrEqual(incident.deadlines[0]?.at ?? Infinity);
    });

    test('is free again at once when it was changed, and is due for what it waits for then', async () => {
      await clear();
      const incident = await dueIn(-1_000)();
      expect(await taken()).toEqual([incident.id]);
      const next = await moved(incident, { title: 'two things are due' });
      expect(await taken()).toEqual([incident.id]);
      await moved(next, { deadlines: [] });
      expect(await taken()).toEqual([]);
    });

    test('is handed out by severity, and then by how overdue it is', async () => {
      await clear();
      const ids = {
        minor: (await dueIn(-9_000, { severity: 4 })()).id,
        later: (await dueIn(-1_000, { severity: 1 })()).id,
        earlier: (await dueIn(-2_000, { severity: 1 })()).id,
        middle: (await dueIn(-5_000, { severity: 2 })()).id,
      };
      expect(await taken(3)).toEqual([ids.earlier, ids.later, ids.middle]);
      expect(await taken(3)).toEqual([ids.minor]);
    });

    test('is had by one of those who take at the same time', async () => {
      await clear();
      const due = [];
      for (let n = 0; n < 10; n += 1) due.push((await dueIn(-1_000)()).id);
      const all = await Promise.all([taken(4), taken(4), taken(4), taken(4)]);
      expect(all.flat().toSorted()).toEqual(due.toSorted());
    });

    test('is never held up by what waits for nothing', async () => {
      await clear();
      await declare({ deadlines: [], state: 'closed' });
      expect(await taken()).toEqual([]);
    });
  });

  test('whoever listens hears soon after a change, and not of one that was not made', async () => {
    const heard = vi.fn();
    incidents().onChanged(heard);
    const first = await declare();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), patience);
    await moved(first);
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), patience);
    await incidents().transition(changeOf(first));
    expect(heard).toHaveBeenCalledTimes(2);
  });

  describe('the runs of an incident', () => {
    test('are found by it, oldest first, and the records of all of them with its own', async () => {
      const { id } = await declare();
      const { runs, audit } = setUp().store;
      const one = await runs.create(newRun({ incident: id }), entry('run.requested'));
      const two = await runs.create(newRun({ incident: id }), entry('run.requested'));
      const other = await runs.create(newRun({ incident: null }), entry('run.requested'));
      await runs.transition(change(one));
      expect(one.incident).toBe(id);
      expect(other).not.toHaveProperty('incident');
      expect((await runs.ofIncident(id)).map((run) => run.id).toSorted()).toEqual(
        [one.id, two.id].toSorted(),
      );
      const records = await audit.find({ incident: id, limit: 10 });
      expect(records.map(({ subject }) => subject)).toEqual([one.id, two.id, one.id, id]);
      const page = await audit.find({ incident: id, limit: 2, beforeId: records[1]?.id ?? 0 });
      expect(page.map(({ subject }) => subject)).toEqual([one.id, id]);
      expect(await audit.find({ incident: 'INC-0', limit: 10 })).toEqual([]);
    });

    test('are not moved into another one by a change', async () => {
      const { id } = await declare();
      const { runs } = setUp().store;
      const run = await runs.create(newRun({ incident: id }), entry('run.requested'));
      const done = await runs.transition(change(run, { patch: { why: 'none' } }));
      expect(done).toMatchObject({ run: { incident: id } });
    });
  });

  test('its records are found by its service, as it was at the time', async () => {
    const [was, is] = [randomUUID(), randomUUID()];
    const first = await declare({ target: { service: was, env: 'prod' } });
    await moved(first, { target: { service: is, env: 'prod' } });
    const { audit } = setUp().store;
    expect(await audit.find({ service: was, limit: 9 })).toMatchObject([
      { subject: first.id, version: 1 },
    ]);
    expect(await audit.find({ service: is, limit: 9 })).toMatchObject([
      { subject: first.id, version: 2 },
    ]);
  });
}
