import { textLength } from './length.ts';
import { markdownTotal } from './markdown.ts';
import type { Refusal } from './refusal.ts';
import { isObject, problem } from './rule.ts';
import { messageBlocks } from './surfaces.ts';

export { invalidBlocksAnswer, type Problem, type Refusal, type RefusalName } from './refusal.ts';
export { checkView } from './view.ts';

/** What the Web API was asked to post: `blocks` already parsed from JSON, `method` as `chat.update`. */
export interface Content {
  text?: string | undefined;
  blocks?: unknown;
  method: string;
}

/** Slack truncates longer texts of new messages, but refuses longer ones when a message is changed. */
const UPDATE_LIMIT = 4000;

/** Near this sum of characters Slack says `msg_blocks_too_long`; the figure was found, not published. */
const BLOCKS_LIMIT = 13_200;

/**
 * What Slack would object to in a message, or null. Total: any JSON may come.
 * Give a refusal to {@link invalidBlocksAnswer} for the exact answer.
 */
export function checkMessage({ text = '', blocks, method }: Content): Refusal | null {
  const list = blocks ?? [];
  if (!Array.isArray(list)) return { error: 'invalid_blocks_format', problems: [] };
  if (text === '' && list.length === 0) return { error: 'no_text', problems: [] };
  if (method === 'chat.update' && text.length > UPDATE_LIMIT) {
    return { error: 'msg_too_long', problems: [] };
  }
  const problems = [...messageBlocks(list, '/blocks'), ...markdownTotal(list, '/blocks')];
  if (problems.length > 0) return { error: 'invalid_blocks', problems };
  return tooMuch(list);
}

/** What is wrong with blocks that are each fine: more of a kind than a message may have, or too long. */
function tooMuch(blocks: unknown[]): Refusal | null {
  const [, second] = placesOf(blocks, 'table');
  if (second !== undefined) {
    return { error: 'invalid_attachments', problems: problem('only_one_table_allowed', second) };
  }
  const [, , third] = placesOf(blocks, 'data_visualization');
  if (third !== undefined) {
    return { error: 'invalid_blocks', problems: problem('no more than 2 items allowed', third) };
  }
  const counted = blocks.filter((item) => isObject(item) && item.type !== 'data_table');
  if (textLength(counted) > BLOCKS_LIMIT) return { error: 'msg_blocks_too_long', problems: [] };
  return null;
}

const placesOf = (blocks: unknown[], type: string): string[] =>
  blocks.flatMap((item, index) =>
    isObject(item) && item.type === type ? [`/blocks/${index}`] : [],
  );
