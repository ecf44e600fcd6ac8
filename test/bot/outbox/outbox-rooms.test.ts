import { describe, expect, test } from 'vitest';
import type { OldCards, OutboxRooms, RoomFound } from '../../../src/bot/outbox/outbox-places.ts';
import type { Incident } from '../../../src/core/incident.ts';
import { channels, people } from '../../../workspace/people.ts';
import { someIncident } from '../../support/some-incident.ts';
import { calls, startSending, texts } from '../sending.ts';

/** What the outbox asks and tells of one channel, which changes. */
function roomThat(first: RoomFound) {
  let now = first;
  const told: string[] = [];
  const rooms: OutboxRooms = {
    find: async () => now,
    refused: (id) => told.push(`refused ${id}`),
    cardStands: (id) => told.push(`card ${id}`),
  };
  return {
    rooms,
    told,
    becomes: (next: RoomFound) => {
      now = next;
    },
  };
}

test('while nobody knows where the channel is a message waits, and that is no try', async () => {
  const sending = await startSending();
  const { outbox, want, said } = sending;

  want('INC-7', 1);
  let asked = 0;
  const find = async (): Promise<RoomFound> => {
    asked += 1;
    if (asked < 14) throw new Error('the database is away');
    return at(channels.general);
  };
  sending.sender({ rooms: { find, refused: () => {}, cardStands: () => {} } });
  outbox.raiseIncident(version(1), [card]);
  await expect.poll(async () => texts(await said(channels.general))).toHaveLength(1);
  expect(await outbox.unconfirmed()).toEqual([]);
});

const to = 'incident:INC-7';
const at = (channel: string): RoomFound => ({ kind: 'open', channel });
const card = { kind: 'incident', to, urgency: 1 } as const;
const notice = { kind: 'notice', to, urgency: 1 } as const;
const version = (n: number): Incident => someIncident(7, { version: n });

test.each(['archive', 'kick', 'deleteChannel'] as const)(
  'what a channel does not take after %s waits, is told, and goes to the new channel',
  async (how) => {
    const sending = await startSending();
    const { slack, outbox, said, want, api } = sending;
    want('INC-7', 1);
    const made = await api.conversations.create({ name: 'inc-0007' });
    const first = made.channel?.id ?? '';
    const room = roomThat(at(first));
    await api.conversations.invite({ channel: first, users: people.onCall1 });
    sending.sender({ rooms: room.rooms });
    outbox.raiseIncident(version(1), [card]);
    await expect.poll(() => outbox.standing('INC-7', 'incident', to)).not.toBeNull();
    expect(room.told).toEqual(['card INC-7']);
    if (how === 'kick') {
      await slack.control('kick', { as: people.onCall1, channel: first, user: 'U07GATEHSE1' });
    } else await slack.control(how, { as: people.onCall1, channel: first });
    outbox.raiseIncident(version(2), [card, notice]);
    await expect.poll(() => room.told).toContain('refused INC-7');
    expect(await outbox.unconfirmed()).toEqual([]);
    room.becomes(at(channels.general));
    await expect.poll(async () => texts(await said(channels.general))).toHaveLength(2);
    expect(await outbox.standing('INC-7', 'incident', to)).toMatchObject({
      channel: channels.general,
    });
    expect(room.told.at(-1)).toBe('card INC-7');
    expect(await outbox.unconfirmed()).toEqual([]);
  },
);

test('what has no channel and never will have one is shown as not sent, but for the card', async () => {
  const sending = await startSending();
  const { outbox } = sending;
  sending.want('INC-7/1', 1);
  sending.sender({ rooms: roomThat({ kind: 'none', why: 'it is over' }).rooms });
  outbox.raiseIncident(version(1), [card, notice]);
  await expect
    .poll(async () => (await outbox.unconfirmed()).map(({ kind }) => kind))
    .toEqual(['notice']);
});

test('a channel that Slack does not let write into holds up no other, and is not asked all the time', async () => {
  const sending = await startSending();
  const { slack, outbox, said, want } = sending;
  await slack.control('archive', { as: people.onCall1, channel: channels.incidents });
  for (const n of [1, 2, 3, 4]) want(`INC-7/${n}`, 1);
  const room = roomThat(at(channels.incidents));
  sending.sender({ rooms: room.rooms });
  for (const n of [1, 2, 3]) outbox.raiseIncident(version(n), [notice]);
  outbox.raiseIncident(version(4), [{ kind: 'notice', to: channels.general, urgency: 2 }]);
  await expect.poll(async () => texts(await said(channels.general))).toEqual(['INC-7/4 1']);
  const posts = await calls(sending, 'chat.postMessage');
  expect(posts.length).toBeLessThan(20);
});

describe('a card in a channel that its incident has left', () => {
  /** A card stands in a channel, which its incident then leaves. */
  async function left(whose: 'its' | 'left' | 'secret') {
    const sending = await startSending();
    sending.want('INC-7', 1);
    const made = await sending.api.conversations.create({ name: 'inc-0007-zanzibar' });
    const channel = made.channel?.id ?? '';
    await sending.api.conversations.invite({ channel, users: people.onCall1 });
    const room = roomThat(at(channel));
    const noted: (string | null)[] = [];
    const oldCards: OldCards = {
      whose: async (_id, posted) => (posted.channel === channel ? whose : 'its'),
      left: async (_id, _posted, why) => void noted.push(why),
    };
    sending.sender({ rooms: { ...room.rooms, oldCards } });
    sending.outbox.raiseIncident(version(1), [card]);
    await expect.poll(() => sending.outbox.standing('INC-7', 'incident', to)).not.toBeNull();
    return { ...sending, room, noted, channel, first: () => sending.said(channel) };
  }
  const elsewhere: RoomFound = { kind: 'waiting', ms: 500, why: 'its channel is being made' };

  test('says nothing any more before there is another channel, and is emptied once', async () => {
    const sending = await left('secret');
    const { room, outbox, said, noted, first } = sending;
    room.becomes(elsewhere);
    outbox.raiseIncident(version(2), [card]);
    await expect.poll(async () => texts(await first())).toEqual(['INC-7 goes on elsewhere.']);
    expect(await said(channels.general)).toEqual([]);
    await expect.poll(() => noted).toEqual([null]);
    room.becomes(at(channels.general));
    await expect.poll(async () => texts(await said(channels.general))).toHaveLength(1);
    expect(texts(await first())).toEqual(['INC-7 goes on elsewhere.']);
    expect(noted).toEqual([null]);
    expect(await calls(sending, 'chat.update')).toHaveLength(1);
  });

  test('stays as it is while the channel is only lost, and may come back', async () => {
    const { room, outbox, first, noted } = await left('its');
    room.becomes(elsewhere);
    outbox.raiseIncident(version(2), [card]);
    room.becomes(at(channels.general));
    await expect
      .poll(() => outbox.standing('INC-7', 'incident', to))
      .toMatchObject({
        channel: channels.general,
      });
    expect(texts(await first())).toEqual(['INC-7 1']);
    expect(noted).toEqual([]);
  });

  test('that Slack does not let change is deleted when it is about security', async () => {
    const { slack, room, outbox, first, noted } = await left('secret');
    await slack.control('faults', { refuse: { 'chat.update': 'edit_window_closed' } });
    room.becomes(elsewhere);
    outbox.raiseIncident(version(2), [card]);
    await expect.poll(() => noted).toEqual([null]);
    expect(texts(await first())).toEqual([]);
  });

  test.each(['edit_window_closed', 'cant_update_message'])(
    'that can be neither changed (%s) nor deleted is told, and holds nothing up',
    async (no) => {
      const { slack, room, outbox, said, noted } = await left('secret');
      await slack.control('faults', {
        refuse: { 'chat.update': no, 'chat.delete': 'cant_delete_message' },
      });
      room.becomes(at(channels.general));
      outbox.raiseIncident(version(2), [card]);
      await expect.poll(async () => texts(await said(channels.general))).toHaveLength(1);
      expect(noted).toEqual([expect.stringContaining('cant_delete_message')]);
    },
  );

  test('holds the new one back while Slack only asks for patience', async () => {
    const sending = await left('secret');
    const { slack, room, outbox, said, first, noted } = sending;
    await slack.control('faults', { refuse: { 'chat.update': 'ratelimited' } });
    room.becomes(at(channels.general));
    outbox.raiseIncident(version(2), [card]);
    await expect.poll(async () => (await calls(sending, 'chat.update')).length).toBe(1);
    expect(await said(channels.general)).toEqual([]);
    await slack.control('faults', { refuse: {} });
    await expect.poll(async () => texts(await first())).toEqual(['INC-7 goes on elsewhere.']);
    await expect.poll(async () => texts(await said(channels.general))).toHaveLength(1);
    expect(noted).toEqual([null]);
  });
});
