import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPageLinks } from '../../src/web/page-links.ts';

const day = 86_400_000;
let now = Date.UTC(2026, 10, 16);
const links = createPageLinks('xoxb-one', () => now);
const read = (address: string, by = links) => {
  const { pathname, searchParams } = new URL(address, 'http://page');
  return by.read(pathname, searchParams);
};

test('a link leads to one incident, its chart as well, and says how people are called', () => {
  const link = links.write('INC-42', 'roles');
  expect(read(link)).toMatchObject({ incident: 'INC-42', naming: 'roles' });
  expect(read(link.replace('?', '/chart.png?'))).toMatchObject({ incident: 'INC-42' });
  expect(read(link.replace('?', '/other?'))).toBeNull();
});

test('it holds for at least 30 days and at most 60, and every process makes the same for a while', () => {
  const link = links.write('INC-42', 'names');
  expect(createPageLinks('xoxb-one', () => now).write('INC-42', 'names')).toBe(link);
  const then = now;
  now = then + 30 * day;
  expect(read(link)).not.toBeNull();
  now = then + 60 * day;
  expect(read(link)).toBeNull();
  now = then;
});

test('a link to the page without names cannot be made one to the page with them', () => {
  const link = links.write('INC-42', 'roles');
  expect(read(link.replace('people=roles', 'people=names'))).toBeNull();
});

test('another key makes other links', () => {
  const other = createPageLinks('xoxb-two', () => now);
  expect(read(links.write('INC-42', 'names'), other)).toBeNull();
});

test('no link that was changed in one place leads anywhere', () => {
  const link = links.write('INC-42', 'roles');
  const signed = link.indexOf('INC-');
  fc.assert(
    fc.property(
      fc.integer({ min: signed, max: link.length - 1 }),
      fc.constantFrom(...'0123456789abcdef&=%-?/xN'),
      (place, letter) => {
        fc.pre(link[place] !== letter);
        const changed = link.slice(0, place) + letter + link.slice(place + 1);
        expect(read(changed)).toBeNull();
      },
    ),
  );
});

test('one to an incident about security is another one than everybody was given before', () => {
  const before = links.write('INC-42', 'names');
  const after = links.write('INC-42', 'names', true);
  expect(after).not.toBe(before);
  expect([read(before)?.secret, read(after)?.secret]).toEqual([false, true]);
});
