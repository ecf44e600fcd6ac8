import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';
import { toldAlone } from '../support/run-house.ts';

let house: IncidentHouse;
let engineer: Person;
let second: Person;
let manager: Person;

beforeAll(async () => {
  house = await openIncidentHouse();
  engineer = house.person(people.onCall1);
  second = house.person(people.onCall2);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

const says = async (text: string, who = engineer, channel?: string) =>
  textOf(await toldAlone(who, () => who.types(text, channel)));

describe('an incident that somebody declares', () => {
  test('has a channel with the right people, a topic, a bookmark, a pinned card and an announcement', async () => {
    const { id, channel, card } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
    const { setup } = await house.incident(id, (one) => one.setup.announce.kind === 'done');
    expect(Object.values(setup).map(({ kind }) => kind)).toEqual(Array(7).fill('done'));
    expect(textOf(card)).toMatch(/login down/);
    expect(labelsOf(card)).toContain('Acknowledge');
    await house.sees(engineer, new RegExp(`${id}.*SEV1`, 's'), channels.incidents);
    const seen = await engineer.sees();
    const room = seen.channels.find((one) => one.id === channel);
    expect(room).toMatchObject({ name: expect.stringMatching(/^inc-000\d-rms-auth-login-down$/) });
  });

  test('of which nobody said what it is about, can be told so later; nonsense is refused with what there is', async () => {
    const { id, card } = await house.declares(engineer, 'sev2 something is odd');
    expect(await says('incident target nonsense@prod', engineer, card.channel)).toContain(
      'nonsense',
    );
    expect(await says('incident target rms-auth@prod', engineer, card.channel)).toMatch(
      /It is about rms-auth@prod now/,
    );
    const { target } = await house.incident(id, (one) => one.target !== null);
    expect(target).toEqual({ service: 'rms-auth', env: 'prod' });
  });

  test('is acknowledged by its button, once, and whoever is second hears by whom', async () => {
    const { id, card } = await house.declares(engineer, 'sev1 rms-auth@prod nobody gets in');
    expect(textOf(await toldAlone(engineer, () => engineer.clicks(card, 'Acknowledge')))).toMatch(
      /^You are on it\.$/, // the card and the notice say the rest
    );
    await house.incidentCard(id, /Acknowledged by .* at .*, after \d/);
    await house.slack.join({ as: second.id, channel: card.channel });
    expect(await says('incident ack', second, card.channel)).toMatch(
      /It is acknowledged already \(by <@U07ONCALL01>/,
    );
  });

  test('is updated with a form that has everything in it, and its clock begins anew', async () => {
    const { id, card } = await house.declares(engineer, 'sev1 rms-auth@prod tokens are refused');
    await engineer.clicks(card, 'Post update');
    const form = await house.form(engineer, 'Post an update');
    await house.sends(engineer, form, { known: 'a bad key', next: '30m', state: 'identified' });
    await house.sees(engineer, /Update 1.*a bad key/s, card.channel);
    const after = await house.incident(id, ({ updates }) => updates.posted === 1);
    expect([after.state, after.known]).toEqual(['identified', 'a bad key']);
    expect((after.updates.next ?? 0) - after.changedAt).toBeLessThanOrEqual(30 * 60_000);
    expect((after.updates.next ?? 0) - after.changedAt).toBeGreaterThan(29 * 60_000);
  });

  test('is told to customers’ people when communications approve the words, with a clock time and nothing else', async () => {
    const { id, card } = await house.declares(engineer, 'sev2 rms-auth@prod logins are slow');
    await house.chooses(engineer, card, 'communications');
    await house.incident(id, ({ roles }) => roles.communications?.by === engineer.id);
    const post = async (values: Record<string, string | string[]>) => {
      await engineer.clicks(await house.incidentCard(id), 'Post update');
      await house.sends(engineer, await house.form(engineer, 'Post an update'), values);
    };
    await post({ known: 'zanzibar leaks memory' });
    await house.sees(engineer, /Update 1.*zanzibar/s, card.channel);
    const stakeholders = 'Signing in may take longer than usual.';
    await post({ known: 'zanzibar is restarted', stakeholders, tell: ['stakeholders'] });
    const told = await house.sees(second, /Signing in may take longer/, channels.general);
    expect(textOf(told)).toMatch(/than usual\. Next update by .*\d\d:\d\d UTC/);
    const read = answersIn(await second.sees()).filter(
      (one) => one.channel === channels.general && one.onlyFor === null && textOf(one).includes(id),
    );
    expect(read.map(textOf)).toEqual([textOf(told)]);
    expect(textOf(told)).not.toMatch(/zanzibar|slow/);
  });

  test('is resolved with a form that asks why not to wait for the watch, and says so where it is missing', async () => {
    const { id, card } = await house.declares(engineer, 'sev1 rms-auth@prod slow');
    await house.chooses(engineer, card, 'Resolve');
    const form = await house.form(engineer, 'Resolve');
    await house.sends(engineer, form, { fix: 'restarted it', 'without-watch': 'short' });
    const again = await house.slack.waitFor(engineer.id, ({ modals }) =>
      modals.find((one) => /at least 10 characters/.test(textOf(one))),
    );
    expect(JSON.stringify(again)).toContain('restarted it');
    await house.sends(engineer, again, { 'without-watch': 'it was a demo, nothing to watch' });
    await house.sees(engineer, /is resolved.*restarted it/s, card.channel);
    const { state, resolution } = await house.incident(id, (one) => one.state === 'resolved');
    expect([state, resolution?.fix]).toEqual(['resolved', 'restarted it']);
  });
});

describe('a button of a card that is out of date', () => {
  test('does nothing, says who was first, and the card is drawn anew', async () => {
    const { id, card } = await house.declares(engineer, 'sev2 rms-auth@prod odd');
    await engineer.types('incident resolve "was nothing" --now', card.channel);
    const resolving = await house.form(engineer, 'Resolve');
    await house.sends(engineer, resolving, {
      fix: 'x y z',
      'without-watch': 'nothing is there to watch',
    });
    await house.incidentCard(id, /Resolved by/);
    expect(await says(`incident ack ${id}`, second)).toMatch(/is resolved, so nothing was done/);
    expect((await house.incident(id)).acknowledged).toBeNull();
    expect(manager.id).toBe(people.manager1);
  });
});

describe('somebody who is called', () => {
  test('reads what has happened in direct messages, says that they come, and the card shows it', async () => {
    const { id, card } = await house.declares(engineer, 'sev1 rust-auth@prod nobody can sign in');
    await house.chooses(engineer, card, 'Escalate');
    const form = await house.form(engineer, 'Escalate');
    expect(textOf(form)).toMatch(
      /They will read this.*Problem.*Timeline.*Steps taken.*Now.*Checks/s,
    );
    await house.sends(engineer, form, { contact: 'ciso', cause: 'security', why: 'odd tokens' });
    const security = house.person(people.security);
    const call = await house.sees(security, /is escalated.*Problem.*nobody can sign in.*Checks/s);
    expect(textOf(await security.presses(call, 'I’m on it'))).toMatch(/You are on it/);
    const { escalations } = await house.incident(id, (one) =>
      one.escalations.some(({ answer }) => answer?.kind === 'on-it'),
    );
    expect(escalations.at(-1)?.answer?.by).toBe(security.id);
  });
});

describe('a role that is handed over', () => {
  test('stays where it is when it is refused, and goes over when it is accepted', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rust-auth@prod slow');
    await engineer.types('incident give @oncall-2', channel);
    const asked = await house.sees(
      second,
      new RegExp(`${id}.*asks you to be incident commander`, 's'),
    );
    await second.presses(asked, 'I can’t');
    expect(
      (await house.incident(id, ({ handovers }) => handovers.length === 0)).roles.commander?.by,
    ).toBe(engineer.id);
    await engineer.types('incident give @oncall-2', channel);
    await house.incident(id, ({ handovers }) => handovers.length === 1);
    const again = await house.slack.waitFor(second.id, ({ messages }) =>
      messages.findLast((one) => one.ts > asked.ts && /asks you to be/.test(textOf(one))),
    );
    await second.presses(again, 'Accept');
    const { roles } = await house.incident(id, (one) => one.roles.commander?.by === second.id);
    expect(roles.commander?.by).toBe(second.id);
    await house.sees(engineer, /is incident commander now/, channel);
  });
});
