import type { Problem } from './refusal.ts';
import { isObject, problem } from './rule.ts';
import { string } from './scalars.ts';
import { block } from './shapes.ts';

const LIMIT = 12_000;

/** Markdown that Slack translates. */
export const markdown = block({ text: string({ min: 1, max: LIMIT }) });

/** All markdown of a message together may be 12,000 characters; points at the block that is too much. */
export function markdownTotal(blocks: readonly unknown[], at: string): Problem[] {
  let total = 0;
  return blocks.flatMap((item, index) => {
    if (!isObject(item) || item.type !== 'markdown' || typeof item.text !== 'string') return [];
    const before = total;
    total += item.text.length;
    if (item.text.length > LIMIT || before > LIMIT || total <= LIMIT) return [];
    return problem(`must be less than ${LIMIT + 1} characters`, `${at}/${index}/text`);
  });
}
