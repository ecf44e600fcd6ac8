import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { pressing, toldAlone } from '../support/run-house.ts';

let house: IncidentHouse;
let engineer: Person;
let second: Person;
let viewer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openIncidentHouse();
  engineer = house.person(people.onCall1);
  second = house.person(people.onCall2);
  viewer = house.person(people.viewer);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

const asked = (who: Person, typed: string) => toldAlone(who, () => who.types(typed));
/** The incident, once somebody was invited to its channel. */
const invited = (id: string, who: Person) =>
  house.incident(id, ({ channel }) => channel?.invited?.[who.id] === null);

describe('somebody who declares what was declared a moment ago', () => {
  test('is shown the first one, joins it by a button, and is in its channel', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod login is slow');
    const told = await asked(viewer, 'incident start sev2 rms-auth@prod slow sign-in');
    expect(textOf(told)).toMatch(new RegExp(`${id}.*was declared of the same.*Nothing else`, 's'));
    expect(labelsOf(told)).toEqual([`Join ${id}`, 'Declare another anyway']);
    expect(textOf(await pressing(viewer, told, `Join ${id}`))).toMatch(/You are invited/);
    await invited(id, viewer);
    const seen = await house.slack.look(viewer.id);
    expect(seen.channels.some((one) => one.id === channel)).toBe(true);
  });

  test('raises the first one by a button where they say that it is worse', async () => {
    const { id } = await house.declares(engineer, 'sev3 rms-auth@prod odd');
    const told = await asked(viewer, 'incident start sev1 rms-auth@prod nobody gets in');
    expect(labelsOf(told)).toContain('Raise it to SEV1');
    await pressing(viewer, told, 'Raise it to SEV1');
    expect((await house.incident(id, ({ severity }) => severity === 1)).severity).toBe(1);
  });

  test('declares another one by a button where they want that', async () => {
    const { id } = await house.declares(engineer, 'sev2 rms-auth@prod slow');
    const told = await asked(second, 'incident start sev2 rms-auth@prod "something else"');
    const another = await pressing(second, told, 'Declare another anyway');
    expect(textOf(another)).toMatch(/something else.*is declared/s);
    const [other = ''] = /INC-\d+/.exec(textOf(another)) ?? [];
    expect(other).not.toBe(id);
    expect((await house.incident(other)).declaredBy.id).toBe(second.id);
  });

  test('finds everything they had filled in, and declares another one by sending it once more', async () => {
    const { id } = await house.declares(engineer, 'sev2 rust-auth@prod slow');
    await second.types('incident start');
    const filled = { title: 'keys are odd', target: 'rust-auth@prod', seen: 'a strange key' };
    const form = await house.form(second, 'Declare incident');
    await house.sends(second, form, filled);
    const again = await house.slack.waitFor(second.id, ({ modals }) =>
      modals.find((one) => JSON.stringify(one.blocks).includes('Sending this once more')),
    );
    expect(JSON.stringify(again.blocks)).toContain(id);
    expect(JSON.stringify(again.blocks)).toContain('a strange key');
    const before = (await house.store.incidents.list({ limit: 50 })).length;
    await house.sends(second, again, {});
    await house.sees(second, /keys are odd.*is declared/s);
    expect(await house.store.incidents.list({ limit: 50 })).toHaveLength(before + 1);
  });
});

describe('joining', () => {
  test('is a button where incidents are announced', async () => {
    const { id } = await house.declares(engineer, 'sev2 rust-auth@prod announced --quiet');
    const note = await house.sees(viewer, new RegExp(`${id}.*announced`, 's'));
    await pressing(viewer, note, 'Join');
    await invited(id, viewer);
  });

  test('what is about security is refused to whoever may not, who can ask to be let in', async () => {
    const security = house.person(people.security);
    const { id } = await house.declares(security, 'sev2 --security rust-auth@prod zanzibar leaks');
    const told = await asked(viewer, `incident join ${id}`);
    expect(textOf(told)).toMatch(/Only .*`security`.* may work on what is about security/s);
    expect((await house.incident(id)).channel?.invited).not.toHaveProperty(viewer.id);
    expect(textOf(await pressing(viewer, told, 'Ask them'))).toMatch(/They are asked/);
    const heard = await house.sees(
      security,
      /would like somebody to work on what is about security/,
    );
    expect(textOf(heard)).not.toMatch(/zanzibar/);
    expect(JSON.stringify(await house.slack.look(viewer.id))).not.toMatch(/zanzibar/);
  });
});

describe('somebody who may not do something', () => {
  test('asks those who may by a button, once an hour', async () => {
    const { id } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
    const told = await asked(viewer, `incident cancel false-alarm --incident ${id}`);
    expect(textOf(told)).toMatch(/Only .* may cancel it/);
    expect(textOf(await pressing(viewer, told, 'Ask them'))).toMatch(/They are asked/);
    for (const one of [engineer, manager])
      await house.sees(one, new RegExp(`${id}.*would like somebody to cancel it`, 's'));
    expect(textOf(await pressing(viewer, told, 'Ask them'))).toMatch(/asked for already/i);
    const records = await house.store.audit.find({ subject: id, limit: 100 });
    expect(records.filter(({ event }) => event === 'incident.plea')).toHaveLength(1);
    expect((await house.incident(id)).state).toBe('investigating');
  });
});
