import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Lock } from '../../src/core/locks.ts';
import { groups, people } from '../../workspace/people.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';
import { shiftedClock } from '../support/shifted-clock.ts';

/** What changes between the request, the approval and the claim. */
let house: RunHouse;
let engineer: Person;
let manager: Person;
const clock = shiftedClock();

beforeAll(async () => {
  const services = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  house = await openRunHouse(services, { clock });
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

/** Takes a target as somebody else would who works on it. */
async function hold(service: string): Promise<Lock> {
  const lock = await house.store.locks.acquire(`${service}@prod`, 'user:somebody');
  if (!('fence' in lock)) throw new Error('somebody has it already');
  return lock;
}

/** Asks for a restart while somebody else works on the target, and has it approved. */
async function approveWhileHeld(service: string): Promise<{ run: string; lock: Lock }> {
  const run = await house.request(service);
  const lock = await hold(service);
  await pressing(manager, await house.card(run, 'waiting'), 'Approve');
  expect((await house.run(run)).state).toBe('approved');
  return { run, lock };
}

const managers = (...members: string[]) => house.slack.group({ group: groups.managers, members });

describe('between the approval and the beginning', () => {
  test('somebody else works on the target: it waits for them, and is then done once', async () => {
    const { run, lock } = await approveWhileHeld('one');
    expect(house.machine('one').restarts).toBe(0);
    await lock.release();
    await house.card(run, 'done and proved');
    expect(house.machine('one').restarts).toBe(1);
  });

  test('the approver loses the role: nothing is done, and the card says why', async () => {
    const { run, lock } = await approveWhileHeld('two');
    await managers(people.manager2);
    onTestFinished(async () => {
      await managers(people.manager1, people.manager2);
    });
    await lock.release();
    const card = textOf(await house.card(run, 'denied'));
    expect(card).toContain('who gave it has lost the role since');
    expect(house.machine('two').restarts).toBe(0);
  });

  test('the target is not what it was: nothing is done, and the difference is shown', async () => {
    const { run, lock } = await approveWhileHeld('three');
    house.machine('three').startedAt += 1_000;
    await lock.release();
    const card = textOf(await house.card(run, 'superseded'));
    expect(card).toMatch(/The plan would be another one now \([0-9a-f]{8}\): .*api/s);
    expect(card).toContain('Nothing was done');
    expect(card).toContain('What would happen now');
    expect(house.machine('three').restarts).toBe(0);
    const next = textOf(await toldAlone(engineer, () => engineer.types('plan restart three@prod')));
    const [, code = 'none'] = /another one now \(([0-9a-f]{8})\)/.exec(card) ?? [];
    expect(next).toContain(code);
    expect(card).toContain(`New plan \`${code}\``);
  });

  test('the new plan can be asked for by its button: it is another request, with approvals of its own', async () => {
    const { run, lock } = await approveWhileHeld('nine');
    house.machine('nine').startedAt += 1_000;
    await lock.release();
    const old = await house.card(run, 'superseded');
    const said = await pressing(engineer, old, 'Ask for this plan');
    expect(textOf(said)).toContain('is asked for');
    const next = runIdIn(said);
    expect(next).not.toBe(run);
    expect((await house.run(next)).plan?.hash).toBe((await house.run(run)).newPlan?.hash);
    expect((await house.run(next)).state).toBe('waiting');
    expect(house.machine('nine').restarts).toBe(0);
    await pressing(manager, await house.card(next, 'waiting'), 'Approve');
    await house.card(next, 'done and proved');
    expect(house.machine('nine').restarts).toBe(1);
  });

  test('the approval runs out: nothing is done, and the card says who was in the way', async () => {
    const { run, lock } = await approveWhileHeld('four');
    clock.shift(11 * 60_000);
    const card = textOf(await house.card(run, 'expired'));
    await lock.release();
    expect(card).toMatch(/approval ran out before it could begin/);
    expect(card).toContain('four@prod is being worked on by user:somebody');
    expect(house.machine('four').restarts).toBe(0);
  });

  test('who asked for it has left: nothing is done', async () => {
    const { run, lock } = await approveWhileHeld('seven');
    const user = engineer.id;
    onTestFinished(async () => {
      await house.slack.member({ user, deactivated: false });
    });
    await house.slack.member({ user, deactivated: true });
    await lock.release();
    const card = textOf(await house.card(run, 'denied'));
    expect(card).toContain('Who asked for it is not a member of this workspace any more');
    expect(house.machine('seven').restarts).toBe(0);
  });

  test('who asked for it may not ask for it any more: nothing is done', async () => {
    const onCall = (...members: string[]) => house.slack.group({ group: groups.oncall, members });
    const { run, lock } = await approveWhileHeld('six');
    onTestFinished(async () => {
      await onCall(people.onCall1, people.onCall2);
    });
    await onCall(people.onCall2);
    await lock.release();
    const card = textOf(await house.card(run, 'denied'));
    expect(card).toContain('Who asked for it may not ask for it any more. Nothing was done.');
    expect(house.machine('six').restarts).toBe(0);
  });

  test('of two requests for one target that are approved together, one is done, and the other is not any more what it was approved for', async () => {
    const runs = [await house.request('eight'), await house.request('eight')];
    const lock = await hold('eight');
    for (const run of runs) await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    await lock.release();
    const ends = await Promise.all(
      runs.map((run) => house.card(run, /done and proved|superseded/)),
    );
    const texts = ends.map(textOf);
    expect(texts.filter((text) => text.includes('done and proved'))).toHaveLength(1);
    expect(texts.filter((text) => text.includes('superseded'))).toHaveLength(1);
    expect(house.machine('eight').restarts).toBe(1);
  });

  test('a manager still says no to it', async () => {
    const { run, lock } = await approveWhileHeld('five');
    const told = await toldAlone(manager, () => manager.types(`deny ${run} "wait for the match"`));
    expect(textOf(told)).toContain('Your no is recorded');
    await lock.release();
    expect(textOf(await house.card(run, 'denied'))).toContain('wait for the match');
    expect(house.machine('five').restarts).toBe(0);
  });
});

test('a request that nobody decided about in time cannot be approved any more', async () => {
  const run = await house.request('six');
  const card = await house.card(run, 'waiting');
  clock.shift(16 * 60_000);
  const told = textOf(await pressing(manager, card, 'Approve'));
  expect(told).toMatch(/The request has expired|too late for that: the run is expired/);
  const end = await house.card(run, 'expired');
  expect(textOf(end)).toContain('Not everybody who is needed said yes in time');
  expect(labelsOf(end)).toEqual(['Details']);
  expect(house.machine('six').restarts).toBe(0);
});
