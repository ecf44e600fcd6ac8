import { clip } from '../text/clip.ts';
import { context, limits } from './blocks.ts';
import type { Message } from './message.ts';

const mark = '(may be a repeat)';

/** The message once more, which says that nobody knows whether the first one has arrived. */
export const perhapsRepeated = ({ text, blocks }: Message): Message => ({
  text: `${clip(text, limits.text - mark.length - 1)} ${mark}`,
  blocks: [
    ...blocks.slice(0, 49),
    context(`${mark}: Slack does not say whether this has arrived before`),
  ],
});
