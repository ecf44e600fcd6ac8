import { readFileSync, readlinkSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkspaceClient } from '../../workspace/client.ts';
import { channels } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { dataFolder } from '../support/data-folder.ts';
import type { Launched } from '../support/launch.ts';
import { openDemoHouse } from '../support/open-demo-house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { pressing, runIdIn, toldAlone } from '../support/run-house.ts';
import { runProgram } from '../support/run-program.ts';

/** All of `npm start`: the bot with its database, the local Slack and the five systems of the demo. */
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

const partOf = (system: string, path: string) => join(folder.path, 'demo/systems', system, path);
const currentRelease = (system: string) => readlinkSync(partOf(system, 'releases/current'));
const read = (system: string, path: string) =>
  JSON.parse(readFileSync(partOf(system, path), 'utf8'));

const look = () => {
  const { port } = read('enterprise-auth', 'system.json');
  return fetch(`http://127.0.0.1:${port}/health/live`);
};

/** Which release the running process itself says it is, and how many of forty requests fail. */
async function runs(): Promise<{ version: string | undefined; failed: number }> {
  const answers = await Promise.all(Array.from({ length: 40 }, look));
  const well = answers.filter(({ ok }) => ok);
  const said = (await well[0]?.json()) as { version: string } | undefined;
  return { version: said?.version, failed: answers.length - well.length };
}

/** What somebody does who deploys by hand: a new link, and the service started again. */
async function deployByHand(release: string): Promise<void> {
  const link = partOf('enterprise-auth', 'releases/current');
  symlinkSync(release, `${link}.by-hand`);
  renameSync(`${link}.by-hand`, link);
  for (const verb of ['down', 'start']) {
    const env = { DEMO_DATA: join(folder.path, 'demo') };
    expect(await runProgram(['demo/break.ts', verb, 'enterprise-auth'], env)).toMatchObject({
      code: 0,
    });
  }
}

const ask = (typed: string): Promise<Message> => toldAlone(engineer, () => engineer.types(typed));

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

test('two people go back from a release that fails half of its requests, and not forth again', async () => {
  await deployByHand('5.3.0');
  const before = await runs();
  expect(before.version).toBe('5.3.0');
  expect(before.failed).toBeGreaterThan(0);

  const unknown = await ask('rollback enterprise-auth@prod --to 5.2.5 --reason "sign-ins fail"');
  expect(textOf(unknown)).toMatch(
    /there is no release 5\.2\.5; what comes nearest is 5\.2\.3 or 5\.2\.4/,
  );

  const asked = await ask('rollback enterprise-auth@prod --reason "half of the sign-ins fail"');
  const run = runIdIn(asked);
  const waiting = await card(run, 'waiting');
  const shown = textOf(waiting);
  expect(shown).toContain('Roll enterprise-auth@prod back from 5.3.0 to 5.2.4');
  expect(shown).toContain('1. Switch from 5.3.0 to 5.2.4 and restart api');
  expect(shown).toMatch(/\*current release\*: 5\.3\.0, not verified/);
  expect(shown).toMatch(/\*wanted release\*: 5\.2\.4, verified/);
  expect(shown).toMatch(/\*Risk:\* :large_orange_circle: high/);
  expect(shown).toMatch(/\*Can it be undone\?\* Yes/);
  expect(currentRelease('enterprise-auth')).toBe('5.3.0');

  expect(textOf(await pressing(manager, waiting, 'Approve'))).toContain(
    'Your approval is recorded',
  );
  const end = textOf(await card(run, 'done and proved'));
  expect(end).toMatch(/Seen after[\s\S]*\*current release\*: 5\.2\.4[\s\S]*a new one runs 5\.2\.4/);
  expect(end).toMatch(/✓ \*ready\*: up/);
  expect(currentRelease('enterprise-auth')).toBe('5.2.4');
  expect(await runs()).toEqual({ version: '5.2.4', failed: 0 });

  const forth = await ask('rollback enterprise-auth@prod --to 5.3.0 --reason "try it again"');
  expect(textOf(forth)).toContain('5.3.0 was itself rolled back, to 5.2.4');
  expect(textOf(await ask('history enterprise-auth@prod'))).toContain('rolled back to 5.2.4');
});

test('an old release that does not run well any more is left again, as the plan said', async () => {
  const note = 'releases/1.13.1/release.json';
  const spoilt = { ...read('rust-auth', note), failing: 1 };
  writeFileSync(partOf('rust-auth', note), JSON.stringify(spoilt));

  const run = runIdIn(await ask('rollback rust-auth@prod --reason "tokens are refused"'));
  const waiting = await card(run, 'waiting');
  expect(textOf(waiting)).toContain('1.13.2 is made the current release again');
  await pressing(manager, waiting, 'Approve');

  const end = textOf(await card(run, 'taken back'));
  expect(end).toMatch(
    /1\.13\.1 is the current one now, but api did not come back with it: .* it (answers 503|does not answer)/,
  );
  expect(currentRelease('rust-auth')).toBe('1.13.2');
  expect(read('rust-auth', 'run/api.json')).toMatchObject({ release: '1.13.2' });
});
