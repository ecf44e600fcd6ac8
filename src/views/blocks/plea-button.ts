import type { Button } from '@slack/types';
import { clip } from '../text/clip.ts';
import { line } from '../text/escape.ts';
import { limits } from './blocks.ts';

/** A button about a command that somebody wants done: `ask` tells others of it, `take` opens its form. */
export const pleaButton = (deed: 'ask' | 'take', label: string, command: string): Button | null =>
  command.length > limits.buttonValue
    ? null
    : {
        type: 'button',
        action_id: `plea:${deed}`,
        value: command,
        text: { type: 'plain_text', text: clip(line(label), limits.buttonLabel), emoji: false },
      };
