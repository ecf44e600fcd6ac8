import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type House, openHouse } from '../support/house.ts';
import { readiness } from '../support/pages.ts';
import { textOf } from '../support/person.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startWorkspaceProcess, type WorkspaceProcess } from '../support/workspace-process.ts';

const folder = tempFolder();
let workspace: WorkspaceProcess;
let house: House;

beforeAll(async () => {
  workspace = await startWorkspaceProcess(folder.path);
  const startSlack = async () => ({ url: workspace.url, close: workspace.kill });
  house = await openHouse({ startSlack });
});
afterAll(async () => {
  await house.close();
  await folder.remove();
});

/** What is kept for the time after a kill. */
const kept = () => readFileSync(join(folder.path, 'workspace.json'), 'utf8');

test('when Slack dies and comes back, Gatehouse finds it by itself, and what was said is still there', async () => {
  const engineer = house.person(people.onCall1);
  const said = await engineer.says('Before the end', channels.incidents);
  const answer = await engineer.mentions('services', channels.incidents, said.ts);
  await expect.poll(kept).toContain(answer.ts);

  await workspace.kill();
  const slack = async () => (await readiness(house.web())).checks.slack;
  await expect.poll(slack).toMatchObject({ ok: false, why: expect.any(String) });
  await workspace.startAgain();

  await expect.poll(slack).toMatchObject({ ok: true });
  const { messages } = await engineer.sees();
  expect(messages.map(({ ts }) => ts)).toEqual(expect.arrayContaining([said.ts, answer.ts]));
  expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
  const again = await engineer.mentions('services', channels.incidents, said.ts);
  expect(again.threadTs).toBe(said.ts);
});
