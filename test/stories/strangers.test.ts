import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { app, channels, groups, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type House, openHouse } from '../support/house.ts';
import { labelsOf, textOf } from '../support/person.ts';

let house: House;
/** An answer in a channel that all of them are in, with buttons. */
let shared: Message;

beforeAll(async () => {
  house = await openHouse();
  house.writeLog('rust-auth', [`${new Date().toISOString()} INFO somebody logged in`]);
  shared = await house.person(people.onCall1).mentions('status', channels.incidents);
});
afterAll(() => house.close());

const strangers = [
  ['a guest', people.guest, 'Guests of the workspace cannot use Gatehouse.'],
  ['somebody who has left', people.deactivated, 'This account is deactivated'],
  ['somebody of another company', people.external, 'Gatehouse belongs to another workspace'],
] as const;

describe.each(strangers)('%s is refused with a sentence', (_who, id, sentence) => {
  test('after a command', async () => {
    const told = await house.person(id).asks('status', channels.incidents);
    expect(textOf(told)).toContain(sentence);
    expect(textOf(told)).not.toContain('rust-auth');
  });

  test('after pressing a button of an answer that they can see', async () => {
    const told = await house.person(id).presses(shared, 'Refresh');
    expect(textOf(told)).toContain(sentence);
    expect(told.onlyFor).toBe(id);
  });

  test('after mentioning Gatehouse', async () => {
    const told = await house.person(id).mentions('status', channels.incidents);
    expect(textOf(told)).toContain(sentence);
  });

  test('in the Home tab, which shows nothing else', async () => {
    const home = await house.person(id).opensHome();
    expect(textOf(home)).toContain(sentence);
    expect(labelsOf(home)).toEqual([]);
  });
});

test('a bot is refused as well: nobody would answer for what it does', async () => {
  const told = await house.person(app.botUser).mentions('status', channels.general);
  expect(textOf(told)).toContain('Apps and bots cannot use Gatehouse');
});

describe('what somebody may do changes within seconds', () => {
  const viewer = () => house.person(people.viewer);
  const mayRead = async () =>
    !textOf(await viewer().asks('logs rust-auth@prod')).includes('You may not use');

  test('of joining a user group, and of leaving it', async () => {
    expect(await mayRead()).toBe(false);
    await house.slack.group({ group: groups.oncall, members: [people.onCall1, people.viewer] });
    await expect.poll(mayRead).toBe(true);
    await house.slack.group({ group: groups.oncall, members: [people.onCall1] });
    await expect.poll(mayRead).toBe(false);
  });

  test('of becoming a guest, of leaving the company, and of coming back', async () => {
    const helpdesk = house.person(people.helpdesk);
    const told = async () => textOf(await helpdesk.asks('status', channels.incidents));
    expect(await told()).toContain('All 2 are up.');
    await house.slack.member({ user: helpdesk.id, guest: true });
    await expect.poll(told).toContain('Guests of the workspace');
    await house.slack.member({ user: helpdesk.id, guest: false, deactivated: true });
    await expect.poll(told).toContain('This account is deactivated');
    await house.slack.member({ user: helpdesk.id, deactivated: false });
    await expect.poll(told).toContain('All 2 are up.');
  });
});
