import type { Json } from '../../core/json.ts';

/** What a record says, by name. */
export type Facts = { readonly [name: string]: Json };

/** A text among the facts; null when there is none. */
export const textIn = (facts: Facts, name: string): string | null => {
  const value = facts[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
};

/** A figure among the facts, such as a moment; null when there is none. */
export const figureIn = (facts: Facts, name: string): number | null => {
  const value = facts[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

/** Several texts; none where there are none. */
export const textsIn = (facts: Facts, name: string): readonly string[] => {
  const value = facts[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

/** Facts within the facts; null when there are none. */
export const factsIn = (facts: Facts, name: string): Facts | null => {
  const value = facts[name];
  return isFacts(value) ? value : null;
};

/** Several of them; none where there are none. */
export const listIn = (facts: Facts, name: string): readonly Facts[] => {
  const value = facts[name];
  return Array.isArray(value) ? value.filter(isFacts) : [];
};

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
