import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRedisClient } from '../../demo/redis-client.ts';
import { findRedis } from '../../demo/redis-server.ts';
import type { WorkspaceClient } from '../../workspace/client.ts';
import { channels, directMessage, people } from '../../workspace/people.ts';
import { dataFolder } from '../support/data-folder.ts';
import type { Launched } from '../support/launch.ts';
import { openDemoHouse } from '../support/open-demo-house.ts';
import { answersIn, labelsOf, type Person, personIn, textOf } from '../support/person.ts';
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

/** The process that the system's pid file speaks of. */
const pid = (): number =>
  JSON.parse(readFileSync(join(folder.path, 'demo/systems/rms-auth/run/api.json'), 'utf8')).pid;

const says = async (who: Person, text: string) =>
  textOf(await toldAlone(who, () => who.types(text)));

/** The newest message in a channel about a run that says that. */
const cardIn = (channel: string, as: string, run: string, text: string) =>
  slack.waitFor(as, (seen) =>
    answersIn(seen).find(
      (one) =>
        one.channel === channel &&
        one.onlyFor === null &&
        textOf(one).includes(run) &&
        textOf(one).includes(text),
    ),
  );

/** What the demo wrote down about itself. */
const demoFile = (path: string) => readFileSync(join(folder.path, 'demo', path), 'utf8');

test.skipIf(!findRedis())(
  'three people restart what a service depends on: its real Redis is another process, and the service is well',
  async () => {
    const ports: Record<string, number> = JSON.parse(demoFile('ports.json'));
    // A connection of its own each time: one that was kept may lead to the process that was before.
    const send = (...words: string[]) => createRedisClient(Number(ports.redis)).send(...words);
    const processOf = async () =>
      /process_id:(\d+)/.exec(String(await send('INFO', 'server')))?.[1];
    const second = personIn(slack, people.manager2);
    const before = { redis: await processOf(), api: pid() };
    await send('SET', 'session:story', '{}');

    expect(await says(engineer, 'plan restart rms-auth@prod redsi')).toMatch(
      /`rms-auth@prod` has no dependency `redsi`. Did you mean `redis`/,
    );
    const typed = 'restart rms-auth@prod redis --reason "no connection gets through since 14:05"';
    const asked = await toldAlone(engineer, () => engineer.types(typed));
    const run = runIdIn(asked);
    const shown = textOf(await cardIn(channels.authOps, engineer.id, run, 'waiting'));
    expect(shown).toContain('Restart redis of rms-auth@prod');
    expect(shown).toMatch(/1\. Restart server/);
    expect(shown).toContain('*depend on it*: rms-auth@prod');
    expect(shown).toContain('*lost with it*: sessions, cached profiles');
    expect(shown).toMatch(/\*rms-auth@prod\*: \w+: /);
    expect(shown).toMatch(/\*Risk:\* :red_circle: destructive\..*rms-auth@prod depends on it/);

    const approve = `approve ${run} --target rms-auth@prod`;
    expect(await says(engineer, approve)).toContain('You asked for this yourself');
    await toldAlone(manager, () => manager.types(approve));
    expect(await processOf()).toBe(before.redis);
    await toldAlone(second, () => second.types(approve));

    const end = textOf(await cardIn(channels.authOps, engineer.id, run, 'done and proved'));
    expect(end).toMatch(/Seen after[\s\S]*✓ \*server\*: a new one runs/);
    expect(end).toMatch(
      /✓ \*redis ping\*: up[\s\S]*✓ \*rms-auth@prod\*: up: all \d checks are well/,
    );
    expect(await processOf()).not.toBe(before.redis);
    expect(await send('GET', 'session:story')).toBeNull();
    expect(pid()).toBe(before.api);
    const health = await fetch(`http://127.0.0.1:${ports['rms-auth']}/api/health`);
    expect(await health.json()).toMatchObject({ dependencies: { redis: 'up' } });

    const audit = await says(engineer, `audit --run ${run}`);
    for (const event of ['requested', 'approved', 'step-begun', 'succeeded']) {
      expect(audit).toContain(`run.${event}`);
    }
    for (const one of [manager, second]) expect(audit).toContain(one.id);
  },
);

test('two people restart a service: asked for, approved, done, proved and written down', async () => {
  const before = pid();
  const typed = 'restart rms-auth@prod --reason "memory leak"';
  const asked = await toldAlone(engineer, () => engineer.types(typed));
  const run = runIdIn(asked);
  expect(labelsOf(asked)).toEqual(['Cancel', 'Details']);

  const card = await cardIn(channels.authOps, engineer.id, run, 'waiting');
  const shown = textOf(card);
  expect(shown).toContain('Restart rms-auth@prod');
  expect(shown).toContain('*Why:* memory leak');
  expect(shown).toContain(`<@${engineer.id}> asked`);
  expect(shown).toMatch(/1\. Restart api/);
  expect(shown).toMatch(/\*api\*: up, started .*, release /);
  expect(shown).toMatch(/\*Risk:\* :large_orange_circle: high\. It is the only copy/);
  expect(shown).toMatch(/\*Can it be undone\?\* No/);
  expect(shown).toMatch(/Plan `[0-9a-f]{8}`/);
  expect(shown).toMatch(/The request expires <!date/);
  expect(labelsOf(card)).toEqual(['Approve', 'Deny', 'Details']);
  for (const one of [people.manager1, people.manager2]) {
    await cardIn(directMessage(one), one, run, 'waiting');
  }

  expect(textOf(await pressing(engineer, card, 'Approve'))).toContain(
    'You asked for this yourself',
  );
  expect(pid()).toBe(before);
  expect(textOf(await pressing(manager, card, 'Approve'))).toContain('Your approval is recorded');

  const end = await cardIn(channels.authOps, engineer.id, run, 'done and proved');
  expect(end.ts).toBe(card.ts);
  expect(pid()).not.toBe(before);
  expect(textOf(end)).toMatch(
    /Seen before[\s\S]*\*api\*: up[\s\S]*Seen after[\s\S]*a new one runs/,
  );
  expect(textOf(end)).toMatch(/✓ \*health\*: up/);
  expect(labelsOf(end)).toEqual(['Details']);

  expect(await says(engineer, `run ${run}`)).toMatch(/run\.requested[\s\S]*run\.succeeded/);
  expect(await says(engineer, 'runs')).toContain(`${run} Restart rms-auth@prod`);
  const audit = await says(engineer, `audit --run ${run}`);
  for (const event of ['requested', 'waiting', 'approved', 'claimed', 'step-begun', 'succeeded']) {
    expect(audit).toContain(`run.${event}`);
  }
  expect(audit).toContain(manager.id);

  await house.end();
  const verified = await runProgram(['bin/audit.ts', 'verify'], { GATEHOUSE_DATA: folder.path });
  expect(verified).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Nothing was changed: \d+/),
  });
});
