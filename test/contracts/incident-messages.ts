import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentMessage } from '../../src/core/incidents.ts';
import type { OutboxRow, Sent } from '../../src/core/outbox.ts';
import { patience } from '../support/patience.ts';
import { changeOf, declarer, type IncidentsSetUp } from './incidents.ts';
import { change, entry, newRun } from './runs.ts';

/** A card that is changed, called for and sent, step by step, and what whoever reads it has seen. */
function liveCard({ incidents, outbox }: IncidentsSetUp['store'], declared: Incident) {
  const held: { row: OutboxRow; drawn: number; version: number }[] = [];
  let [incident, news, seen] = [declared, 1, 0];
  const take = async () => {
    for (const row of await outbox.take(10)) {
      held.push({ row, drawn: news, version: Math.max(row.wanted, incident.version) });
    }
  };
  const report = async () => {
    const first = held.shift();
    if (!first) return;
    const { row, drawn, version } = first;
    await outbox.report(row.id, { kind: 'shown', version, posted: { channel: row.to, ts: '1.1' } });
    seen = Math.max(seen, drawn);
  };
  return {
    change: async () => {
      const done = await incidents.transition(changeOf(incident));
      if (done.kind === 'done') incident = done.incident;
      news += 1;
    },
    refresh: async () => {
      await incidents.refresh(incident.id);
      news += 1;
    },
    take,
    report,
    settle: async () => {
      while (held.length > 0) await report();
      await take();
      while (held.length > 0) await report();
    },
    news: () => news,
    seen: () => seen,
  };
}

/** What every outbox must do with the messages about incidents. */
export function incidentMessagesContract(setUp: () => IncidentsSetUp) {
  const outbox = () => setUp().store.outbox;
  const incidents = () => setUp().store.incidents;
  const declare = declarer(incidents);
  const place = () => `C-${randomUUID()}`;
  const card = (to: string, urgency: 0 | 1 | 2 = 2) => ({ kind: 'incident', to, urgency }) as const;
  const notice = (to: string, urgency: 0 | 1 | 2 = 1) => ({ kind: 'notice', to, urgency }) as const;
  const posted = (row: OutboxRow): Sent => ({
    kind: 'shown',
    version: row.wanted,
    posted: { channel: row.to, ts: `${row.id}.1` },
  });
  const moved = async (
    incident: Incident,
    messages: readonly IncidentMessage[] = [],
    after: Partial<Incident> = {},
  ): Promise<Incident> => {
    const done = await incidents().transition(changeOf(incident, after, messages));
    return done.kind === 'done' ? done.incident : expect.fail('it has moved on');
  };
  /** Takes what is due until nothing is, and says of all of it that it was sent. */
  const sendAll = async (): Promise<OutboxRow[]> => {
    const rows = await outbox().take(1_000);
    for (const row of rows) await outbox().report(row.id, posted(row));
    return rows.length > 0 ? [...rows, ...(await sendAll())] : [];
  };
  const sentTo = async (...places: string[]) =>
    (await sendAll())
      .filter(({ to }) => places.includes(to))
      .map(({ kind, subject, wanted, shown }) => ({ kind, subject, wanted, shown }));

  beforeEach(async () => {
    await setUp().pass(1_000_000);
    await sendAll();
  });

  describe('the live card', () => {
    test('is shown anew after every change, in every place where it was asked for', async () => {
      const [one, two] = [place(), place()];
      const first = await declare({}, [card(one)]);
      expect(await sentTo(one)).toEqual([
        { kind: 'incident', subject: first.id, wanted: 1, shown: 0 },
      ]);
      const second = await moved(first, [card(two)]);
      expect(await sentTo(one, two)).toHaveLength(2);
      await moved(second);
      const rows = await sentTo(one, two);
      expect(rows).toEqual([
        { kind: 'incident', subject: first.id, wanted: 3, shown: 2 },
        { kind: 'incident', subject: first.id, wanted: 3, shown: 2 },
      ]);
    });

    test('is shown anew when it is asked for, though the incident is as it was', async () => {
      const to = place();
      const first = await declare({}, [card(to)]);
      await sentTo(to);
      await incidents().refresh(first.id);
      expect(await sentTo(to)).toMatchObject([{ wanted: 2, shown: 1 }]);
      expect(await sentTo(to)).toEqual([]);
      expect((await incidents().find(first.id))?.incident).toEqual(first);
      await incidents().refresh('INC-0');
    });

    test('is shown anew when one of its runs has changed, and only then', async () => {
      const to = place();
      const { id } = await declare({}, [card(to)]);
      await sentTo(to);
      const { runs } = setUp().store;
      const run = await runs.create(newRun({ incident: id }), entry('run.requested'));
      const other = await runs.create(newRun(), entry('run.requested'));
      await sentTo(to);
      await runs.transition(change(other));
      expect(await sentTo(to)).toEqual([]);
      await runs.transition(change(run));
      expect(await sentTo(to)).toHaveLength(1);
      await runs.transition(change(run)); // of a version that is over
      expect(await sentTo(to)).toEqual([]);
    });

    test('shows in the end what came last, however changes, calls to show it and sending follow each other', () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('change', 'refresh', 'take', 'report'), { maxLength: 14 }),
          async (deeds) => {
            const to = place();
            const card = liveCard(
              setUp().store,
              await declare({}, [{ kind: 'incident', to, urgency: 2 }]),
            );
            for (const deed of deeds) await card[deed]();
            await card.settle();
            await card.settle();
            expect(card.seen()).toEqual(card.news());
            expect(await outbox().take(10)).toEqual([]);
          },
        ),
        { numRuns: 12 },
      ));

    test('is told where it stands, and who asks whose it is hears that it is the incident’s', async () => {
      const to = place();
      const { id } = await declare({}, [card(to), notice(to)]);
      expect(await outbox().standing(id, 'incident', to)).toBeNull();
      const [there, elsewhere] = [
        { channel: to, ts: '1.1' },
        { channel: place(), ts: '1.1' },
      ];
      expect(await outbox().whose(id, there)).toBe('perhaps');
      expect(await outbox().whose(id, elsewhere)).toBe('nobody');
      await sentTo(to);
      const where = await outbox().standing(id, 'incident', to);
      expect(where?.channel).toBe(to);
      expect(await outbox().whose(id, where ?? there)).toBe('its');
      const line = (await outbox().standing(`${id}/1`, 'notice', to)) ?? there;
      expect(await outbox().whose(id, line)).toBe('its');
      expect(await outbox().whose(`${id}0`, line)).toBe('another');
      expect(await outbox().whose('INC-_', line)).toBe('another');
      expect(await outbox().whose(id, there)).toBe('nobody');
    });

    test('is among what stands of the incident, with its notices and nothing of another one', async () => {
      const [to, other] = [place(), place()];
      const { id } = await declare({}, [card(to), notice(to), notice(other)]);
      await declare({}, [card(other)]);
      expect(await outbox().standings(id)).toEqual([]);
      await sentTo(to, other);
      const [one, two, three, ...none] = await outbox().standings(id);
      expect(one).toEqual({ to, ...(await outbox().standing(id, 'incident', to)) });
      expect([two, three]).toEqual(
        expect.arrayContaining([
          { to, ...(await outbox().standing(`${id}/1`, 'notice', to)) },
          { to: other, ...(await outbox().standing(`${id}/1`, 'notice', other)) },
        ]),
      );
      expect(none).toEqual([]);
      expect(await outbox().standings(`${id}0`)).toEqual([]);
    });

    test('that waits for the incident’s own channel may be the one that somebody points at', async () => {
      const number = (await incidents().next()).number + 1;
      const { id } = await declare({}, [card(`incident:INC-${number}`)]);
      expect(id).toBe(`INC-${number}`);
      expect(await outbox().whose(id, { channel: place(), ts: '1.1' })).toBe('perhaps');
      expect(await outbox().whose('INC-0', { channel: place(), ts: '1.1' })).toBe('nobody');
    });
  });

  describe('a notice', () => {
    test('is sent once to each place, and never again whatever becomes of the incident', async () => {
      const [one, two] = [place(), place()];
      const first = await declare();
      const second = await moved(first, [notice(one), notice(two), notice(one, 0)]);
      expect(await sentTo(one, two)).toEqual([
        { kind: 'notice', subject: `${first.id}/2`, wanted: 1, shown: 0 },
        { kind: 'notice', subject: `${first.id}/2`, wanted: 1, shown: 0 },
      ]);
      await moved(second);
      await incidents().refresh(first.id);
      expect(await sentTo(one, two)).toEqual([]);
    });

    test('wakes whoever sends, and so does a card', async () => {
      const heard = vi.fn();
      outbox().onAdded(heard);
      const to = place();
      const first = await declare({}, [notice(to)]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1), patience);
      await moved(first);
      await new Promise(setImmediate);
      expect(heard).toHaveBeenCalledTimes(1);
      const third = await moved({ ...first, version: 2 }, [card(to)]);
      await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(2), patience);
      await incidents().refresh(third.id);
      await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3), patience);
    });

    test('that was given up is told with the incident that it is of', async () => {
      const to = place();
      const { id } = await declare({}, [notice(to)]);
      const row = (await outbox().take(100)).find((one) => one.to === to);
      await outbox().report(row?.id ?? '', { kind: 'never', why: 'is_archived' });
      expect(await outbox().unconfirmed(id)).toMatchObject([
        { kind: 'notice', subject: `${id}/1`, to, why: 'is_archived' },
      ]);
      expect(await outbox().unconfirmed(`${id}0`)).toEqual([]);
    });
  });

  describe('the order', () => {
    const order = async (...asked: [Incident['severity'], 0 | 1 | 2][]) => {
      const places: string[] = [];
      for (const [severity, urgency] of asked) {
        const to = place();
        places.push(to);
        await declare({ severity }, [notice(to, urgency)]);
      }
      const rows = await outbox().take(100);
      return rows.map(({ to }) => places.indexOf(to)).filter((n) => n >= 0);
    };

    test('is by urgency, and for what is as urgent by severity', async () => {
      expect(await order([4, 1], [2, 1], [1, 1], [3, 1])).toEqual([2, 1, 3, 0]);
      expect(await order([1, 2], [4, 0], [1, 1], [2, 0])).toEqual([3, 1, 2, 0]);
    });

    test('lets what has waited for a minute go after nine that are worse at the latest', async () => {
      const old = place();
      await declare({ severity: 4 }, [notice(old, 2)]);
      await setUp().pass(60_000);
      for (let n = 0; n < 15; n += 1) await declare({ severity: 1 }, [notice(place(), 0)]);
      const rows = await outbox().take(100);
      expect(rows).toHaveLength(16);
      expect(rows.findIndex(({ to }) => to === old)).toBeLessThanOrEqual(9);
    });

    test('keeps a card as urgent as it was for as long as it is owed', async () => {
      const [urgent, usual] = [place(), place()];
      await declare({}, [notice(usual, 1)]);
      const first = await declare({}, [card(urgent, 0)]);
      await moved(first);
      await incidents().refresh(first.id);
      const places = async () => (await outbox().take(100)).map(({ to }) => to);
      expect(await places()).toEqual([urgent, usual]);
    });
  });

  test('a message rests for as long as was said, whatever somebody says later who knows of less', async () => {
    const to = place();
    const incident = await declare({}, [card(to)]);
    const mine = async () => (await outbox().take(100)).find((row) => row.to === to);
    const first = await mine();
    const shown = { kind: 'shown', version: 1, posted: { channel: to, ts: '1' } } as const;
    await outbox().report(first?.id ?? '', shown, [{ method: null, ms: 200_000 }]);
    await moved(incident, []);
    const next = await mine();
    const later = { kind: 'not-now', retryIn: 0, why: 'it rests', counts: false } as const;
    await outbox().report(next?.id ?? '', later, [{ method: null, ms: 100 }]);
    expect((await mine())?.waits).toBeGreaterThan(100_000);
  });

  test('what Slack has asked for in a place counts also when it is said late', async () => {
    const to = place();
    await declare({}, [notice(to, 0)]);
    const mine = async () => (await outbox().take(100)).find((row) => row.to === to);
    const late = await mine();
    await setUp().pass(10_000);
    const now = await mine();
    const limited = { kind: 'not-now', retryIn: 20_000, why: 'limited', counts: false } as const;
    const rests = [{ method: 'chat.postMessage', ms: 20_000 }];
    await outbox().report(late?.id ?? '', limited, rests, undefined, late?.taking);
    const again = { ...limited, retryIn: 0 };
    await outbox().report(now?.id ?? '', again, [], undefined, now?.taking);
    const waits = (await mine())?.waits ?? 0;
    expect(waits).toBeGreaterThan(0);
    expect(waits).toBeLessThanOrEqual(20_000);
  });

  describe('when Slack is there again', () => {
    const hour = 3_600_000;
    /** An incident with so many notices in one place, one for each urgency that is named. */
    const withNotices = async (to: string, ...urgencies: (0 | 1 | 2)[]) => {
      let incident = await declare({}, [card(to)]);
      for (const urgency of urgencies) incident = await moved(incident, [notice(to, urgency)]);
      return incident;
    };

    test('only what still matters of the past is sent: the card, escalations and the newest update', async () => {
      const to = place();
      const { id } = await withNotices(to, 1, 0, 2, 1, 0, 1, 2);
      await setUp().pass(hour);
      expect(await outbox().compact(hour - 1_000)).toEqual([{ incident: id, to, count: 4 }]);
      const sent = await sentTo(to);
      expect(sent.map(({ subject }) => subject).toSorted()).toEqual(
        [id, `${id}/3`, `${id}/6`, `${id}/7`].toSorted(),
      );
      expect(await outbox().compact(0)).toEqual([]);
      expect(await outbox().unconfirmed(id)).toEqual([]);
    });

    test('what was left out is known afterwards to whoever asks, and when that was', async () => {
      const to = place();
      const { id } = await withNotices(to, 2, 1, 1);
      const mine = async (since: number) =>
        (await outbox().leftOut(since)).filter(({ incident }) => incident === id);
      await setUp().pass(hour);
      expect(await mine(0)).toEqual([]);
      await outbox().compact(hour / 2);
      const [first, second] = await mine(0);
      expect(await mine(0)).toEqual([
        { incident: id, to, at: first?.at },
        { incident: id, to, at: second?.at },
      ]);
      await sentTo(to);
      expect(await mine(first?.at ?? 0)).toHaveLength(2);
      expect(await mine((second?.at ?? 0) + 1)).toEqual([]);
    });

    test('a card that was put off for long waits a minute at most once there is news', async () => {
      const to = place();
      const incident = await declare({}, [card(to)]);
      const row = (await outbox().take(100)).find((one) => one.to === to);
      const later = { kind: 'not-now', retryIn: hour, why: 'no channel', counts: false } as const;
      await outbox().report(row?.id ?? '', later);
      await setUp().pass(61_000);
      expect(await sentTo(to)).toEqual([]);
      await moved(incident, []);
      await setUp().pass(61_000);
      expect(await sentTo(to)).toHaveLength(1);
    });

    test('a card is not put off for long where there was news before that was said', async () => {
      const to = place();
      const incident = await declare({}, [card(to)]);
      const take = async () => (await outbox().take(100)).find((one) => one.to === to);
      const row = await take();
      await moved(incident, []);
      const later = { kind: 'not-now', retryIn: hour, why: 'no channel', counts: false } as const;
      await outbox().report(row?.id ?? '', { ...later, wanted: row?.wanted ?? 0 });
      const again = await take();
      expect(again?.wanted).toBe((row?.wanted ?? 0) + 1);
      await outbox().report(row?.id ?? '', { ...later, wanted: again?.wanted ?? 0 });
      await setUp().pass(hour / 2);
      expect(await take()).toBeUndefined();
    });

    test('what is newer than was said stays', async () => {
      const to = place();
      const first = await withNotices(to, 2, 1);
      await setUp().pass(hour);
      await moved(first, [notice(to, 2)]);
      await moved({ ...first, version: first.version + 1 }, [notice(to, 1)]);
      expect(await outbox().compact(hour / 2)).toMatchObject([{ count: 2 }]);
      expect(await sentTo(to)).toHaveLength(3);
    });

    test('what waits is known with its urgency and for how long, until it is sent or left out', async () => {
      const to = place();
      const { id } = await withNotices(to, 2, 0);
      await setUp().pass(hour);
      const mine = async () => (await outbox().waiting()).filter((one) => one.to === to);
      const [first, second] = await mine();
      expect(first).toMatchObject({ subject: `${id}/3`, urgency: 0 });
      expect(second).toMatchObject({ subject: `${id}/2`, urgency: 2 });
      expect(second?.waited).toBeGreaterThanOrEqual(hour);
      await outbox().compact(hour / 2);
      expect(await mine()).toHaveLength(1);
      await sentTo(to);
      expect(await mine()).toEqual([]);
    });

    test('each place and each incident is counted by itself', async () => {
      const [one, two] = [place(), place()];
      const a = await withNotices(one, 1, 1);
      const b = await withNotices(one, 2);
      await moved(await moved(a, [notice(two, 1)]), [notice(two, 1)]);
      await setUp().pass(1_000);
      const left = await outbox().compact(500);
      expect(left).toHaveLength(3);
      expect(left).toEqual(
        expect.arrayContaining([
          { incident: a.id, to: one, count: 1 },
          { incident: a.id, to: two, count: 1 },
          { incident: b.id, to: one, count: 1 },
        ]),
      );
    });

    test('what somebody has begun to send, or may have sent, is left alone', async () => {
      const [taken, doubtful] = [place(), place()];
      await declare({}, [notice(taken, 2)]);
      await declare({}, [notice(doubtful, 2)]);
      const rows = await outbox().take(100);
      const row = rows.find(({ to }) => to === doubtful);
      await outbox().report(row?.id ?? '', { kind: 'ambiguous', retryIn: 0, why: 'no answer' });
      await setUp().pass(1_000);
      expect(await outbox().compact(0)).toEqual([]);
    });

    test('what somebody has begun to send is left alone when they do not come back in time either', async () => {
      const to = place();
      const { id } = await declare({}, [notice(to, 2)]);
      const [row] = (await outbox().take(100)).filter((one) => one.to === to);
      await setUp().pass(hour);
      expect(await outbox().compact(1_000)).toEqual([]);
      const posted = { channel: 'C1', ts: '1' };
      await outbox().report(row?.id ?? '', { kind: 'shown', version: 1, posted });
      expect((await outbox().leftOut(0)).filter(({ incident }) => incident === id)).toEqual([]);
    });
  });
}
