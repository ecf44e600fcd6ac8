import type { ActionsBlock, Button } from '@slack/types';
import type { Next } from '../../core/report.ts';
import { clip } from '../text/clip.ts';
import { countFitting } from '../text/count-fitting.ts';
import { line } from '../text/escape.ts';
import { limits } from './blocks.ts';

/**
 * A button that types a command. `id` makes its action unique in the message. Null when the command is
 * longer than a button can carry: a command that was cut would be another one. With `pick` it is what the person
 * has just typed, put right, so that it is done at once.
 */
export const typing = (
  { label, command }: Next,
  id: number | string,
  verb: 'ask' | 'pick' = 'ask',
): Button | null =>
  command.length > limits.buttonValue
    ? null
    : {
        type: 'button',
        action_id: `${verb}:${id}`,
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
  const fitting = countFitting(
    typed.map(({ value = '' }) => value.length),
    roomForCommands,
  );
  const buttons = [...before, ...typed.slice(0, fitting)];
  const rows = Math.ceil(buttons.length / limits.buttonsInRow);
  return Array.from({ length: rows }, (_, row) => ({
    type: 'actions',
    elements: buttons.slice(row * limits.buttonsInRow, (row + 1) * limits.buttonsInRow),
  }));
}
