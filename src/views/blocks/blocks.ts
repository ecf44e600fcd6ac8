import type { Button, ContextBlock, HeaderBlock, MrkdwnElement, SectionBlock } from '@slack/types';
import { clip } from '../text/clip.ts';
import { line } from '../text/escape.ts';

/** Slack's limits, in characters and pieces. https://docs.slack.dev/reference/block-kit/blocks */
export const limits = {
  text: 4_000,
  header: 150,
  section: 3_000,
  context: 3_000,
  buttonLabel: 75,
  buttonValue: 2_000,
  buttonsInRow: 5,
  blocks: 50,
  viewBlocks: 100,
  /** Of all texts together: undocumented, refused from about 13,200. */
  sum: 12_000,
} as const;

/** Text with Slack's markup, already escaped. Slack turns nothing in it into links or mentions by itself. */
export const marked = (escaped: string, limit: number): MrkdwnElement => ({
  type: 'mrkdwn',
  text: clip(escaped, limit) || '–',
  verbatim: true,
});

/** The title of a message; takes any text. */
export const header = (text: string): HeaderBlock => ({
  type: 'header',
  text: { type: 'plain_text', text: clip(line(text) || '–', limits.header), emoji: false },
});

/** A paragraph of already escaped markup, with a button at its side when there is one. */
export const section = (escaped: string, accessory?: Button): SectionBlock => ({
  type: 'section',
  text: marked(escaped, limits.section),
  ...(accessory && { accessory }),
});

/** Small print of already escaped markup. */
export const context = (escaped: string): ContextBlock => ({
  type: 'context',
  elements: [marked(escaped, limits.context)],
});

/** Every text that a block brings to the sum, buttons and their values included. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 0);
}
