import type { Refusal } from '../../core/refusal.ts';
import { ok, type Result } from '../../core/result.ts';
import { clean } from './clean.ts';
import { type Token, tokenise } from './tokenise.ts';

/** A word or a flag of a command, or of one of its filters. */
export type Item = Exclude<Token, { kind: 'pipe' }>;

/** A command taken apart: what stands before the first bar, and what stands after each. */
export interface Parsed {
  items: readonly Item[];
  filters: readonly (readonly Item[])[];
}

/** Takes a command apart without knowing any command. Total: any text gives pieces or a refusal. */
export function parse(text: string): Result<Parsed, Refusal> {
  const cleaned = clean(text);
  if (!cleaned.ok) return cleaned;
  const tokens = tokenise(cleaned.value);
  return tokens.ok ? ok(split(tokens.value)) : tokens;
}

function split(tokens: readonly Token[]): Parsed {
  const segments: Item[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'pipe') segments.push([]);
    else segments.at(-1)?.push(token);
  }
  const [items = [], ...filters] = segments;
  return { items, filters };
}
