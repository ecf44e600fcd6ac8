import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { browserPath, launchBrowser } from '../support/browser.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { type Person, textOf } from '../support/person.ts';
import { toldAlone } from '../support/run-house.ts';

let house: IncidentHouse;
let engineer: Person;

beforeAll(async () => {
  house = await openIncidentHouse(['rms-auth']);
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

const shown = (id: string, key: string, how: 'shown' | 'hidden' = 'shown') =>
  house.incident(id, ({ notes }) => notes[key] === how);
const keyOf = ({ channel, ts }: Message) => `${channel}:${ts}`;
const recordsOf = async (id: string, event: string) =>
  (await house.store.audit.find({ subject: id, limit: 500 })).filter(
    (one) => one.event === `incident.${event}`,
  );
const told = async (as: Person, typed: string, channel: string) =>
  textOf(await toldAlone(as, () => as.types(typed, channel)));

/** The addresses of the page that an answer links to: with names, and with roles. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/<(http[^|>]+\/incidents\/[^|>]+)\|/g)].map(([, address = '']) =>
    address.replaceAll('&amp;', '&'),
  );

describe('messages on the timeline', () => {
  test('a reaction puts a message there at its own time, twice is once, and taking the last away takes it off', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod notes');
    const said = await engineer.says('the signing key looks bad', channel);
    const mark = { as: engineer.id, channel, ts: said.ts };
    await house.slack.react({ ...mark, name: 'pushpin' });
    await shown(id, keyOf(said));
    await house.slack.react({ ...mark, name: 'memo' });
    await house.slack.react({ ...mark, name: 'pushpin' });
    await engineer.types('incident update "still looking"', channel);
    await house.incident(id, ({ updates }) => updates.posted > 0);
    expect((await house.incident(id)).notes[keyOf(said)]).toBe('shown');
    const added = await recordsOf(id, 'note-added');
    expect(added).toHaveLength(1);
    expect(added[0]?.facts).toMatchObject({
      text: 'the signing key looks bad',
      author: engineer.id,
      written: Math.round(Number(said.ts) * 1_000),
      permalink: expect.stringContaining(channel),
    });
    const timeline = 'incident timeline';
    expect(await told(engineer, timeline, channel)).toContain('the signing key looks bad');
    await house.slack.react({ ...mark, name: 'memo' });
    await shown(id, keyOf(said), 'hidden');
    expect(await recordsOf(id, 'note-added')).toHaveLength(1);
    expect(await told(engineer, timeline, channel)).not.toContain('the signing key looks bad');
  });

  test('so does a pin, an edit is a later entry, and so is a deletion', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod pinned');
    const said = await engineer.says('rolled back at 14:02', channel);
    await house.slack.pin({ as: engineer.id, channel, ts: said.ts });
    await shown(id, keyOf(said));
    await house.slack.edit({ as: engineer.id, channel, ts: said.ts, text: 'rolled back at 14:12' });
    await expect.poll(async () => (await recordsOf(id, 'note-changed')).length).toBe(1);
    await house.slack.remove({ as: engineer.id, channel, ts: said.ts });
    await expect.poll(async () => (await recordsOf(id, 'note-changed')).length).toBe(2);
    const changes = (await recordsOf(id, 'note-changed')).map(({ facts }) => facts.text);
    expect(changes).toEqual([null, 'rolled back at 14:12']);
    expect((await house.incident(id)).notes[keyOf(said)]).toBe('shown');
  });

  test('so does the shortcut, which says so; elsewhere it says that there is no timeline', async () => {
    const { id, channel } = await house.declares(engineer, 'sev2 rms-auth@prod by shortcut');
    const said = await engineer.says('cache was cold', channel);
    const answer = await engineer.shortcut('note-message', said);
    expect(textOf(answer)).toContain('It is on the timeline');
    await shown(id, keyOf(said));
    const elsewhere = await engineer.says('nothing to do with it');
    const no = await engineer.shortcut('note-message', elsewhere);
    expect(textOf(no)).toContain('not the channel of an incident');
  });

  test('what Gatehouse posts and pins itself is never put there', async () => {
    const { id, channel, card } = await house.declares(engineer, 'sev2 rms-auth@prod own posts');
    await house.slack.react({ as: engineer.id, channel, ts: card.ts, name: 'pushpin' });
    const said = await engineer.says('this one counts', channel);
    await house.slack.react({ as: engineer.id, channel, ts: said.ts, name: 'pushpin' });
    await shown(id, keyOf(said));
    expect(Object.keys((await house.incident(id)).notes)).toEqual([keyOf(said)]);
  });
});

describe('from the declaration to a published review', () => {
  let id = '';
  let channel = '';
  let links: string[] = [];

  beforeAll(async () => {
    ({ id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod login is down'));
    await engineer.types('incident ack', channel);
    const said = await engineer.says(`<@${people.manager1}> says the key is bad`, channel);
    await house.slack.react({ as: engineer.id, channel, ts: said.ts, name: 'pushpin' });
    await shown(id, keyOf(said));
    await engineer.types('incident update "the new key is bad" --doing "rolling back"', channel);
    await engineer.types('incident state monitoring', channel);
    await house.incident(id, ({ state }) => state === 'monitoring');
    await engineer.types('incident resolve "the old key is back"', channel);
    const form = await house.form(engineer, 'Resolve');
    await house.sends(engineer, form, { 'without-watch': 'seen it myself, all green' });
    await house.incident(id, ({ state }) => state === 'resolved');
  });

  test('the review is a file in the channel and a page, with everything that happened', async () => {
    const text = await told(engineer, 'incident review', channel);
    links = linksIn(text);
    expect(links).toHaveLength(2);
    const seen = await engineer.sees();
    const file = seen.messages.find(
      (one) => one.channel === channel && one.files.some(({ name }) => name === `${id}-review.md`),
    );
    expect(file).toBeDefined();
    const page = await (await fetch(links[0] ?? '')).text();
    expect(page).toContain('login is down');
    expect(page).toContain('says the key is bad');
    expect(page).toContain('the old key is back');
    expect(page).toMatch(/Acknowledged<\/th><td>0:\d\d of 5:00/);
  });

  test('with roles nobody is named', async () => {
    const [named = '', roles = ''] = await Promise.all(
      links.map(async (link) => (await fetch(link)).text()),
    );
    const { messages } = await engineer.sees();
    expect(messages.length).toBeGreaterThan(0);
    const names = [people.onCall1, people.manager1];
    for (const one of names) expect(roles).not.toContain(one);
    expect(roles).toContain('incident commander');
    expect(named).not.toContain('incident commander says');
  });

  test('without a valid link there is nothing to be seen', async () => {
    const [good = ''] = links;
    const bad = [
      good.replace(/sig=./, (sig) => (sig === 'sig=0' ? 'sig=1' : 'sig=0')),
      good.replace('people=names', 'people=roles'),
      good.replace(/until=\d/, (until) => (until === 'until=9' ? 'until=8' : 'until=9')),
      good.replace(id, 'INC-1'),
      good.replace(/\?.*/, ''),
      `${house.web()}/incidents/INC-99999`,
      good.replace(/for=\w+/, `for=${people.manager1}`),
    ];
    for (const address of bad) {
      const answer = await fetch(address);
      expect([address, answer.status]).toEqual([address, 404]);
      expect(await answer.text()).toContain('This address shows nothing');
    }
  });

  test.skipIf(browserPath === null).each(['light', 'dark'] as const)(
    'axe finds nothing in the %s page, and nothing of it is refused',
    async (colorScheme) => {
      const browser = await launchBrowser();
      try {
        const context = await browser.newContext({ colorScheme });
        const page = await context.newPage();
        const trouble: string[] = [];
        page.on('console', (message) => trouble.push(message.text()));
        await page.goto(links[0] ?? '');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations).toEqual([]);
        expect(trouble).toEqual([]);
        expect(await page.locator('body').evaluate((body) => getComputedStyle(body).margin)).toBe(
          '0px',
        );
      } finally {
        await browser.close();
      }
    },
  );

  test('it is checked with buttons, notes are written in a form, and one click publishes it', async () => {
    const review = await toldAlone(engineer, () => engineer.types('incident review', channel));
    await engineer.clicks(review, 'The timeline is checked');
    await house.incident(id, (one) => one.review?.checks.timeline === true);
    await engineer.clicks(review, 'Write notes');
    const form = await house.form(engineer, 'Review');
    await house.sends(engineer, form, { helped: 'the drill of last month' });
    await house.incident(id, (one) => one.review?.notes.helped !== '');
    await engineer.clicks(review, 'Publish');
    await house.incident(id, ({ state }) => state === 'closed');
    const page = await (await fetch(links[0] ?? '')).text();
    expect(page).toContain('the drill of last month');
    expect(page).toContain('<strong>closed</strong>');
  });
});

test('figures say how incidents went, and operators see how late they are', async () => {
  const text = await told(engineer, 'incident stats 30d --service rms-auth', channels.general);
  expect(text).toMatch(/\*All\*: \d+ incidents/);
  expect(text).toMatch(/Acknowledged in time 100 % \(1 of 1\)/);
  expect(text).toMatch(/\*SEV1\*: 1 incident\b/);
  const metrics = await (await fetch(`${house.web()}/metrics`)).text();
  expect(metrics).toMatch(/^gatehouse_incidents_open\{severity="2"\} 4$/m);
  expect(metrics).toMatch(/^gatehouse_incident_updates_total\{kind="posted"\} 2$/m);
  expect(metrics).toMatch(/^gatehouse_incident_promises_total\{kind="reminders"\} \d+$/m);
  expect(metrics).toMatch(/^gatehouse_incident_promises_total\{kind="calls"\} \d+$/m);
  expect(metrics).toMatch(/^gatehouse_incident_timers_repaired_total\{kind="timers"\} 0$/m);
  expect(metrics).toMatch(/^gatehouse_incident_timer_lag_seconds [\d.e-]+$/m);
  const rules = [...readFileSync('docs/deploying.md', 'utf8').matchAll(/\((gatehouse_\w+)\)/g)].map(
    ([, name]) => name,
  );
  expect(rules.length).toBeGreaterThan(3);
  for (const name of rules) expect(metrics).toMatch(new RegExp(`^${name} `, 'm'));
  expect(metrics).toMatch(/^gatehouse_outbox_age_seconds [\d.e-]+$/m);
});
