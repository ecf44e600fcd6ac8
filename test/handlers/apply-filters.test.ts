import { describe, expect, test } from 'vitest';
import type { Part } from '../../src/core/report.ts';
import { applyFilters } from '../../src/handlers/apply-filters.ts';
import type { Filter } from '../../src/handlers/command.ts';

const log: Part = {
  kind: 'log',
  name: 'api',
  lines: ['a ERROR', 'b', 'c error', 'd'],
  total: 4,
  complete: true,
};
const states: Part = {
  kind: 'states',
  rows: ['one', 'two', 'three'].map((name) => ({
    health: name === 'two' ? 'down' : 'up',
    name,
    detail: '',
    at: 0,
  })),
};
const narrowed = (part: Part, ...filters: Filter[]) =>
  applyFilters({ title: '', parts: [part], next: [] }, filters).parts[0];

describe('lines of a log', () => {
  test('are searched whatever their case', () => {
    expect(narrowed(log, { kind: 'grep', text: 'Error' })).toMatchObject({
      lines: ['a ERROR', 'c error'],
      total: 2,
      complete: true,
    });
  });

  test('are searched as they are written, not as a pattern', () => {
    expect(narrowed(log, { kind: 'grep', text: '.*' })).toMatchObject({ lines: [] });
  });

  test('of which only some were read are counted as at least so many', () => {
    expect(narrowed({ ...log, total: 900 }, { kind: 'grep', text: 'error' })).toMatchObject({
      total: 2,
      complete: false,
    });
  });

  test('are taken from either end, and counted', () => {
    expect(narrowed(log, { kind: 'head', count: 1 })).toMatchObject({
      lines: ['a ERROR'],
      total: 4,
    });
    expect(narrowed(log, { kind: 'tail', count: 2 })).toMatchObject({ lines: ['c error', 'd'] });
    expect(narrowed(log, { kind: 'count' })).toMatchObject({
      facts: [{ name: 'api', value: '4 lines' }],
    });
  });

  test.each<[string, Part, Filter[]]>([
    ['900 lines', { ...log, total: 900 }, []],
    ['at least 900 lines', { ...log, total: 900, complete: false }, []],
    ['at least 2 lines', { ...log, total: 900 }, [{ kind: 'grep', text: 'error' }]],
    ['1 line', { ...log, total: 900 }, [{ kind: 'tail', count: 1 }]],
    [
      '0 lines',
      { ...log, total: 900 },
      [
        { kind: 'head', count: 1 },
        { kind: 'grep', text: 'd' },
      ],
    ],
  ])('are counted as %s, also those that were not read', (value, part, before) => {
    expect(narrowed(part, ...before, { kind: 'count' })).toMatchObject({ facts: [{ value }] });
  });

  test('pass the filters one after the other', () => {
    expect(
      narrowed(log, { kind: 'grep', text: 'error' }, { kind: 'tail', count: 1 }),
    ).toMatchObject({ lines: ['c error'] });
    expect(
      narrowed(log, { kind: 'tail', count: 1 }, { kind: 'grep', text: 'error' }),
    ).toMatchObject({ lines: [] });
  });
});

test('rows and facts are narrowed too, by state as well', () => {
  expect(narrowed(states, { kind: 'grep', text: 'down' })).toMatchObject({
    rows: [{ name: 'two' }],
  });
  expect(narrowed(states, { kind: 'count' })).toMatchObject({ facts: [{ value: '3 rows' }] });
  const facts: Part = {
    kind: 'facts',
    facts: [
      { name: 'a', value: 'x' },
      { name: 'b', value: 'y' },
    ],
  };
  expect(narrowed(facts, { kind: 'grep', text: 'b: Y' })).toMatchObject({ facts: [{ name: 'b' }] });
  expect(narrowed(facts, { kind: 'head', count: 1 })).toMatchObject({ facts: [{ name: 'a' }] });
});

test('sentences stay', () => {
  const text: Part = { kind: 'text', text: 'The last 15 m.' };
  expect(narrowed(text, { kind: 'grep', text: 'zzz' })).toEqual(text);
});
