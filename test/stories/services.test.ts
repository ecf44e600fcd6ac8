import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type House, openHouse } from '../support/house.ts';
import { type Person, textOf } from '../support/person.ts';

const names = [
  'rms-auth',
  'enterprise-auth',
  'rust-auth',
  'security-platform',
  'identity-platform',
];

let house: House;
let viewer: Person;

beforeAll(async () => {
  house = await openHouse({ services: names, hasty: true });
  viewer = house.person(people.viewer);
});
afterAll(() => house.close());

const rowOf = (answer: Message, name: string): string =>
  textOf(answer)
    .split('\n')
    .find((row) => row.includes(`*${name}@prod*`)) ?? `no row for ${name}`;

describe('five services, each ill in its own way', () => {
  test('are each shown as they are, in words, with the age of every figure', async () => {
    house.service('enterprise-auth').be('slow');
    house.service('rust-auth').be('hung');
    house.service('security-platform').be('broken');
    await house.service('identity-platform').end();
    const answer = await viewer.asks('status --deadline 9s');
    expect(textOf(answer)).toContain('1 of 5 are up.');
    expect(rowOf(answer, 'rms-auth')).toMatch(/ up · .*health: 200 in /);
    expect(rowOf(answer, 'enterprise-auth')).toMatch(/ degraded · .*slower than 1 s/);
    expect(rowOf(answer, 'rust-auth')).toMatch(/ unknown · .*health: no answer within 9 s/);
    expect(rowOf(answer, 'security-platform')).toMatch(/ down · .*health: 500 in /);
    expect(rowOf(answer, 'identity-platform')).toMatch(/ down · .*refused the connection/);
    for (const name of names) {
      expect(rowOf(answer, name)).toMatch(/ · (just now|[\d.]+ m?s ago)$/);
    }
  });

  test('in depth, the ill one says what is wrong with it', async () => {
    const answer = textOf(await viewer.asks('status security-platform@prod'));
    expect(answer).toMatch(/\*health\* down · 500 in /);
    expect(answer).toContain('not running');
  });

  test('health looks several times, and only once at one that does not answer', async () => {
    const down = textOf(await viewer.asks('health security-platform@prod --count 3'));
    expect(down).toMatch(/\*health\* down · 500 in .* · 0 of 3 up, /);
    house.service('rust-auth').be('hung');
    const hung = textOf(await viewer.asks('health rust-auth@prod --count 5 --deadline 200ms'));
    expect(hung).toMatch(/\*health\* unknown · no answer within 200 ms · /);
  });
});

describe('a service that hangs', () => {
  test('delays nobody who asks for another one', async () => {
    const hung = house.service('rust-auth');
    hung.be('hung');
    const pending = viewer.hears(
      () => viewer.types('status rust-auth@prod --deadline 10s'),
      (message) => textOf(message).includes('Status of rust-auth@prod'),
    );
    await expect.poll(hung.held).toBe(1);
    const other = await house.person(people.onCall1).asks('status rms-auth@prod');
    expect(textOf(other)).toMatch(/\*health\* up · /);
    const own = await viewer.hears(
      () => viewer.types('services'),
      (message) => textOf(message).includes('Services'),
    );
    expect(textOf(own)).toContain('security-platform');
    expect(hung.held()).toBe(1);
    hung.be('up');
    expect(textOf(await pending)).toMatch(/\*health\* up · /);
  });

  test('is let go of when its time is over', async () => {
    const hung = house.service('rust-auth');
    hung.be('hung');
    await viewer.asks('status rust-auth@prod --deadline 100ms');
    await expect.poll(hung.held).toBe(0);
    hung.be('up');
    expect(rowOf(await viewer.asks('status'), 'rust-auth')).toMatch(/ up · /);
  });
});
