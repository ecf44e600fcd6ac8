import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channels } from '../../workspace/people.ts';
import { castOf, openPeopleHouse, type PeopleHouse } from '../support/people-house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';
import { toldAlone } from '../support/run-house.ts';

let house: PeopleHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  house = await openPeopleHouse();
  ({ engineer, manager } = castOf(house));
});
afterAll(() => house.close());
afterEach(async () => {
  const { modals } = await engineer.sees();
  for (const { id } of modals) await house.slack.close({ as: engineer.id, view: id });
});

/** What the form says that opens because of what was typed. */
async function formFor(typed: string): Promise<string> {
  await engineer.types(typed);
  const form = await house.slack.waitFor(engineer.id, ({ modals }) => modals.at(-1));
  return textOf(form);
}

const because = '--reason "it is a test of words"';

describe('what there is not is answered with the nearest that there is', () => {
  test.each([
    ['a service', 'status rust-auht', 'There is no service `rust-auht`. Did you mean `rust-auth`'],
    [
      'an environment',
      'status rust-auth@prodd',
      '`rust-auth` has no environment `prodd`. Did you mean',
    ],
    ['a command', 'restrat rust-auth@prod', 'Did you mean `restart`?'],
    ['a flag', 'logs rust-auth@prod --sicne 5m', 'Did you mean `--since`?'],
    [
      'an account',
      `password reset jnae@example.com rms-auth@prod ${because}`,
      'there is no account jnae@example.com; what comes nearest is jane@example.com',
    ],
    [
      'an account, everywhere',
      `user offboard jnae@example.com all@prod ${because}`,
      'what comes nearest is jane@example.com',
    ],
    [
      'an account that is looked at',
      'user show jnae@example.com rms-auth@prod',
      'what comes nearest is jane@example.com',
    ],
    [
      'a release to go back to',
      `rollback rust-auth@prod --to 1.13.9 ${because}`,
      'there is no release 1.13.9; what comes nearest is 1.13.',
    ],
    [
      'a release to go on to',
      `deploy rust-auth@prod 1.14.9 ${because}`,
      'there is no release 1.14.9; what comes nearest is 1.14.0',
    ],
    [
      'a preset',
      `ratelimit set rust-auth@prod tigth --for 30m ${because}`,
      'what comes nearest is tight',
    ],
    ['a cache', `cache clear rms-auth@prod cahce: ${because}`, 'what comes nearest is cache:'],
    ['a run', 'run R-000000', 'There is no run `R-000000`'],
    ['a service in the audit', 'audit --service rust-auht', 'what comes nearest is `rust-auth`'],
  ])('%s', async (_what, typed, sentence) => {
    expect(await house.says(engineer, typed)).toContain(sentence);
  });

  test.each([
    ['a service', `restart rust-auht@prod ${because}`, 'Did you mean `rust-auth@prod`'],
    ['an environment', `restart rust-auth@prodd ${because}`, 'has no environment `prodd`'],
    [
      'an address',
      `block 203.0.113.300 rust-auth@prod ${because}`,
      'four decimal numbers from 0 to 255',
    ],
    [
      'a protected address',
      `block 10.0.0.1 rust-auth@prod ${because}`,
      'is never blocked: private addresses',
    ],
    [
      'a duration',
      `block 203.0.113.7 rust-auth@prod --for 5y ${because}`,
      'Expected a duration between 5m and 7d',
    ],
  ])('%s, in the form that opens with what was given', async (_what, typed, sentence) => {
    expect(await formFor(typed)).toContain(sentence);
  });

  test('an address that is not blocked, where another one is', async () => {
    const run = await house.request(engineer, `block 203.0.113.7 rust-auth@prod ${because}`);
    expect(await house.approve(run, manager)).toBe('succeeded');
    const told = await house.says(engineer, `unblock 203.0.113.8 rust-auth@prod ${because}`);
    expect(told).toContain('it is not blocked; what comes nearest is 203.0.113.7');
  });
});

const hostile: [string, string][] = [
  ['a command line', 'x; rm -rf / && $(reboot) `reboot` | tee'],
  ['SQL', `'; drop table runs; --`],
  ['markup', '<!channel> <@U07MANAGE01> *bold* ~gone~ <https://evil.example|here>'],
  ['lines', 'one\ntwo\n\n```three```'],
  ['a mark that turns text around', 'safe \u202egnitseretni'],
];

/** What Slack would turn into a mention or a shout, but for the people whom a card is about. */
const shout = /<!(?!date)|<#(?!C07AUTHOPS1>)|<https?:/;

describe.each(hostile)('%s', (_what, text) => {
  const quoted = text.replace(/["\\]/g, '');

  test('as a reason is refused or shown as what it is, and changes nothing but its own run', async () => {
    const told = await toldAlone(engineer, () =>
      engineer.types(`restart identity-platform@prod --reason "${quoted}"`, channels.authOps),
    );
    expect(`${told.text}\n${textOf(told)}`).not.toMatch(shout);
    const [run] = /R-[0-9A-F]{6}/.exec(textOf(told)) ?? [];
    if (run === undefined) return expect(textOf(told)).toMatch(/nothing (was|will|has)/i);
    expect(await house.store.runs.find(run)).toMatchObject({
      state: 'waiting',
      target: { service: 'identity-platform', env: 'prod' },
    });
    const card = await house.slack.waitFor(manager.id, (seen) =>
      answersIn(seen).find((one) => one.onlyFor === null && textOf(one).includes(run)),
    );
    expect(textOf(card)).not.toMatch(shout);
    await house.says(engineer, `cancel ${run}`);
  });

  test.each(['block', 'user offboard', 'password reset', 'cache clear', 'deploy'])(
    'as what `%s` is done to asks for nothing',
    async (command) => {
      const before = (await house.store.runs.inStates(['waiting', 'approved'])).length;
      const seen = new Set((await engineer.sees()).messages.map(({ ts }) => ts));
      await engineer.types(`${command} rms-auth@prod "${quoted}" ${because}`);
      await house.slack.waitFor(
        engineer.id,
        ({ messages, modals }) => modals.length > 0 || messages.some(({ ts }) => !seen.has(ts)),
      );
      expect((await house.store.runs.inStates(['waiting', 'approved'])).length).toBe(before);
    },
  );
});

test('100 kB in a reason are refused, and nobody else hears of it', async () => {
  const long = `restart rms-auth@prod --reason "${'\u{1f480}'.repeat(12_000)}"`;
  const told = await toldAlone(engineer, () => engineer.types(long));
  expect(textOf(told)).toMatch(/nothing (was|will|has)/i);
  expect(textOf(told).length).toBeLessThan(12_000);
});

test('nothing of it was a fault', () => {
  expect(house.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
