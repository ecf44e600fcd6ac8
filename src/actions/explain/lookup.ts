import { nearest } from '../../core/near.ts';
import type { Danger } from './danger.ts';

/** What was found for the words of a person: at best one danger, else the ones that may be meant. */
export interface Found {
  exactly: Danger | null;
  maybe: readonly Danger[];
}

/** More choices than these are no help. */
const mostChoices = 5;

/**
 * Finds a danger by any of its words, by a longer command that contains them, by a part of them, and
 * last by what looks alike. Case, quotes, dashes and other signs do not matter. Total.
 */
export function lookup(asked: string, dangers: readonly Danger[]): Found {
  const typed = wordsOf(asked.slice(0, 500));
  if (typed.length === 0) return { exactly: null, maybe: [] };
  const phrases = dangers.flatMap((danger) =>
    [danger.id, danger.name, ...danger.words].map((text) => ({ danger, words: wordsOf(text) })),
  );
  const same = phrases.filter(({ words }) => words.join(' ') === typed.join(' '));
  if (same.length > 0) return choose(same);
  const inside = phrases.filter(({ words }) => contains(typed, words));
  if (inside.length > 0) return choose(longestOf(inside));
  const around = phrases.filter(({ words }) => contains(words, typed));
  if (around.length > 0) return choose(around);
  const alike = nearest(
    typed.join(' '),
    phrases.map(({ words }) => words.join(' ')),
  );
  const likely = phrases.filter(({ words }) => alike.includes(words.join(' ')));
  return { exactly: null, maybe: distinct(likely) };
}

interface Phrase {
  danger: Danger;
  words: readonly string[];
}

function choose(phrases: readonly Phrase[]): Found {
  const [only, ...others] = distinct(phrases);
  if (only && others.length === 0) return { exactly: only, maybe: [] };
  return { exactly: null, maybe: distinct(phrases) };
}

const distinct = (phrases: readonly Phrase[]): Danger[] =>
  [...new Set(phrases.map(({ danger }) => danger))].slice(0, mostChoices);

/** The phrase that says most of a long command decides. */
function longestOf(phrases: readonly Phrase[]): Phrase[] {
  const most = Math.max(...phrases.map(({ words }) => words.length));
  return phrases.filter(({ words }) => words.length === most);
}

const contains = (long: readonly string[], short: readonly string[]): boolean =>
  ` ${long.join(' ')} `.includes(` ${short.join(' ')} `);

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
