import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { textOf } from '../support/person.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, pressing, type RunHouse } from '../support/run-house.ts';

/** The on-call engineer has a second account, which is in the group of the managers. */
let house: RunHouse;
const accounts = `accounts: { second: { "user:${people.manager1}": "user:${people.onCall1}" } }\n`;

beforeAll(async () => {
  house = await openRunHouse(['one'], {
    catalogue: () => accounts + runCatalogue({ one: { fake: {} } }),
  });
});
afterAll(() => house.close());

test('nobody approves with a second account what they have asked for', async () => {
  const run = await house.request('one');
  const card = await house.card(run, 'waiting');
  const said = textOf(await pressing(house.person(people.manager1), card, 'Approve'));
  expect(said).toContain('This is a second account of somebody whom Gatehouse knows by another');
  expect(await house.run(run)).toMatchObject({ state: 'waiting', votes: [] });
  await pressing(house.person(people.manager2), card, 'Approve');
  await house.card(run, 'done and proved');
});
