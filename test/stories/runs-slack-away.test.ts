import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse } from '../support/run-house.ts';

let house: RunHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openRunHouse(['hung', 'broken', 'deaf', 'early']);
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

const healthy = { hang: false, failBefore: 0, dropAfter: 0, rateLimited: 0 };
afterEach(() => house.slack.faults(healthy));

test.each([
  ['never answers', 'hung', { hang: true }],
  ['answers 503', 'broken', { failBefore: 1 }],
  ['takes everything and drops the connection', 'deaf', { dropAfter: 1 }],
] as const)(
  'while a run is being done, Slack %s: it goes on, and its one card shows the end afterwards',
  async (_how, service, faults) => {
    let goOn = () => {};
    house.machine(service).onRestart = () =>
      new Promise((done) => {
        goOn = done;
      });
    const run = await house.request(service);
    await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    await house.reaches(run, 'executing');
    await house.slack.faults(faults);
    goOn();
    await house.reaches(run, 'succeeded');
    expect(house.machine(service).restarts).toBe(1);
    await house.slack.faults(healthy);
    expect(textOf(await house.card(run, 'done and proved'))).toContain('Seen after');
    expect(await house.cards(run)).toHaveLength(1);
  },
);

const waitingRun = async () => (await house.store.runs.inStates(['waiting']))[0]?.id ?? '';

test('a card that Slack took without saying so is not posted again', async () => {
  await house.slack.faults({ dropAfter: 1 });
  await engineer.types('restart early@prod --reason "memory leak"');
  const run = await expect.poll(waitingRun).toBeTruthy().then(waitingRun);
  await house.card(run, 'waiting');
  await new Promise((done) => setTimeout(done, 1_500)); // time for a second one
  await house.slack.faults(healthy);
  const card = await house.card(run, 'waiting');
  await pressing(manager, card, 'Approve');
  await house.card(run, 'done and proved');
  expect(await house.cards(run)).toHaveLength(1);
});
