import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import type { FileInfo } from '../../workspace/protocol.ts';
import { tokens } from '../support/grounds.ts';
import { type House, openHouse } from '../support/house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

let house: House;
let engineer: Person;

beforeAll(async () => {
  house = await openHouse({ services: ['rust-auth'] });
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

const minute = 60_000;

/** A line of a log, written so many milliseconds ago. */
const line = (text: string, ago = 0) => `${new Date(Date.now() - ago).toISOString()} ${text}`;
const logLines = (count: number) =>
  Array.from({ length: count }, (_, index) => line(`INFO login ${index + 1} of many`, minute));

/** The files that somebody got, once there are so many. */
const filesOf = (person: Person, count: number): Promise<FileInfo[]> =>
  house.slack.waitFor(person.id, (seen) => {
    const files = answersIn(seen).flatMap((message) => message.files);
    return files.length === count && files;
  });
const contentOf = async ({ url }: FileInfo) => (await fetch(`${house.slackUrl}${url}`)).text();

describe('a long log', () => {
  beforeEach(() => house.writeLog('rust-auth', logLines(150)));

  test('is shown by its first and last lines, and comes whole as a file to the asker alone', async () => {
    const answer = await engineer.asks('logs rust-auth@prod', channels.authOps);
    const shown = textOf(answer);
    expect(shown).toContain('first 20 + last 20 of 150 lines');
    expect(shown).toContain('login 1 of many');
    expect(shown).toContain('login 150 of many');
    expect(shown).not.toContain('login 75 of many');
    const [file] = await filesOf(engineer, 1);
    expect(file?.name).toBe('rust-auth@prod.log');
    const content = await contentOf(file as FileInfo);
    expect(content.trimEnd().split('\n')).toHaveLength(150);
    expect(content).toContain('login 75 of many');
    const others = await house.person(people.onCall2).sees();
    expect(answersIn(others)).toEqual([]);
  });

  test('is narrowed by what stands after a bar, from left to right', async () => {
    const counted = await engineer.asks('logs rust-auth@prod | grep "login 7" | count');
    expect(textOf(counted)).toContain('11 lines');
    const narrowed = textOf(await engineer.asks('logs rust-auth@prod | grep "login 14" | head 3'));
    expect(narrowed).toMatch(/login 14 of[\s\S]*login 140 of[\s\S]*login 141 of/);
    expect(narrowed).not.toContain('login 142 of');
    const tail = textOf(await engineer.asks('logs rust-auth@prod | tail 2'));
    expect(tail.match(/login \d+ of many/g)).toEqual(['login 149 of many', 'login 150 of many']);
  });
});

test('--since and --grep choose lines; the text is no pattern', async () => {
  house.writeLog('rust-auth', [
    line('ERROR timeout of the pool', 50 * minute),
    line('ERROR a.c', 5 * minute),
    line('ERROR abc', 4 * minute),
    line('INFO all is well', minute),
  ]);
  const recent = textOf(await engineer.asks('logs rust-auth@prod'));
  expect(recent).toContain('ERROR abc');
  expect(recent).not.toContain('timeout of the pool');
  const hour = textOf(await engineer.asks('logs rust-auth@prod --since 1h --grep error'));
  expect(hour).toContain('timeout of the pool');
  expect(hour).not.toContain('all is well');
  const literal = textOf(await engineer.asks('logs rust-auth@prod --grep a.c'));
  expect(literal).toContain('ERROR a.c');
  expect(literal).not.toContain('ERROR abc');
});

test('a log that is not there is said, and everything else still works', async () => {
  house.writeLog('rust-auth', []);
  expect(textOf(await engineer.asks('logs rust-auth@prod'))).toContain('no lines');
  house.removeLog('rust-auth');
  const told = textOf(await engineer.asks('logs rust-auth@prod'));
  expect(told).toContain('there is no log at');
  expect(told).toContain('Everything else still works');
  expect(textOf(await engineer.asks('status'))).toContain('All 1 are up.');
});

/** Things that must come out nowhere, put together so that no scanner takes this file for a leak. */
const canaries = {
  password: 'canary-hunter-2',
  slack: ['xoxb', '1234567890', 'canarycanary'].join('-'),
  web: ['eyJjYW5hcnkiOjF9', 'eyJjYW5hcnkiOjJ9', 'Y2FuYXJ5Y2FuYXJ5'].join('.'),
  aws: `AKIA${'CANARY'.repeat(3).slice(0, 16)}`,
  url: 'canary-in-a-url',
  key: 'Q0FOQVJZQ0FOQVJZQ0FOQVJZ',
  bot: tokens.bot,
};

const leaking = [
  `user=ana password=${canaries.password} ok`,
  `{"token":"${canaries.slack}"}`,
  `authorization: Bearer ${canaries.web}`,
  `using ${canaries.aws} for the backup`,
  `connecting to postgres://auth:${canaries.url}@10.0.0.5/auth`,
  `our own ${canaries.bot}`,
];
const keyLines = [
  '-----BEGIN RSA PRIVATE KEY-----',
  ...Array(4).fill(canaries.key),
  '-----END RSA PRIVATE KEY-----',
];

test('secrets in a log come out nowhere: in no message, no file, and not in the log of the bot', async () => {
  const manager = house.person(people.manager1);
  house.writeLog('rust-auth', [
    ...leaking.map((text) => line(text, minute)),
    ...logLines(60),
    line('the key follows', minute),
    ...keyLines,
    ...leaking.map((text) => line(text)),
  ]);
  const answer = await manager.asks('logs rust-auth@prod');
  expect(textOf(answer)).toContain('password=[secret]');
  const [file] = await filesOf(manager, 1);
  await manager.asks('logs rust-auth@prod --grep canary');
  await manager.asks('logs rust-auth@prod | grep bearer');
  await manager.asks(`status ${canaries.slack}`);
  await manager.asks(`logs rust-auth@prod --grep "password=${canaries.password}" --nothing`);
  await manager.mentions(`explain ${canaries.aws} password=${canaries.password}`);
  const seen = answersIn(await manager.sees());
  const everything = [
    JSON.stringify(seen),
    await contentOf(file as FileInfo),
    house.log.join(''),
  ].join('\n');
  for (const canary of Object.values(canaries)) expect(everything).not.toContain(canary);
  expect(everything).toContain('login 30 of many');
});
