import { afterAll, beforeAll, expect, test } from 'vitest';
import { flavours } from '../../demo/systems/index.ts';
import { people } from '../../workspace/people.ts';
import { castOf, openPeopleHouse, type PeopleHouse } from '../support/people-house.ts';
import type { Person } from '../support/person.ts';

let house: PeopleHouse;
let [engineer, other, manager, second, security]: Person[] = [];
const who = (person: Person | undefined): Person => person ?? expect.fail('nobody is there');

beforeAll(async () => {
  house = await openPeopleHouse();
  ({ engineer, other, manager, second, security } = castOf(house));
});
afterAll(() => house.close());

const [leaver, stays] = ['user-2@example.com', 'user-3@example.com'];

test('somebody leaves one system: no sign-in, no session, no role, no request, and nobody else is touched', async () => {
  const before = await house.accounts('rust-auth');
  const theirs = await house.signIn('rust-auth', leaver);
  const others = await house.signIn('rust-auth', stays);
  expect([theirs.status, await house.profile('rust-auth', theirs.token)]).toEqual([200, 200]);
  const open = await house.request(who(other), 'restart identity-platform@prod --reason "slow"');
  const told = await house.says(who(other), 'incident start sev3 rms-auth@prod slow --quiet');
  const [incident = ''] = /INC-\d+/.exec(told) ?? [];
  const leader = async () =>
    (await house.store.incidents.find(incident))?.incident.roles.commander?.by;
  expect(await leader()).toBe(who(other).id);

  const run = await house.request(
    who(engineer),
    `user offboard ${leaver} rust-auth@prod --reason "left the company"`,
  );
  expect(await house.approve(run, who(manager))).toBe('succeeded');

  expect((await house.signIn('rust-auth', leaver)).status).toBe(401);
  expect(await house.profile('rust-auth', theirs.token)).toBe(401);
  expect(await house.profile('rust-auth', others.token)).toBe(200);
  const after = await house.accounts('rust-auth');
  before.set(leaver, { ...(before.get(leaver) ?? expect.fail()), enabled: false });
  expect(after).toEqual(before);
  expect((await house.signIn('rms-auth', leaver)).status).toBe(200);

  expect(await house.store.runs.find(open)).toMatchObject({
    state: 'cancelled',
    why: `Who asked for it was offboarded by ${run}. Nothing was done.`,
  });
  expect(await leader()).toBeUndefined();
  expect(await house.says(who(engineer), `incident timeline ${incident}`)).toMatch(
    /was offboarded: nobody is Incident Commander now/i,
  );
  expect(await house.says(who(other), `cancel ${open}`)).toContain('You were offboarded');
  expect(await house.says(who(other), 'restart rms-auth@prod --reason "slow"')).toContain(
    'You were offboarded',
  );
  const shown = await house.says(who(engineer), `user show ${leaver}`);
  expect(shown).toContain('cannot sign in: disabled');
  expect(shown).toContain(`suspended by ${run}: left the company`);
  expect(await house.says(who(engineer), 'audit')).toContain('access.suspended');
  expect(await house.store.audit.verify()).toMatchObject({ ok: true });
});

test('and comes back: sign-in and roles as they were', async () => {
  const run = await house.request(
    who(engineer),
    `user restore ${leaver} rust-auth@prod --reason "came back"`,
  );
  expect(await house.approve(run, who(manager))).toBe('succeeded');
  expect((await house.signIn('rust-auth', leaver)).status).toBe(200);
  expect(await house.says(who(other), 'restart rms-auth@prod --dry-run')).not.toContain(
    'offboarded',
  );
  expect(
    await house.says(who(engineer), `user restore ${leaver} rust-auth@prod --reason "again"`),
  ).toContain('nothing else was taken away');
});

test('a manager leaves everything: never approves it, and what they approved before does not begin', async () => {
  const held = await house.request(
    who(engineer),
    'sessions revoke-all rms-auth@prod --reason "an intruder copied the session store"',
  );
  expect(await house.says(who(second), `approve ${held} --target rms-auth@prod`)).toContain(
    'Your approval is recorded',
  );
  const run = await house.request(
    who(engineer),
    'user offboard admin-2@example.com all@prod --reason "left the company on Friday, all access"',
  );
  const asked = await house.store.runs.find(run);
  const suspensions = asked?.plan?.steps.filter(({ id }) => id.includes('suspend:')) ?? [];
  expect(suspensions).toHaveLength(1);
  expect(asked?.plan).toMatchObject({ risk: 'destructive' });
  expect(await house.says(who(second), `approve ${run} --target all@prod`)).not.toContain(
    'recorded',
  );
  expect(await house.approve(run, who(manager), who(security))).toBe('succeeded');
  for (const { name } of flavours) {
    expect([name, (await house.signIn(name, 'admin-2@example.com')).status]).toEqual([name, 401]);
    expect([name, (await house.signIn(name, 'admin-1@example.com')).status]).toEqual([name, 200]);
  }
  expect(await house.approve(held, who(security))).toContain('does not count any more');
  expect(await house.says(who(second), `approve ${held} --target rms-auth@prod`)).toContain(
    'You were offboarded',
  );
});

test('nobody offboards themselves, the last administrator or a protected account', async () => {
  const says = (text: string) =>
    house.says(who(engineer), `${text} --reason "left the company on Friday, all access"`);
  expect(await says('user offboard user-1@example.com rust-auth@prod')).toContain(
    'your own account',
  );
  expect(await says('user offboard admin-1@example.com all@prod')).toContain(
    'nobody else with the role admin can sign in',
  );
  expect(await says('user offboard smoke@example.com rust-auth@prod')).toContain(
    'the account of the smoke tests',
  );
  expect(await says('user offboard user-99@example.com rust-auth@prod')).toContain(
    'what comes nearest is',
  );
  expect(people.onCall1).toBe(who(engineer).id);
});

test('somebody comes back to everything, from what was taken alone', async () => {
  const by = '--reason "came back on Monday with all the access"';
  const run = await house.request(who(engineer), `user restore admin-2@example.com all@prod ${by}`);
  expect(await house.approve(run, who(manager), who(security))).toBe('succeeded');
  for (const { name } of flavours) {
    expect([name, (await house.signIn(name, 'admin-2@example.com')).status]).toEqual([name, 200]);
  }
  const other = await house.request(who(engineer), 'restart rms-auth@prod --reason "memory leak"');
  expect(await house.approve(other, who(second))).toBe('succeeded');
  expect(
    await house.says(who(engineer), `user restore user-39@example.com all@prod ${by}`),
  ).toContain('no offboarding of Gatehouse has disabled');
});
