import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkspaceClient } from '../../workspace/client.ts';
import { channels, directMessage, people } from '../../workspace/people.ts';
import { dataFolder } from '../support/data-folder.ts';
import type { Launched } from '../support/launch.ts';
import { openDemoHouse } from '../support/open-demo-house.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';
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

test('two people restart a service: asked for, approved, done, proved and written down', async () => {
  const before = pid();
  const typed = 'restart rms-auth@prod --reason "memory leak"';
  const asked = await toldAlone(engineer, () => engineer.types(typed));
  const run = runIdIn(asked);
  expect(labelsOf(asked)).toEqual(['Cancel', 'Details']);

  const cardIn = (channel: string, as: string, text: string) =>
    slack.waitFor(as, (seen) =>
      answersIn(seen).find(
        (one) =>
          one.channel === channel &&
          one.onlyFor === null &&
          textOf(one).includes(run) &&
          textOf(one).includes(text),
      ),
    );
  const card = await cardIn(channels.authOps, engineer.id, 'waiting');
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
    await cardIn(directMessage(one), one, 'waiting');
  }

  expect(textOf(await pressing(engineer, card, 'Approve'))).toContain(
    'You asked for this yourself',
  );
  expect(pid()).toBe(before);
  expect(textOf(await pressing(manager, card, 'Approve'))).toContain('Your approval is recorded');

  const end = await cardIn(channels.authOps, engineer.id, 'done and proved');
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
