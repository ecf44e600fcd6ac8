import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restart } from '../../src/actions/restart.ts';
import type { Action } from '../../src/core/action.ts';
import { TargetError } from '../../src/core/errors.ts';
import { people } from '../../workspace/people.ts';
import { labelsOf, type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';

/** A restart like the real one, but nobody waits for half a minute for the target that hangs. */
const hasty: Action = {
  ...(restart as Action),
  async plan(params, on) {
    const draft = await (restart as Action).plan(params, on);
    if (on.target.service !== 'hangs') return draft;
    return { ...draft, steps: draft.steps.map((step) => ({ ...step, timeout: 700 })) };
  },
};

/** What goes wrong at the target, on the way. */
let house: RunHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openRunHouse(['hangs', 'sick', 'refuses', 'breaks', 'slow'], { actions: [hasty] });
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

/** Asks for a restart and has it approved. */
async function approved(service: string): Promise<string> {
  const run = await house.request(service);
  await pressing(manager, await house.card(run, 'waiting'), 'Approve');
  return run;
}

describe('when a restart goes wrong', () => {
  test('a target that never answers: the run is interrupted, and nothing is done again', async () => {
    house.machine('hangs').onRestart = () => new Promise(() => {});
    const run = await approved('hangs');
    const card = textOf(await house.card(run, 'interrupted, outcome unknown'));
    expect(card).toContain('Restart api: no answer within 700 ms. It may have happened.');
    expect(card).toContain('Nothing is done again by itself.');
    await house.restart();
    await new Promise((done) => setTimeout(done, 2_500)); // longer than Gatehouse looks for what is left
    expect((await house.run(run)).state).toBe('interrupted');
    expect(house.machine('hangs').restarts).toBe(1);
  });

  test('a new copy that is not well: failed, and what was seen is said', async () => {
    house.machine('sick').after = 'down';
    const run = await approved('sick');
    const card = textOf(
      await house.slack.waitFor(people.onCall2, ({ messages }) =>
        messages.find((one) => textOf(one).includes(run) && /\*:x: failed/.test(textOf(one))),
      ),
    );
    expect(card).toContain('It did not work');
    expect(card).toContain('✗ *pulse*: down: as the test has it');
    expect(card).toContain('`/auth status sick@prod` shows how it is now');
    expect(house.machine('sick').restarts).toBe(1);
  });

  test('a target that says no, surely without having done anything: failed, and it says so', async () => {
    house.machine('refuses').onRestart = async () => {
      throw new TargetError('it is in the middle of a backup', {
        retryable: true,
        happened: false,
      });
    };
    const run = await approved('refuses');
    const card = textOf(await house.card(run, ':x: failed'));
    expect(card).toContain('it is in the middle of a backup');
    expect(house.machine('refuses').restarts).toBe(1);
  });

  test('a target that breaks off: interrupted, since nobody knows', async () => {
    house.machine('breaks').onRestart = async () => {
      throw new Error('the connection was reset');
    };
    const run = await approved('breaks');
    const card = textOf(await house.card(run, 'interrupted'));
    expect(card).toContain('the connection was reset');
    const told = await toldAlone(engineer, () => engineer.types(`run ${run}`));
    expect(textOf(told)).toMatch(/run\.interrupted/);
  });

  test('while it is done, the card shows how far it is, and nobody can take it back', async () => {
    let end = () => {};
    house.machine('slow').onRestart = () =>
      new Promise((done) => {
        end = done;
      });
    const run = await house.request('slow');
    await pressing(manager, await house.card(run, 'waiting'), 'Approve');
    const card = await house.card(run, 'being done');
    expect(textOf(card)).toMatch(/▓+░+ 1 of 3 .* begun <!date\^[\s\S]*▶ Restart api/);
    expect(labelsOf(card)).toEqual(['Details']);
    const told = await toldAlone(engineer, () => engineer.types(`cancel ${run}`));
    end();
    expect(textOf(told)).toContain('too late for that: the run is being done');
    await house.card(run, 'done and proved');
  });
});
