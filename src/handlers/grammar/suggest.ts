import type { Near } from '../../core/refusal.ts';
import type { Command } from '../command.ts';
import type { Item, Parsed } from './parse.ts';
import { write } from './write.ts';

/** A word that may have been meant, and the pieces to put in place of what was typed. */
export interface Correction {
  word: string;
  items: readonly Item[];
}

/**
 * Corrections as words to read and as buttons that type the command put right. What changes something is
 * never done by a button: it opens the form, which its dots say, and there is none where there is no form.
 */
export const near = (
  corrections: readonly Correction[],
  { filters }: Pick<Parsed, 'filters'>,
  commandOf: (correction: Correction) => Pick<Command, 'changes' | 'ask'> | undefined,
): Near => ({
  words: corrections.map(({ word }) => word),
  next: corrections.flatMap((correction) => {
    const meant = commandOf(correction);
    if (!meant || (meant.changes && !meant.ask)) return [];
    const command = write({ items: correction.items, filters });
    return [{ label: meant.changes ? `${command} …` : command, command }];
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
