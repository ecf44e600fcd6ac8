import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  SectionBlock,
} from '@slack/types';
import type { Next } from '../core/report.ts';
import { clip } from './clip.ts';
import { line } from './escape.ts';

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

/**
 * A button that types a command. `id` makes its action unique in the message. Null when the command is
 * longer than a button can carry: a command that was cut would be another one.
 */
export const typing = ({ label, command }: Next, id: number | string): Button | null =>
  command.length > limits.buttonValue
    ? null
    : {
        type: 'button',
        action_id: `ask:${id}`,
        value: command,
        text: {
          type: 'plain_text',
          text: clip(line(label) || '–', limits.buttonLabel),
          emoji: false,
        },
      };

/** What all commands behind the buttons of a message may hold together, so that its text has room too. */
const roomForCommands = 5_000;

/**
 * Buttons that type commands, numbered on from `first`, in rows of at most five, after those of
 * `before`. The last ones go when their commands are too long together.
 */
export function buttonRows(
  next: readonly Next[],
  first = 0,
  before: readonly Button[] = [],
): ActionsBlock[] {
  const typed = next.map((one, index) => typing(one, first + index)).filter((one) => one !== null);
  const buttons = [...before, ...typed.slice(0, fittingIn(roomForCommands, typed))];
  const rows = Math.ceil(buttons.length / limits.buttonsInRow);
  return Array.from({ length: rows }, (_, row) => ({
    type: 'actions',
    elements: buttons.slice(row * limits.buttonsInRow, (row + 1) * limits.buttonsInRow),
  }));
}

/** How many of the buttons carry no more than `room` characters together. */
function fittingIn(room: number, buttons: readonly Button[]): number {
  let used = 0;
  const end = buttons.findIndex(({ value = '' }) => {
    used += value.length;
    return used > room;
  });
  return end === -1 ? buttons.length : end;
}

/** Every text that a block brings to the sum, buttons and their values included. */
export function sizeOf(value: KnownBlock | unknown): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + sizeOf(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 0);
}
