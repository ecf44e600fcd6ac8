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

test('a link leads to one incident, and says how people are called and for whom it is', () => {
  const link = links.write('INC-42', 'roles', 'U1');
  expect(read(link)).toMatchObject({ incident: 'INC-42', naming: 'roles', person: 'U1' });
  expect(read(link.replace('?', '/other?'))).toBeNull();
});

test('it holds for a day, for every process of one Gatehouse', () => {
  const link = links.write('INC-42', 'names', 'U1');
  const other = createPageLinks('xoxb-one', () => now);
  const then = now;
  now = then + day - 1_000;
  expect(read(link, other)).not.toBeNull();
  now = then + day + 1_000;
  expect(read(link, other)).toBeNull();
  now = then;
});

test('a link to the page without names cannot be made one to the page with them', () => {
  const link = links.write('INC-42', 'roles', 'U1');
  expect(read(link.replace('people=roles', 'people=names'))).toBeNull();
});

test('a link that was given to somebody cannot be made one of somebody else', () => {
  const link = links.write('INC-42', 'names', 'U1');
  expect(read(link.replace('for=U1', 'for=U2'))).toBeNull();
  expect(read(link.replace('for=U1', 'for='))).toBeNull();
  expect(read(link.replace('&for=U1', ''))).toBeNull();
});

test('another key makes other links', () => {
  const other = createPageLinks('xoxb-two', () => now);
  expect(read(links.write('INC-42', 'names', 'U1'), other)).toBeNull();
});

test('no link that was changed in one place leads anywhere', () => {
  const link = links.write('INC-42', 'roles', 'U1');
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
