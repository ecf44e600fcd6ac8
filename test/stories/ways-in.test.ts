import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, directMessage, people } from '../../workspace/people.ts';
import { type House, openHouse } from '../support/house.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';

let house: House;
let engineer: Person;
let viewer: Person;

beforeAll(async () => {
  house = await openHouse();
  house.writeLog('rust-auth', [`${new Date().toISOString()} INFO somebody logged in`]);
  engineer = house.person(people.onCall1);
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());

describe('a mention', () => {
  test('in a channel is answered in a thread below it, where everybody reads it', async () => {
    const answer = await engineer.mentions('status', channels.authOps);
    expect(textOf(answer)).toContain('All 2 are up.');
    expect(answer).toMatchObject({ channel: channels.authOps, onlyFor: null });
    expect(answersIn(await viewer.sees()).map(({ ts }) => ts)).toContain(answer.ts);
  });

  test('in a thread is answered in that thread', async () => {
    const first = await viewer.says('Logins are slow', channels.incidents);
    await engineer.says('I am looking', channels.incidents, first.ts);
    const answer = await engineer.mentions('services', channels.incidents, first.ts);
    expect(answer.threadTs).toBe(first.ts);
    expect(textOf(answer)).toContain('rust-auth');
  });

  test('may stand anywhere in a message', async () => {
    const said = () =>
      engineer.says('Could you help us, @gatehouse status rms-aut', channels.general);
    const answer = await engineer.hears(said, ({ threadTs }) => threadTs !== null);
    expect(textOf(answer)).toContain('There is no service `rms-aut`. Did you mean `rms-auth`?');
  });

  test('alone says what one may do', async () => {
    const answer = await viewer.mentions('', channels.general);
    expect(labelsOf(answer)).toContain('Status');
    expect(textOf(answer)).toContain('`rust-auth@prod`');
  });

  test('asking for a log shows nothing of it, and says how to see it alone', async () => {
    const answer = await engineer.mentions('logs rust-auth@prod', channels.incidents);
    expect(textOf(answer)).toContain('is not for everybody in this channel');
    expect(textOf(answer)).toContain('`/auth logs rust-auth@prod`: only you see the answer.');
    expect(JSON.stringify(await viewer.sees())).not.toContain('somebody logged in');
  });
});

describe('a direct message', () => {
  const say = (text: string) =>
    engineer.hears(() => engineer.says(text, directMessage(engineer.id)));

  test('is a command without its name, answered there', async () => {
    const answer = await say('status');
    expect(textOf(answer)).toContain('All 2 are up.');
    expect(answer.channel).toBe(directMessage(engineer.id));
  });

  test('may show what is for the asker alone', async () => {
    expect(textOf(await say('logs rust-auth@prod'))).toContain('somebody logged in');
  });

  test('that is no command is told what there is', async () => {
    expect(textOf(await say('Are you there?'))).toContain('`/auth help` lists what you may use.');
  });
});

describe('a shortcut', () => {
  test('of a message explains the dangerous command in it', async () => {
    const said = await viewer.says('Shall I run `redis-cli FLUSHALL` on it?', channels.authOps);
    const answer = await engineer.shortcut('explain-message', said);
    expect(textOf(answer)).toMatch(/FLUSHALL/);
    expect(textOf(answer)).toMatch(/What happens: [\s\S]*Instead: /);
    expect(answer.onlyFor).toBe(engineer.id);
  });

  test('of a message that names no command lists what is known', async () => {
    const said = await viewer.says('Good morning | head --since -- "', channels.authOps);
    const answer = await engineer.shortcut('explain-message', said);
    expect(textOf(answer)).toContain('Nothing is known about');
  });

  test('used anywhere looks at all services, and answers in the direct messages', async () => {
    const answer = await engineer.shortcut('check-services');
    expect(textOf(answer)).toContain('All 2 are up.');
    expect(answer.channel).toMatch(/^D/);
  });
});

describe('the Home tab', () => {
  test('shows how the services are and what one may do', async () => {
    const home = await engineer.opensHome();
    expect(textOf(home)).toContain('All 2 are up.');
    expect(textOf(home)).toMatch(/Your roles: `oncall`[\s\S]*`logs`/);
    expect(textOf(await viewer.opensHome())).not.toContain('logs');
  });

  test('leads on by its buttons, into the direct messages', async () => {
    const home = await engineer.opensHome();
    const one = await engineer.presses(home, 'Details', 'rust-auth@prod');
    expect(textOf(one)).toContain('Status of rust-auth@prod');
    expect(one.channel).toMatch(/^D/);
    const log = await engineer.presses(one, 'Logs');
    expect(textOf(log)).toContain('somebody logged in');
  });

  test('looks again when asked to', async () => {
    const home = await engineer.opensHome();
    house.service('rust-auth').be('broken');
    const after = await engineer.seesHomeAnew(() => engineer.clicks(home, 'Check again'));
    house.service('rust-auth').be('up');
    expect(textOf(after)).toContain('1 of 2 are up.');
    expect(textOf(after)).toMatch(/\*rust-auth@prod\* down · /);
  });
});
