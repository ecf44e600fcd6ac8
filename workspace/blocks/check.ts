import type { Problem, Refusal } from './refusal.ts';

export { invalidBlocksAnswer, type Problem, type Refusal } from './refusal.ts';

/** What the Web API was asked to post: `blocks` already parsed from JSON, `method` as `chat.update`. */
export interface Content {
  text?: string | undefined;
  blocks?: unknown;
  method: string;
}

/**
 * What Slack would object to in a message, or null. Total: any JSON may come.
 * Give a refusal to {@link invalidBlocksAnswer} for the exact answer.
 */
export function checkMessage({ text, blocks, method }: Content): Refusal | null {
  const list = Array.isArray(blocks) ? blocks : [];
  if (!text && list.length === 0) return { error: 'no_text', problems: [] };
  if (method === 'chat.update' && (text ?? '').length > 4000) {
    return { error: 'msg_too_long', problems: [] };
  }
  const problems = tooMany(list, 50, '/blocks');
  return problems.length > 0 ? { error: 'invalid_blocks', problems } : null;
}

/** What Slack would object to in a modal or a Home tab, or null. Total: any JSON may come. */
export function checkView(view: unknown): Refusal | null {
  if (Buffer.byteLength(JSON.stringify(view) ?? '') > 250_000) {
    return { error: 'view_too_large', problems: [] };
  }
  const blocks = (view as { blocks?: unknown } | null)?.blocks;
  const problems = tooMany(Array.isArray(blocks) ? blocks : [], 100, '/view/blocks');
  return problems.length > 0 ? { error: 'invalid_arguments', problems } : null;
}

const tooMany = (list: unknown[], max: number, pointer: string): Problem[] =>
  list.length > max ? [{ message: `no more than ${max} items allowed`, pointer }] : [];
