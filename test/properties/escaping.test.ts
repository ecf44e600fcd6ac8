import fc from 'fast-check';
import { describe, test } from 'vitest';
import { clip } from '../../src/views/text/clip.ts';
import { bold, code, logLine } from '../../src/views/text/code.ts';
import { escapeText, line, verbatim } from '../../src/views/text/escape.ts';
import { prose } from '../../src/views/text/prose.ts';
import { inputs } from '../support/inputs.ts';
import { hostileText } from './hostile-text.ts';

const runs = 20_000;

/** Every `&` begins one of the three entities, and nothing else of Slack's markup is left. */
const isSafe = (text: string): boolean =>
  !/[<>]|&(?!(?:amp|lt|gt);)/.test(text) && text.isWellFormed();

const must = (holds: boolean, what: string, text: string): void => {
  if (!holds) throw new Error(`${what}: ${JSON.stringify(text)}`);
};

describe('text from people and targets', () => {
  test('keeps no markup, hides nothing and turns nothing around', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const safe of [escapeText(text), line(text), verbatim(text)]) {
          must(isSafe(safe), 'markup', safe);
          must(
            !/(?![\n\t\u00AD\u200B-\u200D\u2060\uFEFF])[\p{Cc}\p{Cf}]/u.test(safe),
            'hidden',
            safe,
          );
        }
        must(!/[\n\t]/.test(line(text)), 'more than a line', line(text));
        for (const inline of [code(text), bold(text), prose(text)])
          must(isSafe(inline), 'markup', inline);
        const shown = code(text);
        must(shown === '–' || /^`[^`\n]+`$/.test(shown), 'leaves its code span', shown);
        must(
          !/[*_~`]/.test(text) || !/[*~]/.test(bold(text).replace(/`[^`]*`/, '')),
          'formats',
          bold(text),
        );
      }),
      { numRuns: inputs(runs) },
    );
  });

  test('is escaped before it is cut, so that it is no longer than it may be', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const longest = { code: limit + 2, bold: limit + 2, prose: limit + 2, logLine: limit };
        const shown = {
          code: code(text, limit),
          bold: bold(text, limit),
          prose: prose(text, limit),
          logLine: logLine(text, limit),
        };
        for (const [way, safe] of Object.entries(shown)) {
          must(safe.length <= longest[way as keyof typeof longest], `too long as ${way}`, safe);
          must(isSafe(safe), `split as ${way}`, safe);
        }
      }),
      { numRuns: inputs(runs / 4) },
    );
  });

  const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

  test('is cut to its limit without splitting an entity, a pair or a character', () => {
    fc.assert(
      fc.property(hostileText, fc.nat(60), (text, limit) => {
        const whole = escapeText(text);
        const cut = clip(whole, limit);
        must(cut.length <= limit, 'too long', cut);
        must(isSafe(cut), 'split', cut);
        if (whole.length <= limit) return must(cut === whole, 'changed', cut);
        if (limit === 0) return must(cut === '', 'not empty', cut);
        must(cut.endsWith('…') && whole.startsWith(cut.slice(0, -1)), 'no beginning', cut);
        const end = cut.length - 1;
        const around = graphemes.segment(whole).containing(end);
        must(
          around?.index === end || (around?.segment.length ?? 0) > 60,
          'splits a character',
          cut,
        );
      }),
      { numRuns: inputs(runs) },
    );
  });
});
