import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { channels, people } from '../../workspace/people.ts';
import { type House, openHouse } from '../support/house.ts';
import { answersIn, labelsOf, type Person, textOf } from '../support/person.ts';

let house: House;
let manager: Person;
let viewer: Person;

beforeAll(async () => {
  house = await openHouse();
  house.writeLog('rust-auth', [`${new Date().toISOString()} INFO somebody logged in`]);
  manager = house.person(people.manager1);
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());

describe('two people in one channel', () => {
  test('what one of them asks is answered to that one alone', async () => {
    const answer = await viewer.asks('status', channels.authOps);
    expect(textOf(answer)).toContain('All 2 are up.');
    expect(answersIn(await manager.sees())).toEqual([]);
  });

  test('each is told by whoami which roles they have and what follows from them', async () => {
    expect(textOf(await manager.asks('whoami'))).toMatch(/\*Role manager\*.*@managers/);
    const told = textOf(await viewer.asks('whoami'));
    expect(told).toMatch(/\*Role viewer\*/);
    expect(told).not.toMatch(/manager|logs/);
  });

  test('help shows each of them only what they may use', async () => {
    expect(textOf(await manager.asks('help'))).toContain('`logs`');
    const shown = textOf(await viewer.asks('help'));
    expect(shown).toContain('`status`');
    expect(shown).not.toContain('logs');
  });

  test('a viewer who asks for logs is told the rule, who could, and what to do', async () => {
    const refused = textOf(await viewer.asks('logs rust-auth@prod'));
    expect(refused).toContain('You may not use `logs`.');
    expect(refused).toContain('No rule of the grants allows it to you.');
    expect(refused).toContain('Somebody with the role `oncall` or `manager` could: ask them.');
    expect(refused).toContain('`/auth whoami` shows what you may do.');
  });

  test('what a rule forbids is refused with that rule', async () => {
    const refused = textOf(await viewer.asks('history rust-auth@prod'));
    expect(refused).toContain('Rule 3 of the grants forbids it to the role `viewer` (`history`).');
    expect(textOf(await manager.asks('history rust-auth@prod'))).toContain('Releases of rust-auth');
  });

  test('buttons lead a manager from all services to one, and on to its log', async () => {
    const all = await manager.asks('status');
    const one = await manager.presses(all, 'Details', 'rust-auth@prod');
    expect(textOf(one)).toContain('Status of rust-auth@prod');
    const log = await manager.presses(one, 'Logs');
    expect(textOf(log)).toContain('somebody logged in');
    expect(log.onlyFor).toBe(manager.id);
  });

  test('a viewer gets no button that would only lead to a refusal', async () => {
    const one = await viewer.presses(await viewer.asks('status'), 'Details', 'rust-auth@prod');
    expect(labelsOf(one)).toContain('Health');
    expect(labelsOf(one)).not.toContain('Logs');
  });

  test('a button is pressed anew for whoever presses it, not for whoever asked', async () => {
    const shared = await manager.mentions('status rust-auth@prod', channels.authOps);
    const told = await viewer.presses(shared, 'Logs');
    expect(textOf(told)).toContain('You may not use `logs`.');
    expect(told.onlyFor).toBe(viewer.id);
  });

  test('Refresh looks again', async () => {
    const before = await viewer.asks('status');
    expect(textOf(before)).toContain('All 2 are up.');
    house.service('rust-auth').be('broken');
    const after = await viewer.presses(before, 'Refresh');
    house.service('rust-auth').be('up');
    expect(textOf(after)).toContain('1 of 2 are up.');
  });

  test('a slip of the finger is answered with a button that types it right', async () => {
    const puzzled = await viewer.asks('statsu rust-auht@prod');
    expect(textOf(puzzled)).toContain('There is no command `statsu`. Did you mean `status`?');
    const [first = ''] = labelsOf(puzzled);
    const closer = await viewer.presses(puzzled, first);
    expect(textOf(closer)).toContain('There is no service `rust-auht`.');
    const [second = ''] = labelsOf(closer);
    expect(textOf(await viewer.presses(closer, second))).toContain('Status of rust-auth@prod');
  });
});
