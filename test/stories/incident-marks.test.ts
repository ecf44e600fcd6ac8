import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import type { Person } from '../support/person.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minute = 60_000;
const clock = shiftedClock();
const store = memoryStore({}, clock);
/** By how much the database’s clock is on before Gatehouse looks at it again. */
let gone = 0;
/** Whether the database answers nothing that marks need. */
let away = false;

let house: IncidentHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  const unlessAway =
    <Args extends unknown[], Value>(work: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> =>
      away ? Promise.reject(new Error('the database is away')) : work(...args);
  house = await openIncidentHouse(['rms-auth'], {
    ...{ clock, store },
    openStore: async () => {
      clock.shift(gone);
      gone = 0;
      const { intake, incidents } = store;
      return {
        ...store,
        intake: { ...intake, record: unlessAway(intake.record) },
        incidents: { ...incidents, inChannel: unlessAway(incidents.inChannel) },
      };
    },
  });
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());
afterEach(async () => {
  away = false;
  await house.slack.faults({ delayMs: 0 });
});

const keyOf = ({ channel, ts }: Message) => `${channel}:${ts}`;
const shown = (id: string, message: Message) =>
  house.incident(id, ({ notes }) => notes[keyOf(message)] === 'shown');
const notesOf = async (id: string) =>
  (await store.audit.find({ subject: id, limit: 500 })).filter(
    ({ event }) => event === 'incident.note-added',
  );

test('what is marked while the database is away stands on the timeline as soon as it is back', async () => {
  const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod marks wait');
  const [one, other] = [
    await engineer.says('the key is bad', channel),
    await engineer.says('the old one works', channel),
  ];
  away = true;
  await house.slack.react({ as: engineer.id, channel, ts: one.ts, name: 'pushpin' });
  await house.slack.pin({ as: engineer.id, channel, ts: other.ts });
  await expect
    .poll(() => house.log.filter((line) => line.includes('kept in memory')).length)
    .toBe(2);
  expect(await notesOf(id)).toEqual([]);
  away = false;
  await shown(id, one);
  await shown(id, other);
  expect(await notesOf(id)).toHaveLength(2);
});

test('what was marked while nobody was there is found, once, under the name of whoever marked it', async () => {
  const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod marks are found');
  await house.slack.invite({ as: engineer.id, channel, user: manager.id });
  const said = await engineer.says('since the release of two', channel);
  const answer = await engineer.says('which was a small one', channel, said.ts);
  const plain = await engineer.says('nobody marks this', channel);
  expect(await house.slack.faults({ delayMs: minute })).toMatchObject({ ok: true });
  await house.slack.react({ as: manager.id, channel, ts: said.ts, name: 'memo' });
  await house.slack.react({ as: engineer.id, channel, ts: answer.ts, name: 'round_pushpin' });
  await house.slack.react({ as: engineer.id, channel, ts: plain.ts, name: 'tada' });
  gone = 2 * minute;
  await house.restart();
  await shown(id, said);
  await shown(id, answer);
  const notes = await notesOf(id);
  expect(notes.map(({ actor }) => actor)).toEqual(
    expect.arrayContaining([expect.stringContaining(manager.id)]),
  );
  const { notes: all } = await house.incident(id);
  expect(Object.keys(all)).toHaveLength(2);
  gone = 2 * minute;
  await house.restart();
  await expect
    .poll(async () => (await house.store.presence.absences(0)).length)
    .toBeGreaterThanOrEqual(2);
  expect(await notesOf(id)).toHaveLength(2);
});

test('what is not marked any more once somebody is there again is taken off, and what was never marked stays', async () => {
  const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod marks are gone');
  const [one, other, pinned, kept] = [
    await engineer.says('this was wrong', channel),
    await engineer.says('and so was this', channel),
    await engineer.says('pinned by mistake', channel),
    await engineer.says('this is right', channel),
  ];
  for (const { ts } of [one, other]) {
    await house.slack.react({ as: engineer.id, channel, ts, name: 'memo' });
  }
  await house.slack.react({ as: engineer.id, channel, ts: other.ts, name: 'pushpin' });
  await house.slack.pin({ as: engineer.id, channel, ts: pinned.ts });
  for (const message of [one, other, pinned]) await shown(id, message);
  const note = {
    ...{ key: keyOf(kept), author: engineer.id, text: 'this is right', at: 0 },
    ...{ permalink: null, files: [], how: 'shortcut' as const },
  };
  const added = async () => {
    const { incident } = (await store.incidents.find(id)) ?? expect.fail();
    const after = { ...incident, notes: { ...incident.notes, [note.key]: 'shown' as const } };
    const audit = { event: 'incident.note-added', actor: 'gatehouse', facts: note };
    return store.incidents.transition({ before: incident, after, audit, messages: [] });
  };
  await expect.poll(async () => (await added()).kind).toBe('done'); // others change it as well
  expect(await house.slack.faults({ delayMs: minute })).toMatchObject({ ok: true });
  await house.slack.react({ as: engineer.id, channel, ts: one.ts, name: 'memo' });
  await house.slack.react({ as: engineer.id, channel, ts: other.ts, name: 'memo' });
  await house.slack.pin({ as: engineer.id, channel, ts: pinned.ts });
  gone = 2 * minute;
  await house.restart();
  const { notes } = await house.incident(id, (now) =>
    [one, pinned].every((message) => now.notes[keyOf(message)] === 'hidden'),
  );
  expect([other, kept].map((message) => notes[keyOf(message)])).toEqual(['shown', 'shown']);
  const hidden = (await store.audit.find({ subject: id, limit: 500 })).filter(
    ({ event }) => event === 'incident.note-hidden',
  );
  expect(hidden.map(({ actor, facts }) => [actor, facts.unseen])).toEqual([
    ['gatehouse', true],
    ['gatehouse', true],
  ]);
});
