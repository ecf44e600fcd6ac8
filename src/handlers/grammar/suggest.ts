import type { Near } from '../../core/refusal.ts';
import type { Item, Parsed } from './parse.ts';
import { write } from './write.ts';

/** A word that may have been meant, and the pieces to put in place of what was typed. */
export interface Correction {
  word: string;
  items: readonly Item[];
}

/** Corrections as words to read and, when the command only reads, as buttons that type it put right. */
export const near = (
  corrections: readonly Correction[],
  { filters }: Pick<Parsed, 'filters'>,
  reads: (correction: Correction) => boolean = () => true,
): Near => ({
  words: corrections.map(({ word }) => word),
  next: corrections.filter(reads).map(({ items }) => {
    const command = write({ items, filters });
    return { label: command, command };
  }),
});

/** The pieces with one of them, or `count` from `index`, put right. */
export const replaced = (
  items: readonly Item[],
  index: number,
  by: Item | readonly Item[],
  count = 1,
): Item[] => [...items.slice(0, index), ...[by].flat(), ...items.slice(index + count)];

/** A word as a piece of a command. */
export const word = (text: string): Item => ({ kind: 'word', text });
