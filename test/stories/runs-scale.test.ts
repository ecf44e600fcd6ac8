import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startIdentity } from '../../src/targets/process/start-identity.ts';
import type { WorkspaceClient } from '../../workspace/client.ts';
import { channels } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { dataFolder } from '../support/data-folder.ts';
import type { Launched } from '../support/launch.ts';
import { openDemoHouse } from '../support/open-demo-house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';
import { runProgram } from '../support/run-program.ts';
import { askSteadily } from '../support/steady-client.ts';

/** All of `npm start`; the tests go on from one another, as an afternoon does. */
let house: Launched;
let slack: WorkspaceClient;
let engineer: Person;
let manager: Person;
let folder: Awaited<ReturnType<typeof dataFolder>>;

beforeAll(async () => {
  folder = await dataFolder();
  ({ house, slack, engineer, manager } = await openDemoHouse(folder.path));
});
afterAll(async () => {
  await house.end();
  await folder.remove();
});

const system = (...path: string[]) => join(folder.path, 'demo/systems/rust-auth', ...path);
const read = (...path: string[]) => JSON.parse(readFileSync(system(...path), 'utf8'));
const addressOf = (path: string) => `http://127.0.0.1:${read('system.json').port}${path}`;
const copies = ['api', 'api-2', 'api-3'];
const pidOf = (copy: string): number => read('run', `${copy}.json`).pid;
const runningPids = async (names: readonly string[]) => {
  const pids = names.map(pidOf);
  const identities = await Promise.all(pids.map(startIdentity));
  return pids.filter((_, index) => identities[index] !== null);
};

const ask = (typed: string): Promise<Message> => toldAlone(engineer, () => engineer.types(typed));
const approve = (waiting: Message): Promise<Message> => pressing(manager, waiting, 'Approve');
const says = async (typed: string) => textOf(await ask(typed));
const card = (run: string, text: string): Promise<Message> =>
  slack.waitFor(engineer.id, (seen) =>
    answersIn(seen).find(
      (one) =>
        one.channel === channels.authOps &&
        one.onlyFor === null &&
        textOf(one).includes(run) &&
        textOf(one).includes(text),
    ),
  );

/** What the card says in the end, when the manager has approved what the engineer asked for. */
async function approved(typed: string, waits = ''): Promise<string> {
  const run = runIdIn(await ask(typed));
  const waiting = await card(run, 'waiting');
  expect(textOf(waiting)).toContain(waits);
  await approve(waiting);
  return textOf(await card(run, 'done and proved'));
}

const signIn = { email: 'smoke@example.com', password: 'smoke' };
const steadily = () =>
  askSteadily(addressOf('/health'), { url: addressOf('/oauth/token'), body: signIn });

test('asked for by one and approved by another, three copies run and prove it', async () => {
  expect(await says('help scale')).toContain('Changes how many copies of a service run');
  expect(await says('scale rms-auth@prod 2 --reason "responses take a second"')).toContain(
    '`rms-auth@prod` has nothing that `scale` could work with',
  );
  expect(await says('scale rust-auth@prod 6 --reason "responses take a second"')).toContain(
    'at most 5 are allowed by the catalogue',
  );
  expect(await says('scale rust-auth@prod 0 --reason "responses take a second"')).toContain(
    'switch maintenance on instead',
  );
  const first = pidOf('api');
  const client = steadily();
  const run = runIdIn(await ask('scale rust-auth@prod 3 --reason "responses take a second"'));
  const waiting = await card(run, 'waiting');
  expect(textOf(waiting)).toMatch(/Scale rust-auth@prod from 1 to 3[\s\S]*high/);
  const own = await pressing(engineer, waiting, 'Approve');
  expect(textOf(own)).toContain('You asked for this yourself');
  await approve(waiting);
  const end = textOf(await card(run, 'done and proved'));
  expect(end).toContain('3 are wanted, 3 are ready');
  expect(end).toMatch(/✓ \*copies\*: up: 3 of 3 ready, release 1\.13\.2/);
  expect(await client.stop()).toEqual([]);
  expect(await runningPids(copies)).toHaveLength(3);
  expect(pidOf('api')).toBe(first);
  const status = await says('status rust-auth@prod');
  expect(status).toMatch(/\*copies\* up · 3 of 3 ready/);
  for (const copy of copies) expect(status).toMatch(new RegExp(`\\*${copy}\\* up · up for`));
  expect(await says('health rust-auth@prod')).toMatch(/\*copies\* up · 3 of 3 ready/);
});

test('a rolling restart replaces all of them, and whoever asks meanwhile is answered', async () => {
  const before = copies.map(pidOf);
  const client = steadily();
  const end = await approved(
    'restart rust-auth@prod --reason "memory leak"',
    '3 of 3 copies are restarted one after the other; the others serve meanwhile',
  );
  expect(await client.stop()).toEqual([]);
  expect(client.answered()).toBeGreaterThan(50);
  for (const copy of copies) expect(end).toMatch(new RegExp(`✓ \\*${copy}\\*: a new one runs`));
  expect(await runningPids(copies)).toHaveLength(3);
  expect(copies.map(pidOf).filter((pid) => before.includes(pid))).toEqual([]);
});

test('one that is killed by hand is shown, the others serve, and a restart begins with it', async () => {
  const env = { DEMO_DATA: join(folder.path, 'demo') };
  const killed = await runProgram(['demo/break.ts', 'down', 'rust-auth', 'api-2'], env);
  expect(killed).toMatchObject({ code: 0, out: 'api-2 of rust-auth is down.' });
  const status = await says('status rust-auth@prod');
  expect(status).toMatch(/\*copies\* degraded · 2 of 3 ready, .*api-2 does not run/);
  expect(status).toMatch(/\*api-2\* down · not running/);
  expect(status).toMatch(/\*health\* up/);
  expect(await says('status')).toContain('4 of 5 are up.');
  const run = runIdIn(await ask('restart rust-auth@prod --reason "one is gone"'));
  const waiting = textOf(await card(run, 'waiting'));
  expect(waiting).toMatch(/1\. Start api-2, which does not run[\s\S]*2\. Restart api\b/);
  await says(`cancel ${run}`);
  const list = await runProgram(['demo/break.ts', 'list'], env);
  expect(list.out).toMatch(/^rust-auth .* 2 of 3 copies$/m);
  expect(await runProgram(['demo/break.ts', 'heal', 'rust-auth'], env)).toMatchObject({ code: 0 });
  expect(await says('status rust-auth@prod')).toMatch(/\*copies\* up · 3 of 3 ready/);
});

test('back to one: the others end, and nobody is cut off', async () => {
  const gone = ['api-2', 'api-3'].map(pidOf);
  const kept = pidOf('api');
  const client = steadily();
  const end = await approved('scale rust-auth@prod 1 --reason "the rush is over"');
  expect(await client.stop()).toEqual([]);
  expect(end).toContain('1 is wanted, 1 is ready');
  expect(await Promise.all(gone.map(startIdentity))).toEqual([null, null]);
  expect(pidOf('api')).toBe(kept);
});

test('a rolling restart stops at the first copy that does not come back, and says so', async () => {
  await approved('scale rust-auth@prod 3 --reason "the rush is back"');
  const run = runIdIn(await ask('restart rust-auth@prod --reason "memory leak"'));
  const waiting = await card(run, 'waiting');
  const before = copies.map(pidOf);
  // The release is broken on disk: whoever starts from it now ends at once.
  rmSync(system('releases/1.13.2/release.json'));
  const client = steadily();
  await approve(waiting);
  const end = textOf(await card(run, 'left alone'));
  expect(await client.stop()).toEqual([]);
  expect(end).toMatch(/api was started: it has ended again.*api-2, api-3 were left alone/s);
  expect(copies.slice(1).map(pidOf)).toEqual(before.slice(1));
  expect(await runningPids(copies.slice(1))).toHaveLength(2);
  expect(await says('status rust-auth@prod')).toMatch(/\*copies\* degraded · 2 of 3 ready/);
});
