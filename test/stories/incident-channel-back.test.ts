import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { channels, people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';
import { toldAlone } from '../support/run-house.ts';

let house: IncidentHouse;
let engineer: Person;
let viewer: Person;

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth']);
  engineer = house.person(people.onCall1);
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());

const isLost = ({ channel }: Incident) => channel !== null && channel.lost !== null;
const isBack = ({ channel }: Incident) => channel?.lost === null;
const archive = (channel: string) => house.slack.archive({ as: engineer.id, channel });
const unarchive = (channel: string) => house.slack.unarchive({ as: engineer.id, channel });
const timelineOf = async (id: string): Promise<string> =>
  textOf(await toldAlone(engineer, () => engineer.types(`incident timeline ${id}`)));
const news = 'Make a new channel';

test('an archived channel that is opened again is gone back to, with one line on the timeline', async () => {
  const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod closed by mistake');
  await archive(channel);
  await house.incident(id, isLost);
  const told = await house.slack.waitFor(engineer.id, ({ messages }) =>
    messages.find((one) => textOf(one).includes(id) && labelsOf(one).includes(news)),
  );
  await unarchive(channel);
  const back = await house.incident(id, isBack);
  expect(back.channel?.id).toBe(channel);
  await house.sees(engineer, new RegExp(`${id}.*can be written into again`, 's'), channel);
  await house.sees(
    engineer,
    new RegExp(`${id}.*can be written into again`, 's'),
    channels.incidents,
  );
  await engineer.types(`incident update "a bad key" --incident ${id}`);
  await house.sees(engineer, new RegExp(`${id}.*a bad key`, 's'), channel);
  expect((await timelineOf(id)).match(/can be written into again/g)).toHaveLength(1);
  const late = await toldAlone(engineer, () => engineer.clicks(told, news));
  expect(textOf(late)).toMatch(/already/);
});

test('one that was replaced meanwhile is left alone when it is opened again', async () => {
  const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod closed on purpose');
  await archive(channel);
  await house.incident(id, isLost);
  const told = await house.slack.waitFor(engineer.id, ({ messages }) =>
    messages.find((one) => textOf(one).includes(id) && labelsOf(one).includes(news)),
  );
  await engineer.clicks(told, news);
  const anew = await house.incident(id, (one) => isBack(one) && one.channel?.id !== channel);
  await unarchive(channel);
  await engineer.types(`incident update "a bad key" --incident ${id}`);
  await house.sees(engineer, new RegExp(`${id}.*a bad key`, 's'), anew.channel?.id);
  expect((await house.incident(id)).channel?.id).toBe(anew.channel?.id);
});

test('what turns out to be about security leaves neither its title nor buttons on the card that everybody sees', async () => {
  const typed = 'sev2 rms-auth@prod zanzibar is open';
  const { id, channel, card } = await house.declares(engineer, typed);
  await house.slack.join({ as: viewer.id, channel });
  await house.sees(viewer, /zanzibar/, channels.incidents);
  await engineer.types(`incident update "mombasa is open as well" --incident ${id}`);
  await house.sees(viewer, /mombasa/, channel);
  await house.slack.waitFor(viewer.id, (seen) => answersIn(seen).find(({ ts }) => ts === card.ts));
  await engineer.types(`incident security yes --incident ${id}`);
  const old = await house.slack.waitFor(viewer.id, (seen) =>
    answersIn(seen).find((one) => one.ts === card.ts && !textOf(one).includes('zanzibar')),
  );
  expect(textOf(old)).toContain('goes on elsewhere');
  expect(old.text).not.toContain('zanzibar');
  expect(old.blocks.filter(({ type }) => type !== 'section')).toEqual([]);
  await house.slack.waitFor(viewer.id, (seen) =>
    seen.channels.find((one) => one.id === channel && !one.topic?.includes('zanzibar')),
  );
  await house.incident(id, (one) => isBack(one) && one.setup.pin.kind === 'done');
  const moved = await house.incidentCard(id);
  expect(moved.channel).not.toBe(channel);
  expect(moved.text).not.toContain('zanzibar');
  await house.slack.waitFor(viewer.id, (seen) =>
    answersIn(seen).every((one) => !/zanzibar|mombasa/.test(textOf(one))) ? seen : undefined,
  );
  const { traces } = await house.incident(id, (one) => one.traces?.tries === 1);
  expect(traces).toMatchObject({ rooms: [channel], state: 'wanted' });
  const { leftCards } = await house.incident(id, (one) => one.leftCards !== undefined);
  expect(leftCards).toEqual({ [`${channel}:${card.ts}`]: 'emptied' });
  expect(await timelineOf(id)).toContain('its card there says nothing any more');
});
