import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Person } from '../support/person.ts';
import { openRunHouse, type RunHouse, toldAlone } from '../support/run-house.ts';

let house: RunHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openRunHouse(['one', 'two', 'three']);
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(() => house.close());

const canary = 'xoxb-canary-of-a-run-0123456789';

/** Everything that is kept of a run, and everything that was shown or logged. */
async function everywhere(run: string): Promise<string> {
  const kept = await house.run(run);
  const records = await house.store.audit.find({ subject: run, limit: 100 });
  const seen = [await engineer.sees(), await manager.sees()];
  return JSON.stringify([kept, records, seen, house.log]);
}

test('a secret in a reason is kept nowhere: not in the run, the audit, a message or the log', async () => {
  const run = await house.request('one', `the token ${canary} was seen`);
  await toldAlone(manager, () => manager.types(`approve ${run} --note "I have seen ${canary}"`));
  await house.card(run, 'done and proved');
  const all = await everywhere(run);
  expect(all).toContain('the token [secret] was seen');
  expect(all).toContain('I have seen [secret]');
  expect(all).not.toContain(canary);
});

test('nor one in a no, or in the reason for stopping everything', async () => {
  const run = await house.request('two');
  await toldAlone(manager, () => manager.types(`deny ${run} "password=${canary}"`));
  const stop = 'stop-all "somebody has posted Bearer canary-of-a-stop-0123456789"';
  await toldAlone(manager, () => manager.types(stop));
  const records = await house.store.audit.find({ subject: 'system:kill-switch', limit: 10 });
  const all = JSON.stringify([
    await everywhere(run),
    await house.store.killSwitch.state(),
    records,
  ]);
  expect(all).toContain('[secret]');
  expect(all).not.toMatch(/canary-of-a-(?:run|stop)/);
});
