import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import { type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

/** Two engineers in the night, and services that one of them keeps for herself. */
let house: RunHouse;
let first: Person;
let second: Person;
let manager: Person;
const clock = shiftedClock();

beforeAll(async () => {
  house = await openRunHouse(['one', 'two', 'three', 'four'], { clock });
  first = house.person(people.onCall1);
  second = house.person(people.onCall2);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

const told = async (person: Person, text: string) =>
  textOf(await toldAlone(person, () => person.types(text)));
const reports = async (person: Person, text: string) => textOf(await person.asks(text));

describe('a service that somebody keeps for herself', () => {
  test('is kept from the other one, who hears by whom, until when and why; she herself goes on', async () => {
    const mine = await told(first, 'claim one@prod 2h "reading the heap"');
    expect(mine).toContain(`claimed by <@${first.id}> until`);
    expect(mine).toContain('because reading the heap.');
    const no = await told(second, 'restart one@prod --reason "it is slow"');
    expect(no).toContain(`claimed by <@${first.id}> until`);
    expect(no).toContain('Nothing was asked for');
    expect(no).toContain('/auth release one@prod --steal');
    for (const look of ['status', 'services', 'claims', 'runs']) {
      expect(await reports(second, look)).toContain(`claimed by <@${first.id}> until`);
    }
    const run = await house.request('one', 'memory leak', first);
    await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    await house.card(run, 'done and proved');
    expect(house.machine('one').restarts).toBe(1);
    expect(await told(second, 'release one@prod')).toContain(
      'It is theirs, so nothing was changed',
    );
    expect(await told(first, 'release one@prod')).toContain('free again');
    expect(await reports(second, 'claims')).toContain('Nobody has claimed anything');
  });

  test('holds what was asked for before, which its card says, until the claim ends by itself', async () => {
    const run = await house.request('two', 'memory leak', second);
    await told(first, 'claim two@prod 5m "reading the heap"');
    await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    const card = textOf(await house.card(run, 'It waits'));
    expect(card).toContain(`two@prod is claimed by <@${first.id}> until`);
    expect(house.machine('two').restarts).toBe(0);
    const over = await first.hears(
      async () => clock.shift(6 * 60_000),
      (message) => textOf(message).includes('because its time is over'),
    );
    expect(textOf(over)).toContain('two@prod');
    await house.card(run, 'done and proved');
    expect(house.machine('two').restarts).toBe(1);
  });

  test('is taken from her on purpose, and she is told by whom and why', async () => {
    await told(first, 'claim three@prod "sleeping on it"');
    expect(await told(second, 'claim three@prod "mine"')).toContain('you cannot claim it');
    const lost = await first.hears(
      () => second.types('release three@prod --steal "she is asleep"'),
      (message) => textOf(message).includes('was taken away by'),
    );
    expect(textOf(lost)).toContain(`<@${second.id}>: She is asleep`);
    expect(await told(second, 'claim three@prod "mine"')).toContain(`claimed by <@${second.id}>`);
    await told(second, 'release three@prod');
    const records = await house.store.audit.find({ subject: 'claim:three@prod', limit: 10 });
    expect(records.map(({ event }) => event).toReversed()).toEqual([
      'claim.claimed',
      'claim.taken-away',
      'claim.claimed',
      'claim.released',
    ]);
  });

  test('is in the way of all of its environment, for whoever wants that', async () => {
    await told(first, 'claim four@prod "reading the heap"');
    expect(await told(second, 'claim all@prod "failover"')).toContain('`four@prod` is claimed by');
    const no = await told(second, 'block 203.0.113.7 all@prod --reason "brute force"');
    expect(no).toContain('`four@prod` is claimed by');
    await told(first, 'release four@prod');
    expect(await told(second, 'claim all@prod 10m "failover"')).toContain(
      '`all@prod` is claimed by',
    );
    expect(await told(first, 'restart four@prod --reason "slow"')).toContain(
      '`all@prod` is claimed',
    );
    await told(second, 'release all@prod');
  });
});

test('somebody who may ask for no change may keep nothing from others', async () => {
  const viewer = house.person(people.viewer);
  expect(await told(viewer, 'claim one@prod "for fun"')).toContain(
    'You may not ask for any change',
  );
  expect(await told(viewer, 'claim all@prod "for fun"')).toContain(
    'You may not ask for any change',
  );
  await told(first, 'claim one@prod "reading the heap"');
  expect(await told(viewer, 'release one@prod --steal "for fun"')).toContain('You may not ask');
  expect(await reports(viewer, 'claims')).toContain(`claimed by <@${first.id}>`);
});

test('what cannot be kept is said so: too long, too short, without a reason', async () => {
  for (const text of [
    'claim one@prod 25h "why"',
    'claim one@prod 30s "why"',
    'claim one@prod 1h',
  ]) {
    expect(await told(first, text)).toMatch(/expected/);
  }
});
