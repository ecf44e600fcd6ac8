import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noNames } from '../../../../workspace/page/state/names.ts';
import { markdown } from '../../../../workspace/page/text/markdown.ts';
import { elements, outline } from '../outline.ts';

const reader = { me: 'U1', names: noNames };
const shown = (text: string) => outline(markdown(text, reader));

test.each([
  ['# Title', '<p class="title title-1">Title</p>'],
  ['**bold** and *italic*', '<p><strong>bold</strong> and <em>italic</em></p>'],
  ['~~gone~~ `code`', '<p><s>gone</s> <code>code</code></p>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
  ['> said', '<blockquote>said</blockquote>'],
  ['```sh\nls -l\n```', '<pre><code>ls -l</code></pre>'],
  ['---', '<hr></hr>'],
  ['one\ntwo\n\nthree', '<p>one\ntwo</p><p>three</p>'],
  ['before\n- item\nafter', '<p>before</p><ul><li>item</li></ul><p>after</p>'],
  ['snake_case_name 2 * 3 * 4', '<p>snake_case_name 2 * 3 * 4</p>'],
  ['[x](javascript:alert(1))', '<p><span class="refused-link">x</span>)</p>'],
  ['&lt;b&gt; <img src=x>', '<p><b> <img src=x></p>'],
])('%j', (text, expected) => {
  expect(shown(text)).toBe(expected);
});

test('a link', () => {
  expect(shown('[there](https://example.com/a)')).toBe(
    '<p><a href="https://example.com/a" target="_blank" rel="noopener noreferrer">there</a></p>',
  );
});

test('whatever is written, no element and no address comes out that is not known', () => {
  const bits = fc.constantFrom(
    ...'*_~`#>-[](|)<>!\n 1.a:'.split(''),
    '```',
    '**',
    'javascript:',
    'https://a.b',
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 60 }), (parts) => {
      for (const { type, props } of elements(markdown(parts.join(''), reader))) {
        expect(String(type)).toMatch(
          /^(p|ul|ol|li|blockquote|pre|code|hr|strong|em|s|a|span|div)$/,
        );
        if (type === 'a') expect(String(props.href)).toMatch(/^(https?|mailto):/);
      }
    }),
    { numRuns: 2000 },
  );
});
