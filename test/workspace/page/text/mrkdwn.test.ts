import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesOf } from '../../../../workspace/page/state/names.ts';
import { mrkdwn } from '../../../../workspace/page/text/mrkdwn.ts';
import type { Channel, Group, Member } from '../../../../workspace/protocol.ts';
import { elements, outline } from '../outline.ts';

const member = { id: 'U1', name: 'oncall-1', title: 'On-call engineer 1' } as Member;
const group = { id: 'S1', handle: 'security', members: ['U2'] } as Group;
const channel = { id: 'C1', name: 'auth-ops', kind: 'channel' } as Channel;
const reader = { me: 'U2', names: namesOf([member], [group], [channel]) };

const shown = (text: string) => {
  const whole = outline(mrkdwn(text, reader));
  return whole.replace(/^<div class="mrkdwn">|<\/div>$/g, '');
};

describe('marks', () => {
  test.each([
    ['*bold*', '<strong>bold</strong>'],
    ['_italic_', '<em>italic</em>'],
    ['~gone~', '<s>gone</s>'],
    ['`code`', '<code>code</code>'],
    ['```two\nlines```', '<pre><code>two\nlines</code></pre>'],
    ['*bold with _italic_*', '<strong>bold with <em>italic</em></strong>'],
    ['&gt; quoted', '<blockquote> quoted</blockquote>'],
    ['before\n```code```\nafter', 'before\n<pre><code>code</code></pre>after'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each(['a*b*c', 'snake_case_name', '* not bold*', '*open', '2 * 3 * 4', '~/bin', '``'])(
    '%s stays as it is',
    (text) => {
      expect(shown(text)).toBe(text);
    },
  );
});

describe('mentions', () => {
  test.each([
    ['<@U1>', '<span class="mention">@On-call engineer 1</span>'],
    ['<@U2>', '<span class="mention to-me">@U2</span>'],
    ['<@U1|oncall-1>', '<span class="mention">@On-call engineer 1</span>'],
    ['<#C1>', '<button class="mention">#auth-ops</button>'],
    ['<#C9|secret>', '<span class="mention">#secret</span>'],
    ['<!subteam^S1>', '<span class="mention to-me">@security</span>'],
    ['<!here>', '<span class="mention to-me">@here</span>'],
    ['<!channel>', '<span class="mention to-me">@channel</span>'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('an unknown command shows its label', () => {
    expect(shown('<!what^ever|this>')).toBe('this');
  });
});

describe('links', () => {
  const link = (href: string, label: string) =>
    `<a href="${href}" target="_blank" rel="noopener noreferrer">${label}</a>`;

  test.each([
    ['<https://example.com/a?b=1&amp;c=2|there>', link('https://example.com/a?b=1&c=2', 'there')],
    ['<http://example.com/>', link('http://example.com/', 'http://example.com/')],
    ['<mailto:a@example.com|mail>', link('mailto:a@example.com', 'mail')],
    ['<https://example.com|*bold*>', link('https://example.com/', '<strong>bold</strong>')],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil',
  ])('%s is not followed', (address) => {
    expect(shown(`<${address}|press me>`)).toBe('<span class="refused-link">press me</span>');
  });
});

describe('characters', () => {
  test('entities are decoded exactly once', () => {
    expect(shown('a &lt;b&gt; &amp;amp; &quot;')).toBe('a <b> &amp; &quot;');
    expect(shown('`&lt;img onerror=x&gt;`')).toBe('<code><img onerror=x></code>');
  });

  test('emoji by name; what is not a name stays', () => {
    expect(shown(':large_green_circle: up')).toBe(
      '<span class="emoji" aria-label=":large_green_circle:">🟢</span> up',
    );
    expect(shown(':no_such_emoji:')).toBe(':no_such_emoji:');
    expect(shown('12:30:45')).toBe('12:30:45');
  });
});

describe('dates', () => {
  test('are written for the reader, with the instant for machines', () => {
    expect(shown('<!date^1392734382^since {date_num}|long ago>')).toBe(
      '<time datetime="2014-02-18T14:39:42.000Z">since 2014-02-18</time>',
    );
  });

  test('what is not a time shows its fallback', () => {
    expect(shown('<!date^soon^{date}|some day>')).toBe('some day');
  });
});

describe('whatever is written', () => {
  const bits = fc.constantFrom(
    '*',
    '_',
    '~',
    '`',
    '```',
    '&gt;',
    '&lt;',
    '<',
    '>',
    '|',
    '!',
    '@U1',
    '#C1',
    '<#C1>',
    '<#C2>',
    'date^1^{time}',
    'javascript:',
    'https://example.com',
    ':x:',
    '\n',
    ' ',
    'a',
    '<img onerror=x>',
    '</script>',
  );
  const text = fc.array(fc.oneof(bits, fc.string({ maxLength: 5 })), { maxLength: 40 });
  const allowed = new Set('div strong em s code pre blockquote a span time button'.split(' '));

  test('only known elements come out, and only web and mail addresses', () => {
    fc.assert(
      fc.property(text, (parts) => {
        for (const { type, props } of elements(mrkdwn(parts.join(''), reader))) {
          expect(allowed).toContain(type);
          expect(Object.keys(props)).not.toContain('dangerouslySetInnerHTML');
          if (type === 'a') expect(String(props.href)).toMatch(/^(https?|mailto):/);
          // Only what leads to a channel that the reader knows can be pressed.
          if (type === 'button') expect(props['data-channel']).toBe(channel.id);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
