import type { Problem } from './refusal.ts';
import { isObject, problem, type Rule } from './rule.ts';

/** A list of `min` to `max` items, each following `of`. */
export const list =
  ({
    min = 0,
    max = Number.POSITIVE_INFINITY,
    of,
  }: {
    min?: number;
    max?: number;
    of: Rule;
  }): Rule =>
  (value, at) => {
    if (!Array.isArray(value)) return problem('must provide an array', at);
    if (value.length < min) return problem(`must provide at least ${min} items`, at);
    const many = value.length > max ? problem(`no more than ${max} items allowed`, at) : [];
    return many.concat(value.flatMap((item, index) => of(item, `${at}/${index}`)));
  };

/**
 * Points at every item whose `key` another item before it has. Slack does refuse these; the wording
 * is ours, as no published answer shows it.
 */
export function repeated(items: readonly unknown[], key: string, at: string): Problem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const id = isObject(item) ? item[key] : undefined;
    if (typeof id !== 'string' || id === '') return [];
    if (seen.has(id)) return problem(`\`${key}\` must be unique: ${id}`, `${at}/${index}/${key}`);
    seen.add(id);
    return [];
  });
}

/** Interactive elements side by side: no two share an `action_id`. */
export const elements =
  (rule: Parameters<typeof list>[0]): Rule =>
  (value, at) =>
    list(rule)(value, at).concat(Array.isArray(value) ? repeated(value, 'action_id', at) : []);
