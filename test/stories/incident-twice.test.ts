import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { channels, directMessage, people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { patience } from '../support/patience.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

/** Everything that somebody does arrives three times in this file. */
const copies = 3;

let house: IncidentHouse;
let engineer: Person;
let typed: { id: string; channel: string };
let filled: string;

/** Everything that there is of it was sent. */
const settled = (id: string) =>
  vi.waitFor(async () => {
    const waiting = await house.store.outbox.waiting();
    expect(waiting.filter(({ subject }) => subject.startsWith(id))).toEqual([]);
  }, patience);

async function declareByForm(): Promise<string> {
  await engineer.types('incident start');
  const form = await house.form(engineer, 'Declare incident');
  expect((await engineer.sees()).modals).toHaveLength(1);
  await house.sends(engineer, form, { title: 'tokens are refused', severity: '2' });
  const declared = await house.sees(engineer, /tokens are refused\* is declared/);
  const [id = ''] = /INC-\d+/.exec(textOf(declared)) ?? [];
  await house.incident(id, ({ setup }) =>
    Object.values(setup).every(({ kind }) => kind === 'done'),
  );
  return id;
}

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth']);
  engineer = house.person(people.onCall1);
  await house.slack.faults({ copies });
  const { id, channel, card } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
  typed = { id, channel };
  await engineer.clicks(card, 'Acknowledge');
  await house.incident(id, ({ acknowledged }) => acknowledged !== null);
  await engineer.clicks(card, 'Post update');
  await house.sends(engineer, await house.form(engineer, 'Post an update'), { known: 'a bad key' });
  await house.incident(id, ({ updates }) => updates.posted > 0);
  await house.chooses(engineer, card, 'communications');
  await house.incident(id, ({ roles }) => roles.communications !== undefined);
  const said = await engineer.says('the cache was cold', channel);
  await engineer.shortcut('note-message', said);
  filled = await declareByForm();
  await Promise.all([settled(id), settled(filled)]);
});
afterAll(() => house.close());

describe('what arrives three times', () => {
  test('declares one incident for each command and each form, with one channel each', async () => {
    const ids = (await house.store.incidents.unfinished()).map(({ incident }) => incident.id);
    expect(ids.toSorted()).toEqual([typed.id, filled].toSorted());
    const rooms = (await engineer.sees()).channels.filter(({ name }) => name.startsWith('inc-'));
    expect(rooms).toHaveLength(2);
    const creations = (await house.slack.traffic({})).traffic.filter(
      ({ what }) => what === 'conversations.create',
    );
    expect(creations).toHaveLength(2);
  });

  test('did arrive three times', async () => {
    const { traffic } = await house.slack.traffic({});
    const arrived = traffic.filter(
      ({ direction, what }) => direction === 'to-app' && /slash/.test(what),
    );
    expect(arrived).toHaveLength(2 * copies);
  });

  test.each(['declared', 'acknowledged', 'updated', 'role-taken', 'note-added'])(
    'is written down once: %s',
    async (what) => {
      const records = await house.store.audit.find({ subject: typed.id, limit: 200 });
      expect(records.filter(({ event }) => event === `incident.${what}`)).toHaveLength(1);
    },
  );

  test('is said once: to everybody, in the channel, and to whoever did it', async () => {
    const all = answersIn(await engineer.sees());
    const count = (says: RegExp, where: string, alone = false) =>
      all
        .filter((one) => one.channel === where && (one.onlyFor !== null) === alone)
        .filter((one) => says.test(textOf(one))).length;
    const { id, channel } = typed;
    const own = directMessage(engineer.id);
    expect({
      announced: [id, filled].map((one) =>
        count(new RegExp(`\\*${one}\\* SEV`), channels.incidents),
      ),
      called: [id, filled].map((one) => count(new RegExp(`\\*${one}\\* is declared by`), own)),
      declared: count(/is declared by/, channel),
      cards: count(new RegExp(`^${id} · login down`), channel),
      acknowledged: count(/is acknowledged by/, channel),
      updated: count(/Update \d/, channel),
      taken: count(/is in charge of communications now/, channel),
      answers: [/You are on it/, /You are in charge of communications/, /on the timeline/].map(
        (says) => count(says, channel, true),
      ),
      declaredAlone: count(/is declared: SEV1/, channels.general, true),
      declaredByForm: count(/is declared: SEV2/, own),
    }).toEqual({
      announced: [1, 1],
      called: [1, 1],
      ...{ declared: 1, cards: 1, acknowledged: 1, updated: 1, taken: 1 },
      answers: [1, 1, 1],
      ...{ declaredAlone: 1, declaredByForm: 1 },
    });
  });
});
