import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { castOf, openPeopleHouse, type PeopleHouse } from '../support/people-house.ts';
import { type Person, textOf } from '../support/person.ts';

let house: PeopleHouse;
let [engineer, manager, security]: Person[] = [];
const who = (person: Person | undefined): Person => person ?? expect.fail('nobody is there');

beforeAll(async () => {
  house = await openPeopleHouse();
  ({ engineer, manager, security } = castOf(house));
});
afterAll(() => house.close());

/** How long anything may take that comes by itself, in milliseconds: it fails rather than being measured. */
const timeout = 20_000;
const reason = '--reason "an intruder was seen in the logs"';

test('everybody is signed out after evidence was kept, and nothing but sessions is touched', async () => {
  await house.demo.admin('rms-auth', 'PUT', '/admin/deny/203.0.113.99', {
    seconds: 3_600,
    reason: 'story',
  });
  const denied = async () => (await house.demo.admin('rms-auth', 'GET', '/admin/deny')).json;
  const before = { accounts: await house.accounts('rms-auth'), denied: await denied() };
  // As many as are signed in anew while it is looked at would prove nothing.
  for (let n = 10; n < 25; n += 1) await house.signIn('rms-auth', `user-${n}@example.com`);
  const { token } = await house.signIn('rms-auth', 'user-5@example.com');
  const elsewhere = await house.signIn('rust-auth', 'user-5@example.com');

  const run = await house.request(who(engineer), `sessions revoke-all rms-auth@prod ${reason}`);
  expect(await house.approve(run, who(manager), who(security))).toBe('succeeded');

  expect(await house.profile('rms-auth', token)).toBe(401);
  expect(await house.profile('rust-auth', elsewhere.token)).toBe(200);
  expect((await house.signIn('rms-auth', 'user-5@example.com')).status).toBe(200);
  expect({ accounts: await house.accounts('rms-auth'), denied: await denied() }).toEqual(before);

  const place = join(house.demo.data, 'evidence', 'rms-auth@prod', run);
  expect((await readdir(place)).toSorted()).toEqual(
    ['denyList', 'instances', 'logs', 'manifest', 'request', 'sessions'].map(
      (one) => `${one}.json`,
    ),
  );
  const read = async (name: string) => JSON.parse(await readFile(join(place, name), 'utf8'));
  expect((await read('sessions.json')).seen.count).toBeGreaterThan(0);
  expect((await read('denyList.json')).seen).toMatchObject([{ address: '203.0.113.99' }]);
  expect(await read('request.json')).toMatchObject({ run, by: { id: who(engineer).id } });
});

test('whatever is declared to be about security has evidence kept of it by itself, once, in the name of who said so', async () => {
  const told = await house.says(who(engineer), 'incident start sev3 rms-auth@prod odd --security');
  const [id = ''] = /INC-\d+/.exec(told) ?? [];
  const incident = async () => (await house.store.incidents.find(id))?.incident;
  await expect
    .poll(async () => (await incident())?.evidence?.kept ?? null, { timeout })
    .not.toBeNull();
  const [run, ...others] = await house.store.runs.ofIncident(id);
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    ...{ action: 'evidence snapshot', target: { service: 'rms-auth', env: 'prod' } },
    ...{ requestedBy: { id: who(engineer).id }, reason: `${id}: evidence has to be kept` },
    votes: [],
  });
  const place = join(house.demo.data, 'evidence', 'rms-auth@prod', run?.id ?? '');
  const request = JSON.parse(await readFile(join(place, 'request.json'), 'utf8'));
  expect(request).toMatchObject({ run: run?.id, by: { id: who(engineer).id } });
  const timeline = () => house.says(who(engineer), `incident timeline ${id}`);
  await expect.poll(timeline, { timeout }).toMatch(/evidence snapshot rms-auth@prod.*succeeded/s);
  expect(await timeline()).toMatch(/Evidence of `rms-auth@prod` is being kept by `R-/);
  expect(await house.says(who(engineer), `incident show ${id}`)).toMatch(/Evidence.*kept by `R-/);
});

test('evidence whose run was left behind before anything was done is asked for anew, and kept', async () => {
  const { runs, incidents } = house.store;
  const { id: by } = who(engineer);
  const incident = `INC-${(await incidents.next()).number + 1}`;
  const audit = (event: string) => ({ event, actor: 'gatehouse', facts: {} });
  const left = {
    ...{ id: 'R-LEFT', action: 'evidence snapshot', params: {}, reason: 'left', askedIn: null },
    ...{ target: { service: 'rust-auth', env: 'prod' }, requestedBy: { id: by, team: 'T1' } },
    ...{ incident, origin: `evidence:${incident}:1` },
  };
  const { version } = await runs.create(left, audit('run.requested'));
  const why = 'Gatehouse was stopped while it was planned. Nothing was done.';
  const over = { id: 'R-LEFT', version, patch: { state: 'failed', why } as const };
  await runs.transition({ ...over, audit: audit('run.failed'), jobs: [], messages: [] });
  const told = await house.says(who(engineer), 'incident start sev3 rust-auth@prod odd --security');
  expect(told).toContain(incident);
  const evidence = async () => (await incidents.find(incident))?.incident.evidence;
  await expect.poll(async () => (await evidence())?.kept ?? null, { timeout }).not.toBeNull();
  expect(await evidence()).toMatchObject({ repeats: 1, lost: 'R-LEFT', state: 'asked' });
  const all = await runs.ofIncident(incident);
  expect(all.map(({ state }) => state).toSorted()).toEqual(['failed', 'succeeded']);
  expect(await house.says(who(engineer), `incident timeline ${incident}`)).toMatch(
    /`R-LEFT` has ended before anything was done/,
  );
});

test('evidence that was changed afterwards is found out', async () => {
  const run = await house.request(who(engineer), `evidence snapshot rust-auth@prod ${reason}`);
  await house.says(who(engineer), `confirm ${run}`);
  expect(await house.approve(run)).toBe('succeeded');
  const list = () => house.says(who(engineer), 'evidence list rust-auth@prod');
  expect(await list()).toMatch(new RegExp(`${run}[\\s\\S]*unchanged · SHA-256 [0-9a-f]{64}`));
  const file = join(house.demo.data, 'evidence', 'rust-auth@prod', run, 'logs.json');
  const was = await readFile(file, 'utf8');
  await rm(file);
  await writeFile(file, was.replace('"seen"', '"SEEN"'));
  expect(await list()).toContain('CHANGED: logs.json was changed');
});

test('no secret stands in evidence, whatever a log says', async () => {
  const secret = 'xoxb-1234567890-canary-of-the-story';
  const log = join(house.demo.data, 'systems', 'security-platform');
  const found = (await readdir(log, { recursive: true })).find((one) => one.endsWith('.log'));
  const path = join(log, found ?? expect.fail('there is no log'));
  const line = `${JSON.stringify({ timestamp: new Date().toISOString(), level: 'info', token: secret })}\n`;
  await writeFile(path, line, { flag: 'a' });
  const run = await house.request(
    who(engineer),
    `evidence snapshot security-platform@prod ${reason}`,
  );
  await house.says(who(engineer), `confirm ${run}`);
  expect(await house.approve(run)).toBe('succeeded');
  const place = join(house.demo.data, 'evidence', 'security-platform@prod', run);
  const kept = await Promise.all(
    (await readdir(place)).map((name) => readFile(join(place, name), 'utf8')),
  );
  expect(kept.join()).toContain('[secret]');
  expect(kept.join()).not.toContain('canary-of-the-story');
});

test('one person is signed out, and can sign in again', async () => {
  const user = 'user-6@example.com';
  for (let times = 0; times < 3; times += 1) await house.signIn('rust-auth', user);
  const [theirs, others] = [
    await house.signIn('rust-auth', user),
    await house.signIn('rust-auth', 'user-7@example.com'),
  ];
  const run = await house.request(
    who(engineer),
    `sessions revoke ${user} rust-auth@prod ${reason}`,
  );
  expect(await house.approve(run, who(manager))).toBe('succeeded');
  expect(await house.profile('rust-auth', theirs.token)).toBe(401);
  expect(await house.profile('rust-auth', others.token)).toBe(200);
  expect((await house.signIn('rust-auth', user)).status).toBe(200);
});

test('a new account has to choose its own password, and an administrator’s is destructive', async () => {
  const typed = (role: string) =>
    `user onboard new-${role}@example.com identity-platform@prod --role ${role} ${reason}`;
  const run = await house.request(who(engineer), typed('user'));
  expect(await house.approve(run, who(manager))).toBe('succeeded');
  expect((await house.accounts('identity-platform')).get('new-user@example.com')).toEqual({
    email: 'new-user@example.com',
    role: 'user',
    enabled: true,
    must_reset_password: true,
  });
  expect((await house.signIn('identity-platform', 'new-user@example.com')).status).toBe(401);
  expect(await house.says(who(engineer), typed('user'))).toContain('is there already');
  expect(await house.says(who(engineer), typed('amdin'))).toContain('what comes nearest is admin');
  expect(await house.says(who(engineer), `${typed('admin')} --dry-run`)).toContain('destructive');
});

test('a password is reset only where the person can be told', async () => {
  const typed = (user: string) => `password reset ${user} enterprise-auth@prod ${reason}`;
  expect(await house.says(who(engineer), typed('user-38@example.com'))).toContain('never verified');
  const { token } = await house.signIn('enterprise-auth', 'user-8@example.com');
  const run = await house.request(who(engineer), typed('user-8@example.com'));
  expect(await house.approve(run, who(manager))).toBe('succeeded');
  expect(await house.profile('enterprise-auth', token)).toBe(401);
  expect((await house.signIn('enterprise-auth', 'user-8@example.com')).status).toBe(401);
});

test('what concerns an account is never said where others read it', async () => {
  const answer = await who(engineer).mentions('user show user-9@example.com');
  expect(textOf(answer)).toContain('not for everybody in this channel');
  expect(await house.says(who(engineer), 'user show user-9@example.com rust-auth@prod')).toMatch(
    /rust-auth@prod\*?: role user · can sign in/,
  );
});

test('hostile text in any parameter changes no account and begins nothing', async () => {
  const systems = ['rust-auth', 'rms-auth'];
  const seen = () => Promise.all(systems.map((name) => house.accounts(name)));
  const before = await seen();
  const verbs = [
    'user offboard',
    'user restore',
    'password reset',
    'sessions revoke',
    'user onboard',
  ];
  const nasty = fc.constantFrom(
    ...["x' OR '1'='1", '$(touch /tmp/x)@example.com', '../admin-1@example.com', '*', '%', '-rf'],
    ...['user-1@example.com,user-2@example.com', 'user-1@example.com\u202e', '<!channel>', '`id`'],
    ...['user-1@example.com%2f..%2fuser-2@example.com', `${'a'.repeat(300)}@example.com`, '""'],
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...verbs), nasty, nasty, async (verb, user, extra) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '')}"`;
      const flags = verb === 'user onboard' ? `--role ${quoted(extra)}` : '';
      // A form opens for what is wrong; nothing is said then.
      await who(engineer).types(`${verb} ${quoted(user)} rust-auth@prod ${flags} ${reason}`);
    }),
    { numRuns: 30 },
  );
  await house.says(who(engineer), 'runs');
  expect(await seen()).toEqual(before);
  expect(await house.store.runs.inStates(['waiting', 'approved', 'executing'])).toEqual([]);
});
