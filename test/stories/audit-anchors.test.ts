import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchorsIn } from '../../src/core/anchor.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { channels, people } from '../../workspace/people.ts';
import { realClock } from '../support/clock.ts';
import { dataFolder } from '../support/data-folder.ts';
import { type House, openHouse } from '../support/house.ts';
import { quietLog } from '../support/quiet-log.ts';
import { runProgram } from '../support/run-program.ts';

const channel = channels.incidents;
const folder = await dataFolder();
const dataDir = folder.path;
const file = join(folder.path, 'anchors.log');
let house: House;
let store: Store;
let env: Readonly<Record<string, string | undefined>>;
beforeAll(async () => {
  const anchors = { channel, file };
  store = await openStore({ dataDir, log: quietLog, clock: realClock, anchors });
  const kept = { ...store, close: async () => {} }; // it is closed before the log is looked at
  house = await openHouse({ services: [], openStore: async () => kept });
  env = house.env;
});
afterAll(async () => {
  await house?.close();
  await folder.remove();
});

const verify = () => {
  const catalogue = join(folder.path, 'gatehouse.yml');
  const own = readFileSync(String(env.GATEHOUSE_CONFIG), 'utf8');
  writeFileSync(catalogue, `${own}\naudit: { anchors: { channel: ${channel}, file: ${file} } }\n`);
  const { SLACK_API_URL = '', SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '' } = env;
  const slack = { SLACK_API_URL, SLACK_BOT_TOKEN, SLACK_APP_TOKEN };
  const where = { GATEHOUSE_CONFIG: catalogue, GATEHOUSE_DATA: dataDir };
  return runProgram(['bin/audit.ts', 'verify', '--anchors'], { ...slack, ...where });
};
const posted = async () => {
  const { messages } = await house.slack.waitFor(people.onCall1, (world) => world);
  return messages.filter((one) => one.channel === channel).flatMap(({ text }) => anchorsIn(text));
};

test('after a hundred records their anchor stands in the channel and in the file, once', async () => {
  for (let n = 0; n < 130; n += 1) {
    const entry = { event: 'tried', actor: 'gatehouse', facts: { n } };
    await store.notes.append(`system:trial-${n % 10}`, entry);
  }
  await expect.poll(posted).toHaveLength(1);
  const [anchor] = await posted();
  expect(anchor).toMatchObject({ n: 1 });
  await expect.poll(() => anchorsIn(readFileSync(file, 'utf8'))).toEqual([anchor]);
});

test('both are held against the log, and a message that somebody has deleted is missed', async () => {
  await store.close();
  const good = await verify();
  expect(good.complaints).toEqual([]);
  expect(good).toMatchObject({ code: 0, out: expect.stringContaining(`the channel ${channel}`) });
  const ts = (
    await house.slack.waitFor(people.onCall1, ({ messages }) =>
      messages.find(({ text }) => anchorsIn(text).length > 0),
    )
  ).ts;
  await fetch(`${house.slackUrl}/api/chat.delete`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${env.SLACK_BOT_TOKEN}`,
    },
    body: JSON.stringify({ channel, ts }),
  });
  const bad = await verify();
  expect(bad.code).toBe(1);
  expect(bad.out).toContain(`The first bad one is anchor 1 in the channel ${channel}`);
});
