import { expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import type { IncidentMessage } from '../../src/core/incidents.ts';
import { clearTraces } from '../../src/gatehouse/clear-traces.ts';
import { wantingTraces } from '../../src/incidents/wanted-traces.ts';
import { channels, people } from '../../workspace/people.ts';
import { type Sending, startSending, texts } from '../bot/sending.ts';
import { someIncident, someRules } from '../support/some-incident.ts';

const emptied = 'INC-7 goes on elsewhere.';
const room = 'incident:INC-7';
const card = { kind: 'incident', to: room, urgency: 1 } as const;
const notice = (to: string): IncidentMessage => ({ kind: 'notice', to, urgency: 1 });

/** An incident that is declared in public, sent by a real sender, and flagged. */
async function startPublic() {
  const sending = await startSending();
  const { api, outbox, slack } = sending;
  const made = await api.conversations.create({ name: 'inc-0007-zanzibar' });
  const old = made.channel?.id ?? '';
  await api.conversations.invite({ channel: old, users: people.onCall1 });
  const rules = {
    ...someRules,
    channels: { announce: channels.incidents, stakeholders: channels.general },
  };
  const incident = someIncident(7, { rules, declaredIn: null });
  const rooms = {
    find: async () => ({ kind: 'open', channel: old }) as const,
    refused: () => {},
    cardStands: () => {},
  };
  const flagged = wantingTraces({ ...incident, security: true, leftRooms: [old] }, 0);
  const clear = (one: Incident = flagged) =>
    clearTraces({
      ...{ outbox, api, take: async () => 0, sleep: async () => {}, ended: () => false },
    })({ ...one, times: { ...one.times, declared: Date.now() } });
  return { ...sending, slack, old, rooms, incident, flagged, clear };
}

/** What Gatehouse has said in channels, without Slack's own lines. */
const stands = async ({ said }: Pick<Sending, 'said'>, ...all: string[]) =>
  Promise.all(
    all.map(async (channel) => texts(await said(channel)).filter((one) => !/^set the/.test(one))),
  );

test('a card of which nobody knows that it was posted is emptied once it is about security', async () => {
  const house = await startPublic();
  const { slack, outbox, want, old, rooms, incident, clear, said } = house;
  want('INC-7', 1);
  await slack.control('faults', { dropAfter: 1 });
  const sender = house.sender({ rooms });
  outbox.raiseIncident(incident, [card]);
  await expect.poll(async () => texts(await said(old))).toContain('INC-7 1');
  await sender.stop(1_000);
  await slack.control('faults', { dropAfter: 0 });
  expect(await outbox.standings('INC-7')).toEqual([]);
  expect(await clear()).toMatchObject({ kind: 'looked', stand: [] });
  const [left = []] = await stands(house, old);
  expect(new Set(left)).toEqual(new Set([emptied]));
});

test('notices go as well, where it was announced too; what one person or stakeholders were told stays', async () => {
  const house = await startPublic();
  const { outbox, want, old, rooms, incident, clear } = house;
  const { api } = house;
  const places = [room, channels.incidents, channels.general, `user:${people.onCall1}`];
  want('INC-7', 1);
  want('INC-7/1', 1);
  house.sender({ rooms });
  outbox.raiseIncident(incident, [card, ...places.map(notice)]);
  await expect.poll(async () => (await outbox.standings('INC-7')).length).toBe(5);
  expect(await clear()).toEqual({ kind: 'looked', emptied: 3, stand: [] });
  expect(await stands(house, old, channels.incidents, channels.general)).toEqual([
    [emptied, emptied],
    [emptied],
    ['INC-7/1 1'],
  ]);
  const direct = await api.conversations.open({ users: people.onCall1 });
  const { messages = [] } = await api.conversations.history({ channel: direct.channel?.id ?? '' });
  expect(messages.map(({ text }) => text)).toEqual(['INC-7/1 1']);
});

test('what it says in its own channel stays, also while that is only just there', async () => {
  const house = await startPublic();
  const { outbox, want, old, rooms, incident, flagged, clear } = house;
  want('INC-7', 1);
  house.sender({ rooms });
  outbox.raiseIncident(incident, [card]);
  await expect.poll(async () => outbox.standing('INC-7', 'incident', room)).not.toBeNull();
  const elsewhere = { ...flagged, leftRooms: ['C0ELSEWHERE'], channel: null };
  await clear(wantingTraces(elsewhere, 0));
  expect(await stands(house, old)).toEqual([['INC-7 1']]);
});

test('where something cannot be taken away is told; a channel in which it was never heard is not', async () => {
  const { slack, old, clear, flagged } = await startPublic();
  await slack.control('archive', { as: people.onCall1, channel: old });
  const nowhere = wantingTraces({ ...flagged, declaredIn: 'C0NOTHERE' }, 0);
  expect(await clear(nowhere)).toEqual({
    ...{ kind: 'looked', emptied: 0 },
    stand: [{ channel: old, why: expect.stringContaining('is_archived') }],
  });
});

test('nothing is told as long as Slack is away', async () => {
  const { slack, clear } = await startPublic();
  await slack.control('faults', { refuse: { 'conversations.history': 'internal_error' } });
  expect(await clear()).toMatchObject({ kind: 'later', why: expect.stringContaining('internal') });
});
