import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const clock = shiftedClock();
const minute = 60_000;
const calls: { subject: string; text: string }[] = [];
const webhook = createServer((request, response) => {
  void text(request).then((body) => {
    calls.push(JSON.parse(body));
    response.writeHead(204).end();
  });
});
let house: IncidentHouse;
let engineer: Person;

beforeAll(async () => {
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  house = await openIncidentHouse(
    ['rms-auth'],
    {
      clock,
      env: { PAGER: `http://127.0.0.1:${port}/page`, PAGER_KEY: 'the-key-of-the-pager-0123456789' },
    },
    {
      notify: { webhook: { key: 'env:PAGER_KEY' } },
      incidents: {
        contacts: {
          primary: { who: `user:${people.onCall1}` },
          secondary: { who: `user:${people.onCall2}`, webhook: 'env:PAGER' },
        },
      },
    },
  );
  engineer = house.person(people.onCall1);
});
afterAll(async () => {
  await house.close();
  webhook.closeAllConnections();
  webhook.close();
});

test('while Slack is away for 41 minutes the ladder goes on by webhook, and afterwards one message says so', async () => {
  const { id, channel } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
  const shown = await engineer.hears(
    () => engineer.types(`incident show ${id}`),
    (one) => one.onlyFor === engineer.id && /on a page/.test(textOf(one)),
  );
  const [, link = ''] = /<(http[^|>]+)\|everything, on a page>/.exec(textOf(shown)) ?? [];
  const page = async () => (await fetch(link)).text();
  expect(await page()).not.toContain('Slack cannot be reached');
  await house.slack.faults({ failBefore: 1 });
  clock.shift(6 * minute); // nobody has acknowledged it: the second is called
  await house.incident(id, ({ escalations }) =>
    escalations.some(({ contact }) => contact === 'secondary'),
  );
  await expect.poll(() => house.log.join('\n')).toMatch(/503/);
  clock.shift(minute + 1_000);
  await expect.poll(() => calls.length).toBe(1);
  await expect.poll(page).toContain('<strong>Slack cannot be reached</strong> since');
  expect(calls[0]?.subject).toBe(`SEV1 ${id}: login down (Slack cannot be reached)`);
  const record = await house.store.audit.find({ subject: id, limit: 100 });
  expect(record.map(({ event }) => event)).toContain('incident.paged-elsewhere');

  clock.shift(40 * minute);
  await house.incident(id, ({ updates }) => updates.posted > 0);
  await house.slack.faults({ failBefore: 0 });
  await house.sees(engineer, /Slack could not be reached for 41 m/, channel);
  const seen = answersIn(await engineer.sees()).filter((one) => one.channel === channel);
  expect(seen.filter((one) => /could not be reached for/.test(textOf(one)))).toHaveLength(1);
  expect(calls).toHaveLength(1);
  const ready = await (await fetch(`${house.web()}/readyz`)).text();
  expect(ready).toMatch(/Slack could not be reached from .* to .* UTC/);
  expect(textOf(await engineer.opensHome())).toContain('Slack could not be reached from');
  const update = await house.sees(engineer, /Update 1/, channel);
  const digest = await house.sees(engineer, /could not be reached for/, channel);
  expect(Number(digest.ts)).toBeLessThan(Number(update.ts));
});
