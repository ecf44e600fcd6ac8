import fc from 'fast-check';

/** Texts that mean something to Slack, to the grammar or to a terminal, to be mixed into others. */
const pieces = [
  '<!channel>',
  '<!here|here>',
  '<@U1|name>',
  '<@U1>',
  '<#C1|general>',
  '<!subteam^S1|@ops>',
  '<mailto:a@b.example|a@b.example>',
  '<http://203.0.113.7|203.0.113.7>',
  '<',
  '>',
  '&',
  '&amp;',
  '&lt;',
  '&gt;',
  '&amp;amp;',
  '&am',
  '&#60;',
  '`',
  '```',
  '*',
  '_',
  '~',
  '|',
  '"',
  "'",
  '“',
  '”',
  '„',
  '‘',
  '’',
  '\\',
  '--',
  '—',
  '–',
  '-',
  '=',
  '@',
  ' ',
  '\n',
  '\t',
  '\r\n',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u2066',
  '\u0000',
  '\u001b[31m',
  '\ufeff',
  '\u{1f469}\u200d\u{1f4bb}',
  '\u{1f1e9}\u{1f1ea}',
  'e\u0301',
  '\ud800',
  '\udc00',
  '\u{e0041}',
  'x'.repeat(300),
  'constructor',
  '__proto__',
  'toString',
  '$&',
  '%s',
  '../..',
  ':fire:',
];

/** Any text, from whole characters to lone halves of pairs, with hostile pieces in it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) },
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Real commands, with pieces put in, letters taken out and letters swapped. */
export const bentCommand = (commands: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...commands),
      fc.array(fc.tuple(fc.nat(60), fc.nat(2), fc.constantFrom(...pieces)), { maxLength: 4 }),
    )
    .map(([command, bends]) => bends.reduce(bend, command));

function bend(text: string, [place, how, piece]: [number, number, string]): string {
  const at = place % (text.length + 1);
  if (how === 0) return text.slice(0, at) + piece + text.slice(at);
  if (how === 1) return text.slice(0, at) + text.slice(at + 1);
  return (
    text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2)
  );
}
