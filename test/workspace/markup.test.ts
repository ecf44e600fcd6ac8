import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../workspace/control/mask.ts';
import { createMarkup } from '../../workspace/doing/markup.ts';
import { richText } from '../../workspace/payloads/rich-text.ts';
import { people } from '../../workspace/people.ts';
import { firstWorld } from '../../workspace/state/first-world.ts';
import { createIds } from '../../workspace/state/ids.ts';

const world = firstWorld('Gatehouse', 0);
const markup = createMarkup(world, people.onCall1);

/** Letters that matter here, in any order, beside any others. */
const typed = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '@',
        '#',
        '<',
        '>',
        '&',
        '|',
        '!',
        '^',
        ' ',
        '.',
        '/',
        ':',
        'a',
        'b.com',
        '@security',
        '#general',
        'http://',
        'x@y.de',
        '&lt;',
        'U07',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

const readBack = (text: string): string =>
  text
    .replace(/<@(\w+)\|[^>]*>/g, (_, id) => `@${world.members.find((m) => m.id === id)?.name}`)
    .replace(/<#\w+\|([^>]*)>/g, '#$1')
    .replace(/<!subteam\^\w+\|([^>]*)>/g, '$1')
    .replace(/<!(here|channel|everyone)>/g, '@$1')
    .replace(/<(?:mailto:|http:\/\/)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<(https?:[^|>]*)>/gi, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

describe('markup', () => {
  test('can be read back to what was typed, whatever that was', () => {
    fc.assert(
      fc.property(typed, (text) => {
        expect(readBack(markup.command(text)).toLowerCase()).toBe(text.toLowerCase());
      }),
      { numRuns: 3000 },
    );
  });

  test('lets nothing through that looks like Slack’s own', () => {
    fc.assert(
      fc.property(typed, (text) => {
        for (const [, inside = ''] of markup.message(text).matchAll(/<([^>]*)>/g)) {
          expect(inside).toMatch(
            /^(@U\w+|#C\w+\|[\w-]+|!subteam\^S\w+|!(here|channel|everyone)|mailto:|https?:)/i,
          );
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('as rich text says the same', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const block = richText(markup.message(text), 'b') as {
          elements: [{ elements: { type: string; text?: string }[] }];
        };
        const [{ elements }] = block.elements;
        expect(elements.every(({ type }) => typeof type === 'string')).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the inspector', () => {
  test('shows no token, wherever it stands', () => {
    const token = fc
      .tuple(
        fc.constantFrom('xoxb-', 'xapp-', 'xoxp-', 'XOXB-'),
        fc.stringMatching(/^[A-Za-z0-9]{6,30}$/),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(token, fc.jsonValue({ maxDepth: 4 }), fc.string(), (secret, around, key) => {
        fc.pre(!JSON.stringify([around, key]).includes(secret.slice(5)));
        const value = { [key]: [around, { text: `see ${secret}, or "${secret}"` }], token: secret };
        expect(JSON.stringify(mask(value))).not.toContain(secret.slice(5));
      }),
      { numRuns: 1000 },
    );
  });

  test('shows no ticket and no address at which anybody may answer or upload', () => {
    const secret = 'c0ffee0123456789';
    const shown = mask({
      url: `ws://127.0.0.1:1/link/?ticket=${secret}&app_id=A1`,
      response_url: `http://127.0.0.1:1/response/${secret}`,
      text: `sent to http://127.0.0.1:1/upload/${secret}, as JSON {"ticket":1}`,
    });
    expect(JSON.stringify(shown)).not.toContain(secret);
    expect(shown).toMatchObject({ response_url: 'http://127.0.0.1:1/response/[hidden]' });
  });

  test('survives what is deep, and cuts what is long', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 5000; depth += 1) deep = [deep];
    expect(JSON.stringify(mask(deep)).length).toBeLessThan(200);
    expect(String(mask('x'.repeat(100_000))).length).toBeLessThan(5000);
  });
});

describe('ids', () => {
  test('and timestamps never come twice, even when time stands still or goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 300 }), (times) => {
        let now = 1_763_769_600_000;
        const ids = createIds(firstWorld('x', 0), { now: () => now });
        const stamps = times.map((time) => {
          now = 1_763_769_600_000 + time;
          return ids.ts();
        });
        expect([...stamps].sort()).toEqual(stamps);
        expect(new Set(stamps).size).toBe(stamps.length);
        expect(new Set(times.map(() => ids.id('C'))).size).toBe(times.length);
      }),
      { numRuns: 100 },
    );
  });
});
