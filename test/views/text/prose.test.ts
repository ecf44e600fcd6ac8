import { expect, test } from 'vitest';
import { prose, proseWithNames } from '../../../src/views/text/prose.ts';

const at = '<!date^1795319760^{date_short_pretty} at {time}|2026-11-22 03:56 UTC>';

test.each([
  [
    'a command in it is code',
    'It ends by itself; `unblock 203.0.113.7` ends it sooner.',
    'It ends by itself; `unblock 203.0.113.7` ends it sooner.',
  ],
  ['code at its ends is code', '`a` and (`b`)', '`a` and (`b`)'],
  ['markup within code stays text', 'see `<!here> *x*`', 'see `&lt;!here&gt; *x*`'],
  [
    'a moment is said in the reader’s own time',
    'blocked until 2026-11-22T03:56:47.827Z by R-1',
    `blocked until ${at} by R-1`,
  ],
  ['no moment is no moment', 'at 2026-99-22T03:56:47Z', 'at 2026-99-22T03:56:47Z'],
  ['a backtick of its own makes all of it code', 'a`b *c*', '`aˋb *c*`'],
  ['a backtick within a word is no code', 'x`*y*`z', '`xˋ*y*ˋz`'],
  ['a word that goes on into a backtick is no code', 'x`y` z', '`xˋyˋ z`'],
  ['a backtick that goes on into a word is no code', 'x `y`z', '`x ˋyˋz`'],
  ['what formats makes all of it code', '*bold* `x`', '`*bold* ˋxˋ`'],
])('%s', (_, text, shown) => {
  expect(prose(text)).toBe(shown);
});

test('no piece of code is cut open, and what is cut ends in a sign', () => {
  expect(prose('run `unblock 203.0.113.7` now', 12)).toBe('run …');
  expect(prose('run `unblock 203.0.113.7` now and for ever', 32)).toBe(
    'run `unblock 203.0.113.7` now a…',
  );
});

test('what just fits is whole, and nothing has a sign', () => {
  expect(prose('ab `cd`', 7)).toBe('ab `cd`');
  expect(prose('ab `cd`', 6)).toBe('ab …');
  expect(prose(' \n')).toBe('–');
});

test('only what Gatehouse says itself names people: whoever types the like notifies nobody', () => {
  expect(prose('ask user:U012ABC')).toBe('ask user:U012ABC');
  expect(proseWithNames('`a` of user:U012ABC.')).toBe('`a` of <@U012ABC>.');
});
