import { describe, expect, test } from 'vitest';
import { context, header, section } from '../../../src/views/blocks/blocks.ts';
import { cardMessage } from '../../../src/views/card.ts';
import { faultMessage } from '../../../src/views/fault.ts';
import { refusalMessage } from '../../../src/views/refusal.ts';
import { reportMessage } from '../../../src/views/report.ts';

/** Every text object in a piece of a message. */
function textsIn(value: unknown): { type: string; verbatim?: boolean; emoji?: boolean }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(textsIn);
  const { type } = value as { type?: unknown };
  return type === 'mrkdwn' || type === 'plain_text' ? [value as { type: string }, ...inner] : inner;
}

const hostile = '#general @here www.evil.example :skull: <!channel>';
const report = {
  title: hostile,
  parts: [
    { kind: 'text', text: hostile },
    { kind: 'facts', facts: [{ name: hostile, value: hostile }] },
    { kind: 'states', rows: [{ health: 'down', name: hostile, detail: hostile, at: 0 }] },
    { kind: 'log', name: hostile, lines: [hostile], total: 1, complete: true },
  ],
  next: [{ label: hostile, command: 'status' }],
} as const;

describe('Slack makes nothing by itself of what is said', () => {
  test.each<[string, unknown]>([
    ['a report', reportMessage(report, 0)],
    ['a refusal', refusalMessage({ kind: 'unknown-button' })],
    ['a fault', faultMessage(hostile)],
    [
      'the card',
      cardMessage({
        roles: [hostile],
        commands: [{ title: hostile, names: [hostile] }],
        services: [{ title: hostile, targets: [hostile] }],
        next: [],
      }),
    ],
    ['every block', [header(hostile), section('x'), context('x')]],
  ])('in %s: no links from words, no pictures from names', (_what, message) => {
    const texts = textsIn(message);
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      expect(text).toMatchObject(text.type === 'mrkdwn' ? { verbatim: true } : { emoji: false });
    }
  });
});
