import type { Problem } from './refusal.ts';

/**
 * What Slack holds against a value that stands `at` a JSON pointer; an empty list means it is fine.
 * Every rule is total: any JSON may come.
 */
export type Rule = (value: unknown, at: string) => Problem[];

/** The one problem at this place. */
export const problem = (message: string, pointer: string): Problem[] => [{ message, pointer }];

/** Adds to a rule what it cannot say of one key alone. `more` sees only what the rule passes. */
export const also =
  (rule: Rule, more: (value: Record<string, unknown>, at: string) => Problem[]): Rule =>
  (value, at) => {
    const problems = rule(value, at);
    return problems.length > 0 ? problems : more(value as Record<string, unknown>, at);
  };

/** Whether the value is a JSON object: neither null nor an array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as a list, or an empty one. */
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
