import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type Person, textOf } from '../support/person.ts';
import { openRunHouse, pressing, type RunHouse, toldAlone } from '../support/run-house.ts';

/** Somebody stops all changes, and two people let them go on. The stories follow each other. */
let house: RunHouse;
let engineer: Person;
let viewer: Person;
let manager: Person;
let second: Person;
/** What was asked for before. */
let waiting: string;

beforeAll(async () => {
  house = await openRunHouse(['one', 'two']);
  engineer = house.person(people.onCall1);
  viewer = house.person(people.viewer);
  manager = house.person(people.manager1);
  second = house.person(people.manager2);
  waiting = await house.request('one');
});
afterAll(() => house.close());

const asks = async (who: Person, typed: string, channel: string = channels.general) =>
  textOf(await toldAlone(who, () => who.types(typed, channel)));
const ready = async () => {
  const response = await fetch(`${house.web()}/readyz`);
  return { status: response.status, body: await response.json() };
};

test('somebody who may change nothing cannot stop anything', async () => {
  expect(await asks(viewer, 'stop-all "let us see"')).toContain('Nothing was stopped');
  expect(await ready()).toMatchObject({ body: { checks: { changes: { ok: true, why: null } } } });
});

test('an engineer stops all changes at once: nothing new is taken, and everybody sees why', async () => {
  expect(await asks(engineer, 'stop-all "login storm"')).toContain('*All changes are stopped*');
  const refused = await asks(engineer, 'restart two@prod --reason "memory leak"');
  expect(refused).toContain('All changes are stopped: login storm. Nothing was asked for');
  for (const typed of ['', 'runs']) {
    expect(await asks(viewer, typed)).toMatch(/All changes are stopped.*login storm/);
  }
  expect(JSON.stringify(await viewer.opensHome())).toContain('*All changes are stopped*');
  expect(await asks(engineer, 'plan restart two@prod --reason "memory leak"')).toContain(
    'Restart two',
  );
});

test('what watches the bot hears of it, and does not take it for a fault', async () => {
  expect(await ready()).toEqual({
    status: 200,
    body: expect.objectContaining({
      ok: true,
      degraded: true,
      checks: expect.objectContaining({
        changes: { ok: true, why: 'All changes are stopped: login storm.' },
      }),
    }),
  });
});

test('what is approved meanwhile waits, also over a restart of Gatehouse', async () => {
  await pressing(manager, await house.card(waiting, 'waiting'), 'Approve');
  await house.card(waiting, 'All changes are stopped');
  await house.restart();
  expect(await asks(viewer, 'runs')).toContain('All changes are stopped: login storm');
  expect((await house.run(waiting)).state).toBe('approved');
  expect(house.machine('one').restarts).toBe(0);
});

test('neither an engineer nor one manager lets changes go on; two managers do, and it begins', async () => {
  expect(await asks(engineer, 'resume-all')).toContain('Your word does not count for this');
  expect(await asks(manager, 'resume-all')).toContain('one more person with the role');
  expect(await asks(manager, 'resume-all')).toContain('one more person with the role');
  expect(house.machine('one').restarts).toBe(0);
  expect(await asks(second, 'resume-all')).toContain('Changes go on');
  await house.reaches(waiting, 'succeeded');
  expect(house.machine('one').restarts).toBe(1);
  expect(await ready()).toMatchObject({ body: { checks: { changes: { why: null } } } });
});

test('all of it stands in the audit, as a chain of its own', async () => {
  const said = await asks(house.person(people.auditor), 'audit --run system:kill-switch');
  for (const event of ['engaged', 'lift-wanted', 'lifted']) {
    expect(said).toContain(`kill-switch.${event}`);
  }
  expect(said).toContain('login storm');
  expect(await house.store.audit.verify()).toMatchObject({ ok: true });
});
