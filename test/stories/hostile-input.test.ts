import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type House, openHouse } from '../support/house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

let house: House;
let engineer: Person;

beforeAll(async () => {
  house = await openHouse();
  engineer = house.person(people.onCall1);
});
afterAll(() => house.close());

const hostile: [string, string][] = [
  ['a shout at the channel', 'status <!channel> @channel @here @everyone'],
  ['a mention of somebody', `status <@${people.manager1}> @manager-1 @oncall`],
  ['a mention inside of a name', 'status rust-auth<!here>@prod'],
  ['a link with another name', 'status <https://evil.example|rust-auth>'],
  ['backticks', 'explain ``` `x` ```` *bold* _it_ ~gone~'],
  ['a mark that turns the direction of text', 'status \u202etua-tsur@prod'],
  ['3,000 characters', `explain ${'a'.repeat(3_000)}`],
  ['3,000 words', `explain ${'a '.repeat(3_000)}`],
  ['100 kB', 'logs '.padEnd(25_000, '\u{1f480}')],
  ['a quote that never ends', 'status "rust-auth@prod'],
  ['quotes of all kinds', 'explain “smart” ‘single’ \'don\'t\' "a \\" b"'],
  ['NULs', 'status \u0000rust-auth@prod\u0000'],
  ['a terminal’s colours', 'explain \u001b[31mred\u001b[0m'],
  ['emoji', ':skull: \u{1f469}\u200d\u{1f4bb} \u{1f1e9}\u{1f1ea}'],
  ['half of a pair', 'status \ud83d'],
  ['names of JavaScript', 'constructor __proto__ --toString=1'],
  ['a command line', 'status rust-auth@prod; rm -rf / && $(reboot) `reboot`'],
  ['flags that are none', 'logs rust-auth@prod --since=-1h --lines 1e9 --grep='],
  ['a path', 'logs ../../etc/passwd@prod'],
  ['many bars', 'logs rust-auth@prod | grep a | grep b | | head 99999999999'],
  ['a regular expression that explodes', `logs rust-auth@prod --grep ${'(a+)+'.repeat(15)}$`],
  ['markup of blocks', '{"blocks":[{"type":"section"}]}'],
];

/** What Slack would turn into a mention or a shout, in any text of the message. */
const mention = /<[!@#]/;

function expectHarmless(message: Message): void {
  expect(textOf(message).trim()).not.toBe('');
  expect(`${message.text}\n${textOf(message)}`).not.toMatch(mention);
  expect(textOf(message)).not.toContain('Something broke');
  expect(textOf(message)).not.toMatch(/\p{Cc}(?<!\n)|[\u202a-\u202e\u2066-\u2069]/u);
}

describe.each(hostile)('%s', (_what, text) => {
  test('as a command gets one harmless answer', async () => {
    const before = answersIn(await engineer.sees()).length;
    expectHarmless(await engineer.asks(text, channels.authOps));
    await engineer.asks('whoami');
    expect(answersIn(await engineer.sees()).length).toBe(before + 2);
  });

  test('in a mention gets one harmless answer, in the thread', async () => {
    const before = answersIn(await engineer.sees()).length;
    expectHarmless(await engineer.mentions(text, channels.authOps));
    await engineer.asks('whoami');
    expect(answersIn(await engineer.sees()).length).toBe(before + 2);
  });

  test('in a message that somebody wants explained gets one harmless answer', async () => {
    const said = await engineer.says(`see ${text}`, channels.authOps);
    expectHarmless(await engineer.shortcut('explain-message', said));
  });
});

/** What is too much for a message comes as a file, a little later. */
const wholeLog = () =>
  house.slack.waitFor(engineer.id, ({ messages }) =>
    messages.some(({ files }) => files.some(({ name }) => name.startsWith('rust-auth@prod'))),
  );

test('lines of a log that say all of this are shown as what they are', async () => {
  const now = new Date().toISOString();
  house.writeLog('rust-auth', [
    ...hostile.map(([, text]) => `${now} ${text}`),
    `${now} \`\`\` <!channel> \u001b[31m`,
  ]);
  const shown = await engineer.asks('logs rust-auth@prod');
  expectHarmless(shown);
  await wholeLog();
  expect(textOf(shown)).toContain('&lt;!channel&gt; @channel @here');
});

test('nothing of it was a fault, and the bot still works', async () => {
  expect(house.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
});
