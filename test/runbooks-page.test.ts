import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actions, queries } from '../src/actions/index.ts';
import { everyDeclared } from '../src/handlers/help/every-declared.ts';

const page = readFileSync('docs/runbooks.md', 'utf8');
const known = everyDeclared(queries, actions).map(({ name }) => name);

/** What stands in the second column, as it is typed. */
const named = [...page.matchAll(/^\|[^|]*\|([^|]*)\|$/gm)].flatMap(([, here = '']) =>
  [...here.matchAll(/`([^`]+)`/g)].map(([, typed = '']) => typed),
);

test('every command that stands for something of the runbooks is one', () => {
  const drivers = ['redis', 'postgres'];
  const wrong = named.filter(
    (typed) => !drivers.includes(typed) && !known.some((name) => isUseOf(typed, name)),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
});

test.each(actions.map(({ name }) => name))('%s stands for something of the runbooks', (name) => {
  expect(named).toContain(name);
});

test.each(queries.map(({ name }) => name))('%s stands for something of them, too', (name) => {
  expect(named.some((typed) => isUseOf(typed, name))).toBe(true);
});

const isUseOf = (typed: string, name: string): boolean =>
  typed === name || typed.startsWith(`${name} --`);
