import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { DeadlineKind, Incident } from '../../src/core/incident.ts';
import { channels, directMessage, groups, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { incidentTime } from '../support/incident-time.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { pressing } from '../support/run-house.ts';

const minute = 60_000;
const time = incidentTime();
const { clock, store } = time;
/** When the second on call follows the first; before that the stories have ten hours. */
const handOver = clock.now() + 600 * minute;

let house: IncidentHouse;
let engineer: Person;
let other: Person;
let manager: Person;
let viewer: Person;
let id = '';
let channel = '';
let card: Message;
let declared = 0;
/** Whether Gatehouse finds nothing that is due, though it is there. */
let isStuck = false;

beforeAll(async () => {
  const moment = (at: number) => new Date(at).toISOString();
  const [before, after] = [moment(handOver - 86_400_000), moment(handOver + 86_400_000)];
  const contacts = {
    primary: { who: ['oncall:primary', `group:${groups.oncall}`] },
    secondary: { who: `user:${people.onCall2}` },
  };
  const shifts = [
    { who: `user:${people.onCall1}`, from: before, to: moment(handOver) },
    { who: `user:${people.onCall2}`, from: moment(handOver), to: after },
  ];
  const openStore = async () => {
    const opened = await time.openStore();
    const { takeDue } = opened.incidents;
    const due: typeof takeDue = async (...asked) => (isStuck ? [] : takeDue(...asked));
    return { ...opened, incidents: { ...opened.incidents, takeDue: due } };
  };
  house = await openIncidentHouse(
    ['rms-auth'],
    { ...time, openStore },
    {
      oncall: { primary: { shifts } },
      incidents: { contacts },
    },
  );
  engineer = house.person(people.onCall1);
  other = house.person(people.onCall2);
  manager = house.person(people.manager1);
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());
afterEach(async () => {
  await manager.types(`incident cancel false-alarm --incident ${id}`);
  await house.incident(id, ({ state }) => state === 'cancelled');
});

async function begins(typed: string): Promise<void> {
  clock.free();
  ({ id, channel, card } = await house.declares(engineer, typed));
  ({
    times: { declared },
  } = await house.incident(id));
}

const upTo = (moment: number): Promise<Incident> => time.upTo(house, id, moment);
const minutes = (count: number): Promise<Incident> => upTo(declared + count * minute);
/** The time passes until it is due, and it is done; or until so long before that. */
async function due(kind: DeadlineKind, before = 0): Promise<Incident> {
  const { deadlines } = await house.incident(id);
  const at = deadlines.find((one) => one.kind === kind)?.at ?? expect.fail(`no ${kind} is due`);
  return upTo(at - before);
}

const alone = (who: Person, says: RegExp): Promise<Message> =>
  house.sees(who, new RegExp(`${id}.*${says.source}`, 's'), directMessage(who.id));
/** What was written down of a kind, each with how many minutes after the declaration. */
const written = async (event: string) =>
  (await store.audit.find({ subject: id, limit: 500 }))
    .filter((one) => one.event === `incident.${event}`)
    .map(({ at, facts }) => ({ minute: Math.floor((at - declared) / minute), facts }))
    .toReversed();

async function acknowledged(typed: string): Promise<void> {
  await begins(typed);
  await engineer.clicks(card, 'Acknowledge');
  await house.incident(id, (one) => one.acknowledged !== null);
}

describe('whoever acknowledged and is not heard of', () => {
  test('is asked whether they are still on it; without an answer nobody is, and others are called', async () => {
    await acknowledged('sev1 rms-auth@prod it is quiet');
    await due('still-on-it');
    const asked = await alone(engineer, /are you still on it/);
    const stays = await pressing(engineer, asked, 'Yes, 30 minutes more');
    expect(textOf(stays)).toMatch(/you are still on it/);
    await due('still-on-it', minute);
    expect(await written('still-on-it-asked')).toHaveLength(1);
    expect((await due('still-on-it')).acknowledged).not.toBeNull();
    expect(await written('still-on-it-asked')).toHaveLength(2);
    expect((await due('still-on-it')).acknowledged).toBeNull();
    await house.sees(engineer, /has not answered: nobody is known to be on it now/, channel);
    await alone(other, /has not answered: nobody is known to be on it now/);
    await due('acknowledge');
    const again = (await written('escalated')).filter(
      ({ facts }) => facts.ladder === 'acknowledge',
    );
    expect(again.map(({ facts }) => facts.contact)).toEqual(['secondary']);
    await alone(other, /nobody has acknowledged it/);
  });
});

describe('while nobody acknowledges', () => {
  test('whoever was not sure is asked how bad it is, and the second and a manager are called', async () => {
    await begins('rms-auth@prod logins are odd');
    expect(await house.incident(id)).toMatchObject({ severity: 2, provisional: true });
    await minutes(10);
    const asked = await house.sees(engineer, /How bad is it/, channel);
    await pressing(engineer, asked, 'SEV2');
    expect((await minutes(14)).provisional).toBe(false);
    expect((await written('escalated')).length).toBe(0);
    await minutes(15);
    await alone(other, /nobody has acknowledged it/);
    await minutes(30);
    await alone(manager, /nobody has acknowledged it/);
    const called = (await written('escalated')).map(({ minute, facts }) => [minute, facts.contact]);
    expect(called).toEqual([
      [15, 'secondary'],
      [30, 'manager'],
    ]);
  });

  test('and nobody leads, whoever is on call is called to lead, and does by one button', async () => {
    await begins('sev2 rms-auth@prod nobody leads');
    await engineer.types('incident take commander --leave', channel);
    await house.incident(id, ({ roles }) => roles.commander === undefined);
    await due('role-unclaimed');
    await house.sees(engineer, /Nobody is incident commander/, channel);
    const call = await alone(other, /Nobody is incident commander/);
    await pressing(other, call, 'Be incident commander');
    await house.incident(id, ({ roles }) => roles.commander?.by === other.id);
    await house.sees(engineer, /is incident commander now/, channel);
  });
});

test('whoever comes on call while it is open is asked to lead it, once, and knows what there is to know', async () => {
  clock.stepTo(handOver - 5 * minute);
  await acknowledged('sev1 rms-auth@prod it lasts');
  await engineer.types('incident update "a bad key"', channel);
  await house.incident(id, ({ known }) => known === 'a bad key');
  await upTo(handOver);
  const asked = await alone(
    other,
    /You are on call now. Will you be incident commander of it lasts/,
  );
  expect(textOf(asked)).toMatch(/Problem.*Known: a bad key.*Timeline.*Now.*next update.*Checks/s);
  await house.sees(engineer, /is on call now, and is asked to be incident commander/, channel);
  expect((await house.incident(id)).roles.commander?.by).toBe(engineer.id);
  await pressing(other, asked, 'Accept');
  await house.incident(id, ({ roles }) => roles.commander?.by === other.id);
  await house.sees(engineer, /is incident commander now/, channel);
  expect(await written('shift')).toHaveLength(1);
});

describe('an update that nobody adds to', () => {
  test('is asked for later when somebody says so, once in a row, and updates come all the same', async () => {
    await acknowledged('sev1 rms-auth@prod somebody is busy');
    await minutes(20);
    const asked = await alone(engineer, /Nobody has added to the update/);
    const later = 'Remind me in 15 minutes';
    expect(textOf(await pressing(engineer, asked, later))).toMatch(/Put off/);
    expect((await minutes(34)).updates.posted).toBe(2);
    expect(await written('update-overdue')).toHaveLength(1);
    await due('overdue');
    expect((await written('update-overdue')).map(({ minute: at }) => at)).toEqual([20, 35]);
    expect(textOf(await pressing(engineer, asked, later))).toMatch(/put off already/i);
  });

  test('is reminded of before it is due, then asked for higher and higher up, and then not any more: it is red wherever people look until the next update', async () => {
    await acknowledged('sev1 rms-auth@prod nobody writes');
    await due('reminder');
    await engineer.clicks(await alone(engineer, /an update is due at/), 'Write it');
    const form = await house.form(engineer, 'Post an update');
    await house.slack.close({ as: engineer.id, view: form.id });
    expect((await minutes(15)).updates).toMatchObject({ posted: 1, onTime: 1 });
    await house.sees(engineer, /Update 1, automatic/, channel);
    const after = await minutes(110);
    expect(after.updates).toMatchObject({ posted: 7, onTime: 7, merged: 0 });
    const overdue = await written('update-overdue');
    const managers = [people.manager1, people.manager2];
    expect(overdue.map(({ minute, facts }) => [minute, facts.people])).toEqual([
      [20, [engineer.id]],
      [25, [engineer.id, other.id]],
      ...[35, 50, 65, 80, 95].map((at) => [at, [engineer.id, ...managers]]),
    ]);
    for (const one of [engineer, other, manager]) {
      await alone(one, /Nobody has added to the update that was promised for.*please take it/);
    }
    const heard = async (says: string) =>
      answersIn(await manager.sees())
        .filter((one) => one.channel === directMessage(manager.id))
        .filter((one) => textOf(one).startsWith(`:alarm_clock: *${id}* ${says}`)).length;
    await expect.poll(() => heard('Nobody has added to the update')).toBe(4);
    await expect.poll(() => heard('No further reminders. Nobody has said anything')).toBe(1);
    await house.incidentCard(id, silent);
    const newer = await house.declares(manager, 'sev3 rms-auth@prod this is newer');
    expect(await silentIn()).toEqual({
      ...{ list: [id, newer.id], home: [id, newer.id], page: true, card: true },
      first: 'silent ones first',
    });
    await manager.types(`incident update "it is the key" --incident ${id}`);
    await house.incident(id, ({ known }) => known === 'it is the key');
    await house.incidentCard(id, /^(?!.*SILENT).*it is the key/s);
    expect(await silentIn()).toEqual({
      ...{ list: [newer.id, id], home: [newer.id, id], page: false, card: false, first: '' },
    });
    await manager.types(`incident cancel false-alarm --incident ${newer.id}`);
    await house.incident(newer.id, ({ state }) => state === 'cancelled');
  });
});

test('timers that are late though Gatehouse is there are told where incidents are announced, once, and when it is over', async () => {
  await begins('sev1 rms-auth@prod nothing is woken');
  isStuck = true;
  clock.stepTo(declared + 6 * minute);
  clock.free();
  const { incidents } = channels;
  const told = textOf(await house.sees(viewer, /Timers of incidents are late/, incidents));
  expect(told).toMatch(new RegExp(`What was due in \`${id}\` by .* had not been done 1 m.*later`));
  expect(told).toMatch(/None of them is lost.*Until then tell people yourselves/s);
  expect(told).not.toContain('nothing is woken');
  isStuck = false;
  await manager.types(`incident cancel false-alarm --incident ${id}`);
  await house.incident(id, ({ state }) => state === 'cancelled'); // nothing is due any more
  clock.stepTo(clock.now() + 6 * minute);
  clock.free();
  await house.sees(viewer, /Timers of incidents are in time again.*They were late from/, incidents);
  const all = answersIn(await viewer.sees()).filter((one) => /^:\w+: \*Timers/.test(textOf(one)));
  expect(all).toHaveLength(2);
});

const silent = /:large_red_square: \*SILENT\* since/;

/** In which order somebody else is shown the incidents, and where it is said that nobody says anything of this one. */
async function silentIn() {
  const told = (typed: string, says: RegExp) =>
    manager.hears(
      () => manager.types(typed),
      (one) => one.onlyFor === manager.id && says.test(textOf(one)),
    );
  const list = textOf(await told('incident list', /newest/));
  const home = textOf(await manager.opensHome());
  const shown = textOf(await told(`incident show ${id}`, /on a page/));
  const [, link = ''] = /<(http[^|>]+)\|everything, on a page>/.exec(shown) ?? [];
  const page = await (await fetch(link)).text();
  const rows = (text: string) => [...text.matchAll(/\*(INC-\d+) · /g)].map(([, one]) => one);
  for (const text of [list, home]) {
    expect(silent.test(text)).toBe(silent.test(shown));
    if (silent.test(shown)) expect(text).toMatch(new RegExp(`${silent.source}[^\n]*\\*${id} · `));
  }
  return {
    ...{ list: rows(list), home: rows(home), card: silent.test(shown) },
    page: /<p class="alarm">.*<strong>SILENT<\/strong> since 20\d\d-/.test(page),
    first: /silent ones first/.exec(list)?.[0] ?? '',
  };
}
