import type { Declared } from '../command.ts';
import { type Arguments, meant, type Placed } from './arguments.ts';
import type { Shape } from './shape.ts';

/**
 * The words that are told by their looks to be the value of a parameter, wherever they stand: `INC-42` says which
 * incident is meant. One that was given as a flag as well stays a word, and so does a second one: nothing is guessed.
 */
export function setAside(
  { aside = [] }: Pick<Declared, 'aside'>,
  { flags }: Shape,
  words: readonly Placed[],
  given: Arguments['flags'],
): Arguments {
  const told = new Map(given);
  let rest = [...words];
  for (const { key, looks } of aside) {
    const flag = flags.find((one) => one.key === key);
    const [found, another] = rest.filter(({ text }) => looks.test(text));
    if (!flag || !found || another || told.has(key)) continue;
    told.set(key, meant(flag, found.text));
    rest = rest.filter((one) => one !== found);
  }
  return { flags: told, words: rest };
}
