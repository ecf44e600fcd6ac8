import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { app, channels, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minute = 60_000;
const clock = shiftedClock();
let house: IncidentHouse;
let engineer: Person;

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth'], { clock, store: memoryStore({}, clock) });
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());
afterEach(() => house.slack.faults({ refuse: {}, revoked: false }));

const isLost = ({ channel }: Incident) => channel !== null && channel.lost !== null;
const isWhole = ({ channel, setup }: Incident) =>
  channel?.lost === null && setup.pin.kind === 'done';

/** What the leader is told alone, once the channel of that incident is lost. */
const toldLost = (id: string): Promise<Message> =>
  house.slack.waitFor(engineer.id, ({ messages }) =>
    messages.find(
      (one) =>
        one.channel.startsWith('D') && textOf(one).includes(id) && labelsOf(one).includes(again),
    ),
  );
const again = 'Make a new channel';

const pinsOf = async (channel: string): Promise<string[]> => {
  const seen = await engineer.sees();
  return seen.channels.find(({ id }) => id === channel)?.pins ?? [];
};

describe('a channel that', () => {
  test.each([
    ['somebody archives', (channel: string) => house.slack.archive({ as: engineer.id, channel })],
    [
      'Gatehouse is put out of',
      (channel: string) => house.slack.kick({ as: engineer.id, channel, user: app.botUser }),
    ],
    [
      'an administrator deletes',
      (channel: string) => house.slack.deleteChannel({ as: engineer.id, channel }),
    ],
  ])(
    '%s is said to be lost, and a new one has everything that the first had',
    async (how, lose) => {
      const { id, channel } = await house.declares(engineer, `sev1 rms-auth@prod ${how}`);
      await lose(channel);
      await house.incident(id, isLost);
      const told = await toldLost(id);
      await house.sees(
        engineer,
        new RegExp(`${id}.*Nothing can be written`, 's'),
        channels.incidents,
      );
      await engineer.types(`incident update "a bad key" --incident ${id}`);
      await house.sees(engineer, new RegExp(`${id}.*a bad key`, 's'), channels.incidents);
      await engineer.clicks(told, again);
      const anew = await house.incident(id, isWhole);
      expect(anew.channel?.id).not.toBe(channel);
      const card = await house.incidentCard(id);
      expect(card.channel).toBe(anew.channel?.id);
      expect(await pinsOf(card.channel)).toEqual([card.ts]);
    },
  );
});

test('a card that somebody deletes is posted anew, and the pin moves to it', async () => {
  const { id, channel, card } = await house.declares(engineer, 'sev1 rms-auth@prod card is gone');
  await house.slack.remove({ as: engineer.id, channel, ts: card.ts });
  await engineer.types('incident ack', channel);
  await house.incident(
    id,
    ({ channel: now }) => now?.pinned !== undefined && now.pinned !== card.ts,
  );
  const next = await house.incidentCard(id, /Acknowledged by/);
  expect(next.ts).not.toBe(card.ts);
  await expect.poll(() => pinsOf(channel)).toContain(next.ts);
});

test('while the token is revoked nothing is taken for lost and the incident goes on; afterwards everybody reads that', async () => {
  const { id, channel, card } = await house.declares(engineer, 'sev1 rms-auth@prod no token');
  await house.slack.faults({ revoked: true });
  await engineer.clicks(card, 'Acknowledge');
  await house.incident(id, ({ acknowledged }) => acknowledged !== null);
  const outcomes = async () =>
    (await house.slack.traffic({})).traffic.map(({ outcome }) => outcome);
  await expect.poll(outcomes).toContain('token_revoked');
  await house.slack.faults({ revoked: false });
  clock.shift(2 * minute); // as long as nothing is tried with such a token
  await house.incidentCard(id, /Acknowledged by/);
  await house.sees(engineer, /is acknowledged by/, channel);
  expect((await house.incident(id)).channel?.lost).toBeNull();
});

test('whoever acknowledges or takes a role is invited, once; who cannot be is named on the card', async () => {
  const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod who comes');
  const second = house.person(people.onCall2);
  await second.types(`incident ack --incident ${id}`);
  const seen = await house.incident(id, ({ channel: now }) => now?.invited?.[second.id] === null);
  expect(seen.setup.invite.kind).toBe('done');
  await house.slack.waitFor(second.id, (now) => now.channels.find((one) => one.id === channel));
  await house.slack.kick({ as: engineer.id, channel, user: second.id });
  await house.slack.faults({ refuse: { 'conversations.invite': 'user_not_found' } });
  await house.person(people.manager1).types(`incident take communications --incident ${id}`);
  await house.incident(id, ({ setup }) => setup.invite.kind === 'failed');
  await house.incidentCard(id, new RegExp(people.manager1));
  const { channels: rooms } = await engineer.sees();
  expect(rooms.find((one) => one.id === channel)?.members).not.toContain(second.id);
});
