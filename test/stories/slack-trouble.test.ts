import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import type { Faults } from '../../workspace/protocol.ts';
import { type House, openHouse } from '../support/house.ts';
import { answersIn, type Person, textOf } from '../support/person.ts';

let house: House;
let engineer: Person;

/** Slack waits longer than it really does, for busy machines, and for less than a call of its API may take. */
async function open(): Promise<void> {
  house = await openHouse({ workspace: { ackMs: 6_000 }, hasty: true });
  engineer = house.person(people.onCall1);
  await engineer.asks('whoami'); // from now on Gatehouse knows who this is
}
beforeAll(open);
afterAll(() => house.close());

const healthy: Faults = {
  latencyMs: 0,
  failBefore: 0,
  dropAfter: 0,
  rateLimited: 0,
  hang: false,
  revoked: false,
  refuse: {},
  fileMs: 0,
  copies: 1,
  delayMs: 0,
};
afterEach(() => house.slack.faults(healthy));

const sockets = async () => (await engineer.sees()).app.sockets;

/** Types a command that names nothing, and waits until Gatehouse has taken it. */
const type = (index: number) => engineer.types(`nonsense-${index}`, channels.authOps);

/** How many answers each of those commands got. */
const answered = (from: number, count: number): Promise<number[]> =>
  house.slack.waitFor(engineer.id, (seen) => {
    const texts = answersIn(seen).map(textOf);
    const times = (name: string) => texts.filter((text) => text.includes(`\`${name}\``)).length;
    const counts = Array.from({ length: count }, (_, index) => times(`nonsense-${from + index}`));
    return !counts.includes(0) && counts;
  });

describe('while Slack takes connections away', () => {
  test('the loss of one loses nothing of what comes after it', async () => {
    for (let index = 0; index < 20; index += 1) {
      if (index % 5 === 0) {
        await expect.poll(sockets).toBe(2);
        await house.slack.sockets({ do: 'drop' });
      }
      await type(index);
    }
    expect(await answered(0, 20)).toEqual(Array(20).fill(1));
  });

  test('it comes back by itself when all of them are lost', async () => {
    await house.slack.sockets({ do: 'drop', all: true });
    await expect.poll(sockets).toBe(2);
    expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
  });

  test('no command of many is lost while they are replaced, and none is answered twice', async () => {
    await house.close();
    await open();
    let over = false;
    const typed: Promise<unknown>[] = [];
    const typeOn = async () => {
      for (let index = 100; !over || typed.length < 60; index += 1) {
        typed.push(type(index));
        await sleep(5);
      }
    };
    const replacing = replace().finally(() => {
      over = true;
    });
    await Promise.all([replacing, typeOn()]);
    await Promise.all(typed);
    expect(await answered(100, typed.length)).toEqual(typed.map(() => 1));
  });
});

/** Lets Slack replace the connections in every way it has, while two are in use at any time. */
async function replace(): Promise<void> {
  await house.slack.sockets({ do: 'app_rate_limited', all: true });
  await house.slack.sockets({ do: 'refresh' });
  await expect.poll(sockets).toBe(3);
  await house.slack.sockets({ do: 'warning', all: true });
  await expect.poll(sockets).toBe(4);
  await house.slack.sockets({ do: 'app_rate_limited', all: true });
}

describe('while the Web API is in trouble', () => {
  test.each([
    ['answers 503', { failBefore: 1 }],
    ['limits everything', { rateLimited: 1 }],
    ['never answers', { hang: true }],
    ['drops every connection after the work', { dropAfter: 1 }],
    ['is slow', { latencyMs: 300 }],
    ['takes no token', { revoked: true }],
  ] as const)('commands and clicks are answered in time: it %s', async (_how, faults) => {
    await house.slack.faults(faults);
    const status = await engineer.asks('status');
    expect(textOf(status)).toContain('All 2 are up.');
    expect(textOf(status)).not.toContain('could not be looked up'); // what was known is known
    expect(textOf(await engineer.presses(status, 'Details', 'rust-auth'))).toContain('Status of');
    await house.slack.faults(healthy);
    expect(textOf(await engineer.mentions('services'))).toContain('rust-auth');
  });

  test('somebody whom Gatehouse does not know yet waits for Slack a moment, and no longer', async () => {
    await house.slack.faults({ hang: true });
    const status = textOf(await house.person(people.auditor).asks('status'));
    expect(status).toContain('All 2 are up.');
    expect(status).toContain('Your roles could not be looked up');
  });

  test('an answer that was lost is lost, and the next one is not', async () => {
    await house.slack.faults({ failBefore: 1 });
    const said = await engineer.says('@gatehouse status', channels.authOps);
    await expect
      .poll(() => house.log.filter((line) => line.includes('could not be told of a fault')))
      .toHaveLength(1);
    await house.slack.faults(healthy);
    expect(answersIn(await engineer.sees()).filter(isIn(said.ts))).toEqual([]);
    expect(textOf(await engineer.mentions('status', channels.authOps))).toContain('All 2 are up.');
  });

  test('an answer whose arrival is uncertain is not sent again', async () => {
    await house.slack.faults({ dropAfter: 1 });
    const said = await engineer.says('@gatehouse status', channels.authOps);
    await expect
      .poll(() => house.log.filter((line) => line.includes('A request broke off')).length)
      .toBeGreaterThan(1);
    await house.slack.faults(healthy);
    const answers = answersIn(await engineer.sees()).filter(isIn(said.ts));
    expect(answers.filter((one) => textOf(one).includes('All 2 are up.'))).toHaveLength(1);
  });

  test('roles that cannot be looked up mean plain reading only, and it is said', async () => {
    house.writeLog('rust-auth', [`${new Date().toISOString()} INFO somebody logged in`]);
    await house.slack.faults({ failBefore: 1 });
    const unknown = house.person(people.onCall2);
    const status = textOf(await unknown.asks('status'));
    expect(status).toContain('All 2 are up.');
    expect(status).toContain('Your roles could not be looked up');
    const logs = textOf(await unknown.asks('logs rust-auth@prod'));
    expect(logs).toContain('Your roles could not be looked up');
    expect(logs).not.toContain('somebody logged in');
    await house.slack.faults(healthy);
    expect(textOf(await unknown.asks('logs rust-auth@prod'))).toContain('somebody logged in');
  });
});

describe('a delivery that comes late', () => {
  test('is answered', async () => {
    await house.slack.faults({ delayMs: 200 });
    expect(textOf(await engineer.asks('status'))).toContain('All 2 are up.');
  });

  test('is answered even when Slack has already said that it failed', async () => {
    const { slack, person, close } = await openHouse({ workspace: { ackMs: 100 }, hasty: true });
    await slack.faults({ delayMs: 200 });
    const answer = await person(engineer.id).hears(async () => {
      const typed = { as: engineer.id, channel: channels.authOps, text: '/auth status' };
      expect(await slack.type(typed)).toMatchObject({ error: 'operation_timeout' });
    });
    expect(textOf(answer)).toContain('All 2 are up.');
    await close();
  });
});

const isIn =
  (thread: string) =>
  ({ threadTs }: { threadTs: string | null }) =>
    threadTs === thread;
