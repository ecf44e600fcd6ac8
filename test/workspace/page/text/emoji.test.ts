import { expect, test } from 'vitest';
import { quickReactions, withEmoji } from '../../../../workspace/page/text/emoji.ts';
import { outline } from '../outline.ts';

test('names in plain text become characters, unknown names and times stay', () => {
  expect(outline(withEmoji('up :+1: at 12:30:45 :nope:'))).toBe(
    'up <span class="emoji" aria-label=":+1:">👍</span> at 12:30:45 :nope:',
  );
});

test('whoever reacts quickly uses emoji that exist', () => {
  for (const name of quickReactions) expect(outline(withEmoji(`:${name}:`))).toContain('emoji');
});
