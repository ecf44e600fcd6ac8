import { describe, expect, test } from 'vitest';
import { fromSlack } from '../../../src/handlers/grammar/from-slack.ts';
import { type Item, parse } from '../../../src/handlers/grammar/parse.ts';
import { write } from '../../../src/handlers/grammar/write.ts';

const word = (text: string): Item => ({ kind: 'word', text });
const flag = (name: string, value: string | null = null): Item => ({ kind: 'flag', name, value });

const itemsOf = (text: string) => {
  const parsed = parse(text);
  return parsed.ok ? parsed.value.items : parsed.error;
};

describe('a command is taken apart', () => {
  test.each<[string, Item[]]>([
    ['', []],
    ['   ', []],
    ['status', [word('status')]],
    [
      'logs rust-auth@prod --since 15m',
      [word('logs'), word('rust-auth@prod'), flag('since'), word('15m')],
    ],
    ['logs --since=15m', [word('logs'), flag('since', '15m')]],
    ['--grep="two words"', [flag('grep', 'two words')]],
    ['--grep=', [flag('grep', '')]],
    ['"two words" \'and two\'', [word('two words'), word('and two')]],
    ['“two words” ‘don’t’', [word('two words'), word('don’t')]],
    ["don't 'don't' 'tis", [word("don't"), word("don't"), word("'tis")]],
    ['"say \\"yes\\"" "a\\\\b" "c:\\d"', [word('say "yes"'), word('a\\b'), word('c:\\d')]],
    ['""', [word('')]],
    ['—since –grep −limit -json', [flag('since'), flag('grep'), flag('limit'), flag('json')]],
    ['——since ———grep -–x', [flag('since'), flag('grep'), word('-–x')]],
    ['a -- -- b --', [word('a'), word('--'), word('b'), word('--')]],
    ['"--" --b', [word('--'), flag('b')]],
    ['x`` a`b', [word('x'), word('a`b')]],
    ['--grep=``x``', [flag('grep', 'x')]],
    ['-5 — –5 -', [word('-5'), word('—'), word('–5'), word('-')]],
    ['a -- --b -c', [word('a'), word('--b'), word('-c')]],
    ['`status rust-auth` ```health```', [word('status'), word('rust-auth'), word('health')]],
    ['`"a b"` --grep=`x`', [word('a b'), flag('grep', 'x')]],
    ['status\u00a0rust-auth\nx\ty', [word('status'), word('rust-auth'), word('x'), word('y')]],
    ['sta\u200btus', [word('status')]],
    ['"a | b"', [word('a | b')]],
  ])('%j', (text, items) => {
    expect(itemsOf(text)).toEqual(items);
  });

  test('what follows a bar is a filter', () => {
    expect(parse('logs x | grep time|head 5')).toEqual({
      ok: true,
      value: {
        items: [word('logs'), word('x')],
        filters: [
          [word('grep'), word('time')],
          [word('head'), word('5')],
        ],
      },
    });
  });

  test('a lone -- ends with its filter', () => {
    expect(parse('a -- --b | --c')).toMatchObject({ value: { filters: [[flag('c')]] } });
  });
});

describe('what could mean something else is refused', () => {
  test.each([
    ['"never closed --dry-run', { kind: 'unclosed-quote', quote: '"' }],
    ['--reason=“never closed', { kind: 'unclosed-quote', quote: '“' }],
    ['restart \u202etsur-ymra', { kind: 'hidden-character', code: 'U+202E' }],
    ['status\u0007', { kind: 'hidden-character', code: 'U+0007' }],
    ['status \u{e0041}', { kind: 'hidden-character', code: 'U+E0041' }],
    ['x'.repeat(2_001), { kind: 'too-long', length: 2_001, limit: 2_000 }],
  ])('%j', (text, refusal) => {
    expect(parse(text)).toEqual({ ok: false, error: refusal });
  });
});

test('a command may be as long as it says', () => {
  expect(itemsOf('x'.repeat(2_000))).toEqual([word('x'.repeat(2_000))]);
});

describe('what Slack made of the text is undone', () => {
  test.each([
    ['user show <@U1|oncall>', 'user show <@U1>'],
    ['<#C1|general> <!subteam^S1|@ops>', '<#C1> <!subteam^S1>'],
    ['user offboard <mailto:a@b.example|a@b.example>', 'user offboard a@b.example'],
    ['block <http://203.0.113.7|203.0.113.7>', 'block 203.0.113.7'],
    ['see <https://status.example/path?a=1&amp;b=2>', 'see https://status.example/path?a=1&b=2'],
    ['a link <http://evil.example|rust-auth@prod>', 'a link http://evil.example'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['1 < 2 > 1 && x', '1 < 2 > 1 && x'],
    ['<>', '<>'],
    ['<mailto:Jane@B.example|jane@b.example>', 'jane@b.example'],
    ['<mailto:jane@b.example|JANE@b.example>', 'JANE@b.example'],
    ['call <tel:+491|other>', 'call +491'],
    ['<MAILTO:a@b.example>', 'a@b.example'],
    ['<http://x.example/?to=mailto:a>', 'http://x.example/?to=mailto:a'],
    ['<http://x.example|>', 'http://x.example'],
  ])('%j', (sent, typed) => {
    expect(fromSlack(sent)).toBe(typed);
  });
});

test('what is written can be read again', () => {
  const parsed = parse('logs rust-auth@prod --grep="a \\"b\\" c" -- --not-a-flag | grep "x | y"');
  expect(parsed.ok && parse(write(parsed.value))).toEqual(parsed);
});
