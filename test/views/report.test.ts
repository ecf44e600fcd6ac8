import { describe, expect, test } from 'vitest';
import type { Part, Report, StateRow } from '../../src/core/report.ts';
import type { Message } from '../../src/views/blocks/message.ts';
import { reportMessage } from '../../src/views/report.ts';
import { age } from '../../src/views/text/age.ts';
import { checkMessage } from '../../workspace/blocks/check.ts';

const now = 1_700_000_000_000;
const reportOf = (part: Partial<Report>): Report => ({
  title: 'Title',
  parts: [],
  next: [],
  ...part,
});
const show = (part: Partial<Report>): Message => reportMessage(reportOf(part), now);
const textOf = (message: Message): string => JSON.stringify(message.blocks);
const idsIn = (message: Message): string[] =>
  [...textOf(message).matchAll(/"action_id":"([^"]*)"/g)].map(([, id]) => id ?? '');

const row = (name: string, more = false): StateRow => ({
  health: 'down',
  name,
  detail: 'ECONNREFUSED',
  at: now - 1_500,
  ...(more && { more: { label: 'Details', command: `status ${name}` } }),
});

const log = (
  lines: readonly string[],
  part: Partial<Extract<Part, { kind: 'log' }>> = {},
): Part => ({
  kind: 'log',
  name: 'api.log',
  lines,
  total: lines.length,
  complete: true,
  ...part,
});

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}.`);

describe('a state', () => {
  test.each([
    ['up', ':large_green_circle: *x* up'],
    ['degraded', ':large_yellow_circle: *x* degraded'],
    ['down', ':red_circle: *x* down'],
    ['unknown', ':white_circle: *x* unknown'],
  ] as const)('%s is a sign and a word', (health, shown) => {
    expect(
      textOf(show({ parts: [{ kind: 'states', rows: [{ ...row('x'), health }] }] })),
    ).toContain(`${shown} · ECONNREFUSED · 1.5 s ago`);
  });

  test('has its button at its side, and every button its own id', () => {
    const rows = [row('a', true), row('b'), row('c', true)];
    const message = show({
      parts: [
        { kind: 'states', rows },
        { kind: 'states', rows },
      ],
      next: [{ label: 'Refresh', command: 'status' }],
    });
    const ids = idsIn(message);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect(ids.every((id) => /^ask:\d+$/.test(id))).toBe(true);
  });

  test('is a line of text when there are too many for blocks of their own', () => {
    const message = show({
      parts: [{ kind: 'states', rows: Array.from({ length: 60 }, (_, i) => row(`s${i}`, true)) }],
    });
    expect(textOf(message)).toContain('*s59*');
    expect(message.blocks.length).toBeLessThan(6);
  });
});

test.each([
  [now, 'just now'],
  [now + 60_000, 'just now'],
  [now - 999, 'just now'],
  [now - 1_000, '1 s ago'],
  [now - 2_500, '2.5 s ago'],
  [now - 192_000, '3 m 12 s ago'],
])('the age of %i is %s', (at, shown) => {
  expect(age(at, now)).toBe(shown);
});

describe('a log', () => {
  test('that is short is shown whole', () => {
    const message = show({ parts: [log(numbered(40))] });
    expect(textOf(message)).toContain('api.log: 40 lines');
    expect(textOf(message)).toContain('line 21.');
  });

  test('that is long is shown from both ends', () => {
    const shown = textOf(show({ parts: [log(numbered(41))] }));
    expect(shown).toContain('first 20 + last 20 of 41 lines');
    expect(shown).toContain('line 20.');
    expect(shown).not.toContain('line 21.');
    expect(shown).toContain('line 22.');
  });

  test('says how many lines there were, and when that is only a lower bound', () => {
    expect(textOf(show({ parts: [log(numbered(3), { total: 1_482 })] }))).toContain(
      '3 of 1,482 lines',
    );
    expect(textOf(show({ parts: [log(numbered(3), { complete: false })] }))).toContain(
      'at least 3 lines',
    );
    expect(textOf(show({ parts: [log([])] }))).toContain('no lines');
    expect(textOf(show({ parts: [log([], { total: 7 })] }))).toContain('none of 7 lines');
  });

  test('with long lines shows fewer of them, each cut with an ellipsis', () => {
    const message = show({ parts: [log(numbered(40).map((text) => text + 'x'.repeat(1_000)))] });
    expect(textOf(message)).toMatch(/first 6 \+ last 6 of 40 lines/);
    expect(checkMessage({ ...message, method: 'chat.update' })).toBeNull();
  });

  test('cannot leave its block of code', () => {
    expect(textOf(show({ parts: [log(['a ``` <!channel> b'])] }))).toContain(
      'a ˋˋˋ &lt;!channel&gt; b',
    );
  });
});

describe('what does not fit', () => {
  test('is left out, and the message says so and keeps its buttons', () => {
    const parts = Array.from(
      { length: 80 },
      (_, i) => ({ kind: 'text', text: `part ${i}` }) as const,
    );
    const message = show({ parts, next: [{ label: 'Refresh', command: 'status' }] });
    expect(message.blocks).toHaveLength(50);
    expect(textOf(message)).toContain('33 more parts do not fit');
    expect(message.blocks.at(-1)).toMatchObject({ type: 'actions' });
  });

  test('is measured over all texts together', () => {
    const parts = Array.from(
      { length: 6 },
      () => ({ kind: 'text', text: 'x'.repeat(2_900) }) as const,
    );
    const message = show({ parts });
    expect(checkMessage({ ...message, method: 'chat.postMessage' })).toBeNull();
    expect(textOf(message)).toContain('2 more parts do not fit');
  });

  test('a command that is too long for a button gets none: cut, it would be another', () => {
    expect(idsIn(show({ next: [{ label: 'x', command: `status ${'x'.repeat(2_000)}` }] }))).toEqual(
      [],
    );
  });
});

test('buttons whose commands are long together leave room for the text', () => {
  const next = Array.from({ length: 10 }, (_, i) => ({
    label: 'x',
    command: `${i}`.repeat(1_900),
  }));
  const message = show({ next, parts: [{ kind: 'text', text: 'still there' }] });
  expect(idsIn(message)).toHaveLength(2);
  expect(textOf(message)).toContain('still there');
});

test('buttons stand in rows of five', () => {
  const next = Array.from({ length: 7 }, (_, i) => ({ label: `B${i}`, command: `status ${i}` }));
  const rows = show({ next }).blocks.filter(({ type }) => type === 'actions');
  expect(rows.map((block) => ('elements' in block ? block.elements.length : 0))).toEqual([5, 2]);
});

test('a fact is its name and its value, whatever characters they hold', () => {
  const facts = [
    { name: 'max_memory *', value: '`rm -rf` <b>' },
    { name: 'empty', value: '' },
  ];
  const shown = textOf(show({ parts: [{ kind: 'facts', facts }] }));
  expect(shown).toContain('`max_memory *`: `rm -rf` &lt;b&gt;');
  expect(shown).toContain('*empty*: –');
});
