import { isObject } from './rule.ts';

/** The keys under which a block holds what people read. */
const READ = new Set(['text', 'title', 'caption', 'label', 'name']);

/** How many characters for people a block holds, however deep. For blocks that follow the rules. */
export function textLength(value: unknown): number {
  const inner = Array.isArray(value)
    ? value.map(textLength)
    : Object.entries(isObject(value) ? value : {}).map(([key, held]) =>
        typeof held === 'string' && READ.has(key) ? held.length : textLength(held),
      );
  return inner.reduce((sum, length) => sum + length, 0);
}
