import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { findRedis } from '../../demo/redis-server.ts';
import { flavours } from '../../demo/systems/index.ts';
import { people } from '../../workspace/people.ts';
import { castOf, openPeopleHouse, type PeopleHouse } from '../support/people-house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

/** Gatehouse in front of the demo, in which another system serves as the staging of rust-auth. */
let house: PeopleHouse;
let engineer: Person;
let manager: Person;
let second: Person;

beforeAll(async () => {
  house = await openPeopleHouse(withStaging);
  ({ engineer, manager, second } = castOf(house));
});
afterAll(() => house.close());

function withStaging(written: string): string {
  const file = parse(written);
  const { prod } = file.services['enterprise-auth'].environments;
  delete file.services['enterprise-auth'];
  delete file.incidents.services['enterprise-auth'];
  file.services['rust-auth'].environments.staging = prod;
  return stringify(file);
}

const pathsOf = (system: string) =>
  flavours.find(({ name }) => name === system)?.paths ?? expect.fail();
const partOf = (system: string, ...path: string[]) =>
  join(house.demo.data, 'systems', system, ...path);
const planned = async (run: string) =>
  (await house.store.runs.find(run))?.plan ?? expect.fail(`${run} has no plan`);
const carryOut = async (typed: string, ...by: Person[]) => {
  const run = await house.request(engineer, typed);
  expect(await house.approve(run, ...(by.length > 0 ? by : [manager]))).toBe('succeeded');
  return run;
};

test('maintenance: people read the message, it has an end, and it is taken away again', async () => {
  const jwks = async () => {
    const { status, json } = await house.demo.ask('rms-auth', pathsOf('rms-auth').jwks);
    return status === 503 ? json.error : status;
  };
  expect(await house.says(engineer, 'maintenance off rms-auth@prod --reason "done"')).toContain(
    'it is off',
  );
  const run = await carryOut(
    'maintenance on rms-auth@prod --for 30m --message "Back at noon." --reason "the database moves"',
  );
  expect(await jwks()).toBe('Back at noon.');
  const { json } = await house.demo.admin('rms-auth', 'GET', '/admin/maintenance');
  expect(Date.parse(json.until) - Date.now()).toBeLessThan(31 * 60_000);
  expect((await planned(run)).revert).toEqual({
    action: 'maintenance off',
    params: {},
    after: 30 * 60_000,
  });
  expect((await house.store.runs.find(run))?.ending).toMatchObject({ ended: null });
  await carryOut('maintenance off rms-auth@prod --reason "the database has moved"');
  expect(await jwks()).toBe(200);
});

test('a rate limit by preset: what it means is said, and it is in force', async () => {
  expect(
    await house.says(
      engineer,
      'ratelimit set security-platform@prod tihgt --for 30m --reason "attack"',
    ),
  ).toContain('there is no preset tihgt; what comes nearest is tight');
  expect(
    await house.says(engineer, 'ratelimit set security-platform@prod tight --reason "attack"'),
  ).toContain('only normal may stay');
  const run = await carryOut(
    'ratelimit set security-platform@prod tight --for 30m --reason "credential stuffing"',
  );
  expect((await planned(run)).riskReasons[0]).toMatch(/^It tightens/);
  const { json } = await house.demo.admin('security-platform', 'GET', '/admin/rate-limit');
  expect(json).toMatchObject({ preset: 'tight' });
  await carryOut('ratelimit set security-platform@prod normal --reason "it is over"');
});

describe.skipIf(!findRedis())('where redis-server is installed', () => {
  test('a cache is cleared, and nobody is signed out by it', async () => {
    const { token } = await house.signIn('rms-auth', 'user-5@example.com');
    const role = async () =>
      (await house.demo.ask('rms-auth', pathsOf('rms-auth').profile, { bearer: token })).json.role;
    expect(await role()).toBe('user');
    const path = '/admin/users/user-5@example.com/role';
    await house.demo.admin('rms-auth', 'POST', path, { role: 'readonly' });
    expect(await role()).toBe('user'); // as it was a moment ago
    expect(
      await house.says(engineer, 'cache clear rms-auth@prod session: --reason "old roles"'),
    ).toContain('session: is no cache that can be cleared');
    await carryOut('cache clear rms-auth@prod cache: --reason "old roles are shown"');
    expect(await role()).toBe('readonly');
  });
});

test('keys: with an overlap nobody is signed out, at once everybody is', async () => {
  const { token } = await house.signIn('security-platform', 'user-6@example.com');
  const graceful = await carryOut(
    'keys rotate security-platform@prod --overlap 1h --reason "the key is a year old"',
  );
  expect((await planned(graceful)).risk).toBe('high');
  expect(await house.profile('security-platform', token)).toBe(200);
  const now = await carryOut(
    'keys rotate security-platform@prod now --reason "the key was seen in a log file"',
    manager,
    second,
  );
  expect(await planned(now)).toMatchObject({ risk: 'destructive' });
  expect((await planned(now)).riskReasons[0]).toMatch(/^Every token that .* is refused at once/);
  expect(await house.profile('security-platform', token)).toBe(401);
  const again = await house.signIn('security-platform', 'user-6@example.com');
  expect(await house.profile('security-platform', again.token)).toBe(200);
});

test('a lockout: one account may try again, and no other', async () => {
  const [one, other] = ['user-7@example.com', 'user-8@example.com'];
  const lock = async (email: string) => {
    for (let tries = 0; tries < 5; tries += 1) {
      const body = { email, password: 'wrong' };
      await house.demo.ask('identity-platform', pathsOf('identity-platform').login, {
        method: 'POST',
        body,
      });
    }
  };
  await lock(one);
  await lock(other);
  const signsIn = async (email: string) => (await house.signIn('identity-platform', email)).status;
  expect([await signsIn(one), await signsIn(other)]).toEqual([401, 401]);
  expect(
    await house.says(
      engineer,
      'lockout clear identity-platform@prod usr-7@example.com --reason "called us"',
    ),
  ).toMatch(/there is no account .*what comes nearest is .*user-7@/);
  await carryOut(`lockout clear identity-platform@prod ${one} --reason "called the helpdesk"`);
  expect([await signsIn(one), await signsIn(other)]).toEqual([200, 401]);
});

/** Lays a release down, as a pipeline does. */
function layDown(system: string, version: string): void {
  mkdirSync(partOf(system, 'releases', version));
  const note = { version, madeAt: new Date().toISOString(), verified: false };
  writeFileSync(partOf(system, 'releases', version, 'release.json'), JSON.stringify(note));
}
const current = (system: string) => readlinkSync(partOf(system, 'releases', 'current'));

test('a release goes to staging first, and then to production', async () => {
  for (const system of ['rust-auth', 'enterprise-auth']) layDown(system, '9.9.0');
  const inProduction = 'deploy rust-auth@prod 9.9.0 --reason "the fix for refused tokens"';
  expect(await house.says(engineer, inProduction)).toContain(
    'rust-auth@staging runs 5.2.4, not 9.9.0',
  );

  const run = await house.request(engineer, inProduction.replace('@prod', '@staging'));
  await house.says(engineer, `confirm ${run}`);
  expect(await house.approve(run)).toBe('succeeded');
  expect([current('enterprise-auth'), current('rust-auth')]).toEqual(['9.9.0', '1.13.2']);

  const wanted = await carryOut(inProduction);
  expect(current('rust-auth')).toBe('9.9.0');
  expect((await planned(wanted)).facts).toContainEqual({
    name: 'environment before this one',
    value: 'rust-auth@staging runs it, and all its checks are up',
    material: false,
  });
  expect(await house.says(engineer, inProduction)).toContain('9.9.0 is the current one already');
});

test('no token of an admin API is in anything that left', async () => {
  const audit = await house.store.audit.find({ limit: 500 });
  const slack = answersIn(await house.slack.look(people.onCall1)).map(textOf);
  const left = JSON.stringify([audit, slack, house.log]);
  expect(left).toContain('maintenance');
  for (const { name } of flavours) {
    const token = readFileSync(partOf(name, 'admin.token'), 'utf8').trim();
    expect(left.includes(token)).toBe(false);
  }
});
