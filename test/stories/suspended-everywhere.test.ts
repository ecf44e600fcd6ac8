import { afterAll, beforeAll, expect, test } from 'vitest';
import { personSubject } from '../../src/core/suspensions.ts';
import { people, team } from '../../workspace/people.ts';
import { type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';

/** A manager was offboarded. Whatever they do from then on, and whatever they did before, counts for nothing. */
let house: RunHouse;
let gone: Person;
let other: Person;
let held: string;
let release: () => Promise<void>;

const offboarded = /You were offboarded, so Gatehouse does nothing for you/;

beforeAll(async () => {
  house = await openRunHouse(['one', 'two', 'three']);
  gone = house.person(people.manager1);
  other = house.person(people.manager2);
  held = await house.request('three');
  const lock = await house.store.locks.acquire('three@prod', 'user:somebody');
  release = async () => {
    if ('fence' in lock) await lock.release();
  };
  await pressing(gone, await house.card(held, 'waiting'), 'Approve');
  await toldAlone(other, () => other.types('stop-all "login storm"'));
  await toldAlone(gone, () => gone.types('resume-all'));
  const by = { run: 'R-000000', actor: `user:${team.id}/${other.id}`, reason: 'left' };
  await house.store.suspensions.suspend(personSubject({ id: gone.id, team: team.id }), by);
});
afterAll(() => house.close());

const said = async (doing: () => Promise<unknown>) => textOf(await toldAlone(gone, doing));

test('their word that changes may go on counts no more, and they cannot give it anew', async () => {
  expect(await said(() => gone.types('resume-all'))).toMatch(offboarded);
  expect(await said(() => gone.types('stop-all "again"'))).toMatch(offboarded);
  await toldAlone(other, () => other.types('resume-all'));
  expect((await house.store.killSwitch.state()).on).toBe(true);
  const third = house.person(people.security);
  await toldAlone(third, () => third.types('resume-all'));
  expect((await house.store.killSwitch.state()).on).toBe(false);
});

test('what they had approved before does not begin any more', async () => {
  await release();
  await house.card(held, 'denied');
  expect(house.machine('three').restarts).toBe(0);
});

test('no button, form, command or mention of theirs does anything', async () => {
  const run = await house.request('one');
  const card = await house.card(run, 'waiting');
  const reads = () => said(() => gone.types('services'));
  await expect.poll(reads).toMatch(offboarded); // reading waits for no database
  for (const label of ['Approve', 'Deny', 'Details'])
    expect(await said(() => gone.clicks(card, label))).toMatch(offboarded);
  const typed = ['approve', 'confirm', 'cancel', 'run'].map((verb) => `${verb} ${run}`);
  const asked = ['restart two@prod --reason "it leaks"', 'plan restart two@prod', 'audit'];
  const more = [
    `deny ${run} "not now"`,
    'claim two@prod 1h mine',
    `review ${run} "all was well, I looked"`,
  ];
  for (const text of [...typed, ...asked, ...more])
    expect(await said(() => gone.types(text)), text).toMatch(offboarded);
  expect(textOf(await gone.mentions(`approve ${run}`))).toMatch(offboarded);
  expect(await house.run(run)).toMatchObject({ state: 'waiting', votes: [] });
  expect(house.machine('one').restarts + house.machine('two').restarts).toBe(0);
});

test('everybody else goes on', async () => {
  const run = await house.request('two');
  await pressing(other, await house.card(run, 'waiting'), 'Approve');
  await house.card(run, 'done and proved');
  expect((await house.run(run)).votes.map(({ person }) => person)).toEqual([other.id]);
});
