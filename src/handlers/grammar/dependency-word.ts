import { type Catalogue, targetsOf } from '../../core/catalogue.ts';
import { dependenciesOf } from '../../core/dependencies.ts';
import { nearest } from '../../core/near.ts';
import type { Placed } from './arguments.ts';

/** The names of everything that some target depends on, each once. */
export const dependencyNames = (catalogue: Catalogue): string[] => [
  ...new Set(
    targetsOf(catalogue).flatMap((target) =>
      dependenciesOf(catalogue, target).map(({ name }) => name),
    ),
  ),
];

/** Whether anything can be done to any of them. */
export const anyCanBeChanged = (catalogue: Catalogue): boolean =>
  targetsOf(catalogue).some((target) =>
    dependenciesOf(catalogue, target).some(({ whyNot }) => whyNot === null),
  );

/** The words that can only be dependencies: some target has one of that name, and no service is called so. */
export function onlyDependencies(words: readonly Placed[], catalogue: Catalogue): Placed[] {
  const names = dependencyNames(catalogue);
  const { services } = catalogue;
  const isService = (word: string) =>
    services.some(({ name, aliases }) => name === word || aliases.includes(word));
  return words.filter(({ text }) => {
    const word = text.toLowerCase();
    return names.includes(word) && !isService(word);
  });
}

/**
 * Which of the words that are not the target is the dependency: one that is called so, or nearly, else the one that
 * follows with no flag between. `--reason memory leak` without quotes leaves a word over that is none.
 */
export function dependencyAmong(
  others: readonly Placed[],
  all: readonly Placed[],
  catalogue: Catalogue,
): Placed | null {
  const names = dependencyNames(catalogue);
  const called = others.find(({ text }) => names.includes(text.toLowerCase()));
  const nearly = others.find(({ text }) => nearest(text, names).length > 0);
  const first = all[0]?.index ?? 0;
  const following = others.find((word) => word.index - first === all.indexOf(word));
  const found = called ?? nearly ?? following;
  return found ? { ...found, text: found.text.toLowerCase() } : null;
}
