import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepRequest } from '../../src/bot/receiving/kept-request.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import type { Asked } from '../../src/handlers/desk.ts';
import { channels, people } from '../../workspace/people.ts';
import type { Message, View } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const clock = shiftedClock();
const store = memoryStore({}, clock);

let house: IncidentHouse;
let engineer: Person;
let viewer: Person;

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth', 'rust-auth'], {
    ...{ clock, store },
    openStore: async () => store,
  });
  engineer = house.person(people.onCall1);
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());

const openIncidents = () =>
  store.incidents.list({ states: ['investigating', 'identified'], limit: 50 });
const titled = async (title: string) =>
  (await openIncidents()).filter((one) => one.title === title);

describe('the Home tab', () => {
  let id: string;
  let secret: string;

  beforeAll(async () => {
    ({ id } = await house.declares(engineer, 'sev1 rms-auth@prod login is down'));
    const security = house.person(people.security);
    const shut = await house.declares(security, 'sev2 --security rust-auth@prod zanzibar leaks');
    secret = shut.id;
    await engineer.types(`incident take scribe --incident ${id}`);
    await house.incident(id, ({ roles }) => roles.scribe !== undefined);
  });

  test('says to each of two people which incidents they may see, and what they are in them', async () => {
    const [mine, theirs] = await Promise.all([engineer.opensHome(), viewer.opensHome()]);
    expect(textOf(mine)).toContain(`*${id} · login is down*`);
    expect(textOf(mine)).toContain('*you are incident commander and scribe*');
    expect(textOf(theirs)).toContain(`led by <@${engineer.id}>`);
    expect(textOf(theirs)).not.toContain('you are');
    expect(textOf(theirs)).toMatch(new RegExp(`${id}.*has to acknowledge it by`, 's'));
    expect(textOf(theirs)).not.toContain(secret);
    const security = await house.person(people.security).opensHome();
    expect(textOf(security)).toContain('zanzibar');
    expect(textOf(security)).toMatch(/zanzibar.*login is down/s); // one’s own stand first
  });

  test('opens a form in which whoever looks joins an open one instead, and nothing is declared', async () => {
    await viewer.clicks(await viewer.opensHome(), 'Declare incident');
    const form = await house.form(viewer, 'Declare incident');
    expect(labelsOf(form)).toEqual([`Join ${id}`]);
    const before = await openIncidents();
    await viewer.clicks(form, `Join ${id}`);
    const joined = await house.form(viewer, `Joined ${id}`);
    expect([joined.id, joined.submit, labelsOf(joined)]).toEqual([form.id, null, []]);
    expect(textOf(joined)).toMatch(/invited.*Nothing was declared, and you can close this/s);
    const { channel } = await house.incident(
      id,
      (one) => one.channel?.invited?.[viewer.id] === null,
    );
    const seen = await viewer.sees();
    expect(seen.channels.some((one) => one.id === channel?.id)).toBe(true);
    expect(seen.messages.some((one) => /You are invited/.test(textOf(one)))).toBe(false);
    expect((await openIncidents()).map((one) => one.id)).toEqual(before.map((one) => one.id));
    await house.slack.close({ as: viewer.id, view: form.id });
  });

  test('has a button that declares another one, for whoever looks, with the open ones above it', async () => {
    const home = await viewer.opensHome();
    expect(labelsOf(home)).toContain('Declare incident');
    await viewer.clicks(home, 'Declare incident');
    const form = await house.form(viewer, 'Declare incident');
    expect(textOf(form)).toContain('There is an open incident. Is it this one?');
    expect(textOf(form)).toContain('login is down');
    expect(textOf(form)).not.toContain('zanzibar');
    await house.sends(viewer, form, { title: 'tokens are refused', target: 'rust-auth@prod' });
    await expect.poll(() => titled('tokens are refused')).toHaveLength(1);
    const [declared] = await titled('tokens are refused');
    expect(declared).toMatchObject({ target: { service: 'rust-auth' }, severity: 2 });
    expect(declared?.declaredBy.id).toBe(viewer.id);
    expect(declared?.provisional).toBe(true);
    await house.sees(viewer, /tokens are refused/);
  });
});

describe('the shortcut “Declare incident”', () => {
  const opened = async (as: Person): Promise<View> => {
    await house.slack.shortcut({ as: as.id, callbackId: 'declare-incident' });
    return house.form(as, 'Declare incident');
  };

  test('opens the form from anywhere, for two people at once, and each declares their own', async () => {
    const [mine, theirs] = await Promise.all([opened(engineer), opened(viewer)]);
    await Promise.all([
      house.sends(engineer, mine, { title: 'from a shortcut', severity: '3' }),
      house.sends(viewer, theirs, { title: 'from another', severity: '4' }),
    ]);
    await expect.poll(() => titled('from a shortcut')).toHaveLength(1);
    await expect.poll(() => titled('from another')).toHaveLength(1);
    expect((await titled('from a shortcut'))[0]).toMatchObject({
      severity: 3,
      declaredBy: { id: engineer.id },
    });
    expect((await titled('from another'))[0]?.declaredBy.id).toBe(viewer.id);
  });

  test('keeps what was filled in when the title is missing, and declares nothing', async () => {
    const before = (await openIncidents()).length;
    const form = await opened(viewer);
    const sent = await house.slack.submit({
      as: viewer.id,
      view: form.id,
      values: { title: { title: '  ' }, seen: { seen: 'only errors' } },
    });
    expect(sent).toMatchObject({ ok: true });
    const again = await house.slack.waitFor(viewer.id, ({ modals }) =>
      modals.find((one) => textOf(one).includes('nothing was declared yet')),
    );
    expect(JSON.stringify(again.blocks)).toContain('only errors');
    expect(await openIncidents()).toHaveLength(before);
  });
});

test('a status with something red has a button that opens the form, about what is red alone', async () => {
  const button = 'Declare incident: rust-auth@prod …';
  expect(labelsOf(await engineer.asks('status')).join()).not.toContain('Declare incident');
  house.machine('rust-auth').health = 'down';
  const status = await engineer.asks('status');
  expect(labelsOf(status).filter((label) => label.startsWith('Declare'))).toEqual([button]);
  await engineer.clicks(status, button);
  const form = await house.form(engineer, 'Declare incident');
  const about = form.blocks.find(({ block_id }) => block_id === 'target');
  expect(about?.element).toMatchObject({ initial_option: { value: 'rust-auth@prod' } });
  await house.slack.close({ as: engineer.id, view: form.id });
  house.machine('rust-auth').health = 'up';
});

test('whoever declares one where it is announced reads what it is about there, and not twice', async () => {
  const told = await toldAlone(engineer, () =>
    engineer.types('incident start sev3 rms-auth@prod said once --another', channels.incidents),
  );
  expect(textOf(told)).toMatch(/INC-\d+.* is declared, and is announced here/);
  expect(textOf(told)).not.toContain('said once');
  await house.sees(viewer, /said once/, channels.incidents);
});

describe('the link to the page', () => {
  const linkIn = (message: Message): string =>
    (/<(http[^|>]+\/incidents\/[^|>]+)\|/.exec(textOf(message))?.[1] ?? '').replaceAll(
      '&amp;',
      '&',
    );
  const given = async (as: Person, id: string): Promise<string> =>
    linkIn(await toldAlone(as, () => as.types(`incident show ${id}`)));
  const status = async (link: string): Promise<number> => (await fetch(link)).status;

  test('is each person’s own, and nobody’s any more who was deactivated', async () => {
    const { id, card } = await house.declares(engineer, 'sev2 rms-auth@prod pages');
    expect(linkIn(card)).toBe('');
    const leaver = house.person(people.onCall2);
    const [mine, theirs] = [await given(engineer, id), await given(leaver, id)];
    expect(mine).not.toBe(theirs);
    expect([await status(mine), await status(theirs)]).toEqual([200, 200]);
    await house.slack.member({ user: leaver.id, deactivated: true });
    await expect.poll(() => status(theirs)).toBe(404);
    expect(await status(mine)).toBe(200);
    await house.slack.member({ user: leaver.id, deactivated: false });
  });

  test('shows nothing any more to whoever may not read it once it is about security', async () => {
    const { id } = await house.declares(engineer, 'sev2 rms-auth@prod mombasa');
    const [mine, theirs] = [await given(engineer, id), await given(viewer, id)];
    expect(await status(theirs)).toBe(200);
    await engineer.types(`incident security yes --incident ${id}`);
    await house.incident(id, ({ security }) => security);
    const answer = await fetch(theirs);
    expect(answer.status).toBe(404);
    const text = await answer.text();
    expect(text).not.toContain('mombasa');
    expect(text).toContain('/auth incident show');
    expect(await status(mine)).toBe(200);
  });

  test('is not given where others read it', async () => {
    const { id, channel, card } = await house.declares(engineer, 'sev3 rms-auth@prod in public');
    const answer = await engineer.mentions(`incident show ${id}`, channel);
    expect(textOf(answer)).toContain('in public');
    expect(linkIn(answer)).toBe('');
    await house.chooses(engineer, card, 'Everything, on a page');
    const own = await house.slack.waitFor(engineer.id, ({ messages }) =>
      messages.find((one) => one.onlyFor === engineer.id && /Everything about/.test(textOf(one))),
    );
    expect(await status(linkIn(own))).toBe(200);
  });
});

describe('what a process that is gone has taken', () => {
  const asker = { id: people.viewer, team: 'T07GATEHSE1' };
  /** Somebody did it, it was written down, and nothing came of it. */
  const leave = async (key: string, asked: Asked): Promise<void> => {
    const request = keepRequest(asked, createRedactor().redactAll);
    await store.intake.record({
      key,
      kind: 'command',
      actor: `${asker.team}:${asker.id}`,
      request,
    });
    clock.shift(30_000);
  };
  const command = (text: string): Asked => ({
    kind: 'command',
    text,
    asker,
    place: { channel: channels.general, thread: null },
  });
  const hears = async (says: RegExp) =>
    house.slack.waitFor(viewer.id, ({ messages }) =>
      messages.find((one) => one.channel.startsWith('D') && says.test(textOf(one))),
    );

  test('is told: which incident it became, or that nothing was declared', async () => {
    const origin = 'command:left-1';
    const declared = await store.incidents.declare(
      { ...(await anIncident()), title: 'left behind' },
      origin,
      { event: 'incident.declared', actor: `user:${asker.team}/${asker.id}`, facts: {} },
      [],
    );
    await leave(origin, command('incident start sev2 rms-auth@prod left behind'));
    const told = await hears(/It became/);
    expect(textOf(told)).toContain(declared.incident.id);
    expect(told.text).not.toContain('left behind');
    await leave('command:left-2', command('incident start sev2 rms-auth@prod never declared'));
    const nothing = await hears(/never declared.*Nothing was done and nothing was asked for/s);
    expect(labelsOf(nothing)).toEqual(['Ask for it now']);
    expect(await titled('never declared')).toEqual([]);
  });

  test('is told: whether the incident has heard of it', async () => {
    const { id } = await house.declares(engineer, 'sev2 rms-auth@prod heard or not');
    await leave('command:left-3', command(`incident update "unheard" --incident ${id.slice(4)}`));
    expect(textOf(await hears(new RegExp(`Nothing was done to .${id}`)))).toMatch(/do it again/);
    await viewer.types(`incident note "seen by a viewer" --incident ${id}`);
    await house.incident(id, ({ notes }) => Object.keys(notes).length > 0);
    await leave('command:left-4', command(`incident note "seen by a viewer" --incident ${id}`));
    expect(textOf(await hears(new RegExp(`${id}.*its timeline shows what you did`)))).toMatch(
      /Nothing has to be done again/,
    );
  });

  async function anIncident() {
    const { number, now } = await store.incidents.next();
    const [some] = await openIncidents();
    if (!some) throw new Error('No incident is open.');
    const times = { ...some.times, declared: now };
    const declaredBy = asker;
    return { ...some, id: `INC-${number}`, number, version: 1, times, declaredBy, channel: null };
  }
});
