import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directMessage, people } from '../../workspace/people.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';

let house: RunHouse;
let engineer: Person;
let other: Person;
let manager: Person;
let second: Person;

const services = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

beforeAll(async () => {
  house = await openRunHouse(services);
  engineer = house.person(people.onCall1);
  other = house.person(people.onCall2);
  manager = house.person(people.manager1);
  second = house.person(people.manager2);
});
afterAll(() => house.close());

describe('who decides', () => {
  test('neither the requester nor another engineer, a viewer or an auditor; one manager does', async () => {
    const run = await house.request('one');
    const card = await house.card(run, 'waiting');
    const says = async (who: Person) => textOf(await pressing(who, card, 'Approve'));
    expect(await says(engineer)).toContain('You asked for this yourself');
    expect(await says(other)).toContain('it takes somebody with the role `manager`');
    expect((await house.run(run)).state).toBe('waiting');
    expect(house.machine('one').restarts).toBe(0);
    expect(await says(manager)).toContain('Your approval is recorded: *Restart one@prod*.');
    const end = textOf(await house.card(run, 'done and proved'));
    expect(end).toContain('Seen before');
    expect(end).toContain('✓ *api*: a new one runs');
    expect(house.machine('one').restarts).toBe(1);
  });

  test('a manager who asks cannot approve it, and the other one can', async () => {
    const run = await house.request('two', 'memory leak', manager);
    const card = await house.card(run, 'waiting');
    expect(textOf(await pressing(manager, card, 'Approve'))).toContain('You asked for this');
    await pressing(second, card, 'Approve');
    await house.card(run, 'done and proved');
    expect(house.machine('two').restarts).toBe(1);
  });

  test('two managers who click in the same instant: it is done once, and both are told what is true', async () => {
    const run = await house.request('three');
    const card = await house.card(run, 'waiting');
    const told = await Promise.all([
      pressing(manager, card, 'Approve'),
      pressing(second, card, 'Approve'),
    ]);
    await house.card(run, 'done and proved');
    expect(house.machine('three').restarts).toBe(1);
    const texts = told.map(textOf);
    const { votes } = await house.run(run);
    expect(texts.filter((text) => text.includes('Your approval is recorded'))).toHaveLength(
      votes.length,
    );
    for (const text of texts) expect(text).toMatch(/recorded|too late for that/);
  });

  test('the same click, delivered three times, counts once and is answered once', async () => {
    const run = await house.request('four');
    const card = await house.card(run, 'waiting');
    await house.slack.faults({ copies: 3 });
    await pressing(manager, card, 'Approve');
    await house.slack.faults({ copies: 1 });
    await house.card(run, 'done and proved');
    expect(house.machine('four').restarts).toBe(1);
    expect((await house.run(run)).votes).toHaveLength(1);
    const answers = answersIn(await manager.sees()).filter(
      (one) => one.onlyFor === manager.id && textOf(one).includes(run),
    );
    expect(answers).toHaveLength(1);
  });

  test('the managers have it in their direct messages and can approve it there', async () => {
    const run = await house.request('five');
    const card = await house.slack.waitFor(manager.id, (seen) =>
      answersIn(seen).find(
        (one) => one.channel === directMessage(manager.id) && textOf(one).includes(run),
      ),
    );
    expect(labelsOf(card)).toEqual(['Approve', 'Deny', 'Details']);
    await pressing(manager, card, 'Approve');
    const end = await house.slack.waitFor(manager.id, (seen) =>
      answersIn(seen).find((one) => one.ts === card.ts && /done and proved/.test(textOf(one))),
    );
    expect(end.channel).toBe(card.channel);
  });
});

describe('what ends a request', () => {
  test('a no with its reason, which the requester reads on the card', async () => {
    const run = await house.request('six');
    const card = await house.card(run, 'waiting');
    const form = await manager.opens(card, 'Deny');
    const values = { reason: { reason: 'not during the match' } };
    await manager.hears(
      () => house.slack.submit({ as: manager.id, view: form.id, values }),
      (message) => textOf(message).includes('Your no is recorded'),
    );
    const end = await house.card(run, 'denied');
    expect(textOf(end)).toContain(`<@${manager.id}> denied it: not during the match.`);
    expect(labelsOf(end)).toEqual(['Details']);
    expect(house.machine('six').restarts).toBe(0);
  });

  test('the requester’s taking back, and nobody else’s', async () => {
    const run = await house.request('seven');
    await house.card(run, 'waiting');
    const says = async (who: Person) =>
      textOf(await toldAlone(who, () => who.types(`cancel ${run}`)));
    expect(await says(other)).toContain('Only the person who asked for it can do that.');
    expect(await says(manager)).toContain('Only the person who asked for it can do that.');
    expect((await house.run(run)).state).toBe('waiting');
    expect(await says(engineer)).toContain('You have taken it back');
    expect(textOf(await house.card(run, 'cancelled'))).toContain('Nothing was done');
    expect(textOf(await toldAlone(manager, () => manager.types(`approve ${run}`)))).toContain(
      'too late for that: the run is cancelled',
    );
    expect(house.machine('seven').restarts).toBe(0);
  });

  test('Cancel in the requester’s own direct messages, where there is no Approve', async () => {
    const run = await house.request('eight');
    const mine = await house.slack.waitFor(engineer.id, (seen) =>
      answersIn(seen).find(
        (one) => one.channel === directMessage(engineer.id) && textOf(one).includes(run),
      ),
    );
    expect(labelsOf(mine)).toEqual(['Cancel', 'Details']);
    expect(textOf(await pressing(engineer, mine, 'Cancel'))).toContain('You have taken it back');
    expect(textOf(await house.card(run, 'cancelled'))).toContain('Nothing was done');
  });
});

test('a request that Slack delivers three times is one request', async () => {
  await house.slack.faults({ copies: 3 });
  const run = await house.request('nine');
  await house.slack.faults({ copies: 1 });
  await house.card(run, 'waiting');
  const open = await house.store.runs.inStates(['requested', 'planned', 'waiting']);
  expect(open.filter(({ target }) => target.service === 'nine').map(({ id }) => id)).toEqual([run]);
});
