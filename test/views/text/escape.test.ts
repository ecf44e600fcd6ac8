import { describe, expect, test } from 'vitest';
import { bold, code, codeBlock, logLine } from '../../../src/views/text/code.ts';
import { escapeText, line, verbatim } from '../../../src/views/text/escape.ts';

describe('text of a message', () => {
  test.each([
    [
      'markup is shown as it was written',
      '<!channel> & <@U1>',
      '&lt;!channel&gt; &amp; &lt;@U1&gt;',
    ],
    ['lines end in one way', 'a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['the colours of a terminal go', 'a\u001b[1;31mb\u001b[0mc\u001b[md', 'abcd'],
    ['and nothing else does', '\u001b[xyz \u001b[31\u00e4', 'yz \ufffd[31\u00e4'],
    [
      'what hides or turns text around is marked',
      'a\u202eb\u0000c\u2066d',
      'a\ufffdb\ufffdc\ufffdd',
    ],
    [
      'what letters and breaks are made of stays',
      'a\u200db\u200bc\u00add',
      'a\u200db\u200bc\u00add',
    ],
    ['blanks stay', 'a\tb\nc', 'a\tb\nc'],
    ['half a pair is marked', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });

  test('that has to stay on a line does, with one blank for each break', () => {
    expect(line('\n a\n\t\u2028\u2029b\nc \n')).toBe('a b c');
    expect(line('a  b')).toBe('a  b');
  });

  test('that has to stay in a block of code does', () => {
    expect(verbatim('a```b\n<`>')).toBe('a\u02cb\u02cb\u02cbb\n&lt;\u02cb&gt;');
  });
});

describe('text as code', () => {
  test.each([
    ['as it is', 'a *b* _c_', '`a *b* _c_`'],
    ['on one line, without what would end it', 'a\n`b`', '`a \u02cbb\u02cb`'],
    ['nothing has a sign', ' \n', '–'],
  ])('%s', (_, text, shown) => {
    expect(code(text)).toBe(shown);
  });

  test('is cut where it says, or at 300', () => {
    expect(code('abcdef', 4)).toBe('`abc…`');
    expect(code('x'.repeat(400))).toBe(`\`${'x'.repeat(299)}…\``);
  });

  test('of a log is one line, cut where it says', () => {
    expect(logLine('a\nb`<c', 100)).toBe('a b\u02cb&lt;c');
    expect(logLine('abcdef', 4)).toBe('abc…');
  });

  test('of several lines is a block of them', () => {
    expect(codeBlock(['a', 'b'])).toBe('```\na\nb\n```');
  });
});

describe('bold text', () => {
  test('is on one line, and escaped', () => {
    expect(bold('a\n<b> ')).toBe('*a &lt;b&gt;*');
  });

  test.each(['*', '_', '~', '`'])('is code when %s is in it, which formats', (sign) => {
    expect(bold(`a${sign}b`)).toBe(code(`a${sign}b`));
  });

  test.each(['', ' \n'])('is a sign when there is nothing', (nothing) => {
    expect(bold(nothing)).toBe('–');
  });

  test('is cut where it says, or at 150', () => {
    expect(bold('abcdef', 4)).toBe('*abc…*');
    expect(bold('x'.repeat(600))).toBe(`*${'x'.repeat(149)}…*`);
    expect(bold(`*${'x'.repeat(600)}`)).toBe(code(`*${'x'.repeat(600)}`, 150));
    expect(bold('*bcdef', 4)).toBe('`*bc…`');
  });
});
