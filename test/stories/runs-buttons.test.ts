import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { leaveButton } from '../support/old-button.ts';
import { type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';

let house: RunHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openRunHouse(['one', 'two', 'three']);
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

/** Presses a button that carries this, as a manager, and answers what they are told. */
async function press(action: string, value: string): Promise<string> {
  const on = await leaveButton(house, channels.authOps, manager.id, { action, value });
  return textOf(await pressing(manager, on, 'Restart'));
}

describe('what a button carries is believed only as far as it can be looked up', () => {
  let run: string;
  let plan: string;
  beforeAll(async () => {
    run = await house.request('one');
    plan = (await house.run(run)).plan?.hash.slice(0, 8) ?? '';
  });

  const tampered: [string, string, () => string, RegExp][] = [
    ['garbage', 'run:approve', () => 'garbage', /belongs to nothing that I know/],
    ['nothing at all', 'run:approve', () => '', /belongs to nothing that I know/],
    ['2,000 letters', 'run:approve', () => `R-${'A'.repeat(1_998)}`, /nothing that I know/],
    ['another plan', 'run:approve', () => `${run}.00000000`, /The plan is another one now/],
    ['no such run', 'run:approve', () => `R-000000.${plan}`, /There is no run `R-000000`/],
    ['more than it should', 'run:approve', () => `${run}.${plan}.x`, /nothing that I know/],
    ['half a plan', 'run:approve', () => `${run}.${plan.slice(0, 4)}`, /nothing that I know/],
    ['an order of its own', 'run:execute', () => `${run}.${plan}`, /nothing that I know/],
    ['hostile text', 'run:deny', () => '<!channel> `x`', /belongs to nothing that I know/],
  ];
  test.each(tampered)(
    '%s: nothing happens, and whoever pressed it is told',
    async (_what, action, value, says) => {
      expect(await press(action, value())).toMatch(says);
      expect(await house.run(run)).toMatchObject({ state: 'waiting', votes: [] });
      expect(house.machine('one').restarts).toBe(0);
    },
  );

  test('a value of 3,000 letters, which Slack would not send, changes nothing either', async () => {
    const post = leaveButton(house, channels.authOps, manager.id, {
      action: 'run:approve',
      value: `${run}.${plan}${'a'.repeat(3_000)}`,
    });
    const pressed = post.then((on) => pressing(manager, on, 'Restart'));
    await Promise.race([pressed.catch(() => {}), new Promise((done) => setTimeout(done, 1_000))]);
    expect(await house.run(run)).toMatchObject({ state: 'waiting', votes: [] });
  });

  test('the true value in a message that is not its card does nothing either', async () => {
    expect(await press('run:approve', `${run}.${plan}`)).toMatch(/is not one about the run/);
    expect(await house.run(run)).toMatchObject({ state: 'waiting', votes: [] });
  });

  test('each of them is written down, with who pressed it and why it counted for nothing', async () => {
    const found = await house.store.audit.find({ subject: 'system:clicks', limit: 100 });
    const told = found.map(({ actor, facts }) => `${actor.split('/')[1]} ${facts.why}`);
    for (const why of ['tampered', 'other-plan', 'no-such-run', 'other-message']) {
      expect(told).toContain(`${manager.id} ${why}`);
    }
    expect(await house.store.audit.verify()).toMatchObject({ ok: true });
  });

  test('afterwards the true button still works', async () => {
    await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    await house.card(run, 'done and proved');
    expect(house.machine('one').restarts).toBe(1);
  });

  test('the button of a run approves that run and no other of the same target', async () => {
    const [first, second] = [await house.request('two'), await house.request('two')];
    await pressing(manager, await house.card(second, 'waiting'), 'Approve');
    await house.card(second, 'done and proved');
    expect(await house.run(first)).toMatchObject({ state: 'waiting', votes: [] });
    await toldAlone(engineer, () => engineer.types(`cancel ${first}`));
  });

  test('who wants it otherwise asks anew: no word for the first plan counts for the second', async () => {
    const first = await house.request('two');
    const code = (await house.run(first)).plan?.hash.slice(0, 8) ?? '';
    await toldAlone(engineer, () => engineer.types(`cancel ${first}`));
    const other = 'restart two@prod --instance api --reason "that copy alone"';
    const second = runIdIn(await toldAlone(engineer, () => engineer.types(other)));
    expect((await house.run(second)).plan?.hash.slice(0, 8)).not.toBe(code);
    expect(await press('run:approve', `${second}.${code}`)).toMatch(/The plan is another one now/);
    expect(await press('run:approve', `${first}.${code}`)).toMatch(/too late|is not one about/);
    expect(await house.run(second)).toMatchObject({ state: 'waiting', votes: [] });
    const before = house.machine('two').restarts;
    await pressing(manager, await house.card(second, 'waiting'), 'Approve');
    await house.card(second, 'done and proved');
    expect(house.machine('two').restarts).toBe(before + 1);
    expect(await house.run(first)).toMatchObject({ state: 'cancelled', votes: [] });
  });

  test('a button about a run that has ended since does nothing', async () => {
    const over = await house.request('three');
    const hash = (await house.run(over)).plan?.hash.slice(0, 8) ?? '';
    await toldAlone(engineer, () => engineer.types(`cancel ${over}`));
    for (const deed of ['approve', 'deny', 'cancel', 'confirm']) {
      const told = await press(`run:${deed}`, `${over}.${hash}`);
      expect(told).toMatch(/too late for that|Only the person who asked|is not one about the run/);
    }
    expect(await press('run:details', `${over}.${hash}`)).toContain('cancelled');
    expect(house.machine('three').restarts).toBe(0);
  });
});
