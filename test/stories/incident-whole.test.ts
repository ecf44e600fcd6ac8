import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type IncidentHouse, openIncidentHouse } from '../support/incident-house.ts';
import { memoryStore } from '../support/memory-store.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

const minute = 60_000;
const clock = shiftedClock();
const store = memoryStore({}, clock);
let house: IncidentHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  const contacts = { primary: { who: `user:${people.onCall1}` } };
  house = await openIncidentHouse(
    ['rms-auth'],
    { clock, store },
    { incidents: { clocks: { sev1: { watch: '2m' } }, contacts } },
  );
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

/** A minute goes by, in which the checks are looked at once. */
async function looked(id: string): Promise<void> {
  const before = (await store.incidentSamples.since(id, 0)).length;
  clock.shift(minute);
  const looks = async () => (await store.incidentSamples.since(id, 0)).length;
  await expect.poll(looks).toBeGreaterThan(before);
}

/** Its card once it can be resolved by a button of its own. */
async function passedCard(id: string): Promise<Message> {
  const { channel } = await house.incident(id);
  return house.slack.waitFor(engineer.id, ({ messages }) =>
    messages.find((one) => one.channel === channel?.id && labelsOf(one).includes('Resolve')),
  );
}

test('from the declaration a restart that is approved and a watch that passes lead to a published review', async () => {
  house.machine('rms-auth').health = 'down';
  const { id, channel, card } = await house.declares(engineer, 'sev1 rms-auth@prod login down');
  await pressing(engineer, card, 'Acknowledge');
  await engineer.types('incident update "all tokens are refused" --doing "a restart"', channel);
  await house.sees(engineer, /Update 1.*all tokens are refused/s, channel);

  const asked = await toldAlone(engineer, () =>
    engineer.types('restart --reason "the cache is broken"', channel),
  );
  const run = runIdIn(asked);
  await pressing(manager, await house.card(run, /waiting/), 'Approve');
  await house.reaches(run, 'succeeded');
  await house.incident(id, ({ runs }) => runs[run] === 'succeeded');
  expect(house.machine('rms-auth').restarts).toBe(1);
  house.machine('rms-auth').health = 'up';

  await looked(id); // what is seen before the watch has no part in it
  await engineer.types('incident state monitoring', channel);
  await house.incident(id, ({ watch }) => watch?.state === 'running');
  do await looked(id);
  while ((await house.incident(id)).watch?.state !== 'passed');
  await engineer.clicks(await passedCard(id), 'Resolve');
  const form = await house.form(engineer, 'Resolve');
  expect(JSON.stringify(form)).not.toContain('without-watch');
  await house.sends(engineer, form, { fix: 'restarted it' });
  const { resolution } = await house.incident(id, ({ state }) => state === 'resolved');
  expect(resolution).toMatchObject({ fix: 'restarted it', withoutWatch: null });

  const review = await toldAlone(engineer, async () =>
    engineer.clicks(await house.incidentCard(id, /Resolved by/), 'Review'),
  );
  await engineer.clicks(review, 'The timeline is checked');
  await house.incident(id, (one) => one.review?.checks.timeline === true);
  await engineer.clicks(review, 'Publish');
  await house.incident(id, ({ state }) => state === 'closed');
  await house.sees(engineer, /review.*published/is, channel);
  const [, page = ''] = /<(http[^|>]+\/incidents\/[^|>]+)\|/.exec(textOf(review)) ?? [];
  const shown = await (await fetch(page.replaceAll('&amp;', '&'))).text();
  for (const part of ['login down', 'all tokens are refused', run, 'restarted it', 'closed']) {
    expect(shown).toContain(part);
  }
});
