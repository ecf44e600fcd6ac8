import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { type Person, textOf } from '../support/person.ts';
import { approvals } from '../support/run-catalogue.ts';
import { toldAlone } from '../support/run-house.ts';

/** What is said of it nowhere but to those who work on it. */
const secret = /zanzibar|mombasa|rust-auth/i;

let house: IncidentHouse;
let security: Person;
let stranger: Person;
let auditor: Person;
let id: string;

beforeAll(async () => {
  house = await openIncidentHouse();
  security = house.person(people.security);
  stranger = house.person(people.viewer);
  auditor = house.person(people.auditor);
  const declared = await house.declares(security, 'sev2 --security rust-auth@prod zanzibar leaks');
  id = declared.id;
  await security.types(`incident update "mombasa is open" --incident ${id}`);
  await security.types(`incident followup add "close mombasa" --incident ${id}`);
  await house.incident(id, ({ known, followUps }) => known !== null && followUps.length > 0);
});
afterAll(() => house.close());

const everythingSeenBy = async (who: Person): Promise<string> =>
  JSON.stringify(await house.slack.look(who.id));

describe('an incident about security', () => {
  test.each([
    'incident list',
    'incident list --service rust-auth',
    'incident show INC',
    'incident timeline INC',
    'incident timeline INC --all',
    'incident followup list INC',
    'incident review INC',
    'incident update --incident INC',
    'incident resolve INC',
    'incident escalate --incident INC',
    'incident escalate security "somebody has to look at it" --incident INC',
    'incident note INC "seen from outside"',
    'incident ack INC',
    'incident title "something else" --incident INC',
    'incident take INC commander',
    'incident update "what do we know"',
    'incident show',
  ])('says nothing of itself to somebody else who types %s', async (typed) => {
    const told = await toldAlone(stranger, () => stranger.types(typed.replace('INC', id)));
    // What they have typed themselves is said back to them.
    expect(textOf(told).replace(/`\/auth [^`]*`/g, '')).not.toMatch(secret);
    expect(await everythingSeenBy(stranger)).not.toMatch(/zanzibar|mombasa/i);
  });

  test('is not among those that somebody may join who declares another one', async () => {
    await stranger.types('incident start');
    const form = await house.form(stranger, 'Declare incident');
    expect(JSON.stringify(form)).not.toMatch(/zanzibar|mombasa/i);
  });

  test('takes no run of somebody else: for them there is no such incident', async () => {
    const engineer = house.person(people.onCall2);
    const typed = 'restart rust-auth@prod --reason "memory leak" --incident';
    const asked = async (of: string) =>
      textOf(await toldAlone(engineer, () => engineer.types(`${typed} ${of}`)));
    const told = await asked(id);
    expect(told).toMatch(/There is no incident/);
    expect(told).toBe((await asked('INC-9999')).replaceAll('INC-9999', id));
    expect(await house.store.runs.ofIncident(id)).toEqual([]);
  });

  test('lets nobody into its channel who was not called', async () => {
    const { acknowledged, channel } = await house.incident(id);
    expect(acknowledged).toBeNull();
    expect(Object.keys(channel?.invited ?? {})).not.toContain(stranger.id);
  });

  test('is kept as evidence by a run whose reason says nothing of it', async () => {
    const card = await house.incidentCard(id, '', security);
    await house.chooses(security, card, 'Snapshot evidence');
    await expect.poll(() => everythingSeenBy(security)).toMatch(/evidence has to be kept|evidence/);
    const seen = await house.slack.look(security.id);
    const asked = JSON.stringify([
      seen.modals,
      seen.messages.filter((one) => one.channel === approvals),
    ]);
    expect(asked).not.toMatch(/zanzibar|mombasa/i);
  });

  test('stands in the audit without its words for whoever may read the audit alone', async () => {
    for (const typed of [`audit --incident ${id}`, 'audit', `audit --person <@${security.id}>`]) {
      await toldAlone(auditor, () => auditor.types(typed));
    }
    const seen = await everythingSeenBy(auditor);
    expect(seen).toMatch(/incident/);
    expect(seen).not.toMatch(/zanzibar|mombasa/i);
    const manager = house.person(people.manager1);
    const own = await toldAlone(manager, () => manager.types(`audit --incident ${id}`));
    expect(textOf(own)).toMatch(/mombasa/);
  });

  test('is opened for nobody else by the Home tab', async () => {
    await stranger.opensHome();
    expect(await everythingSeenBy(stranger)).not.toMatch(/zanzibar|mombasa/i);
  });
});
