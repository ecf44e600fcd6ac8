import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Command } from '../command.ts';
import { elsewhere, ofRunbooks } from './elsewhere.ts';
import type { Item, Parsed } from './parse.ts';
import type { Setting } from './setting.ts';
import { type Correction, near, replaced, word } from './suggest.ts';

/** The command that was typed, and how many pieces its name took. */
export function findVerb(
  parsed: Parsed,
  { registry, rights }: Pick<Setting, 'registry' | 'rights'>,
): Result<{ command: Command; used: number }, Refusal> {
  const words = leading(parsed.items);
  const found = registry.find(words);
  const usable = registry.all.filter((command) => rights.never(command) === null);
  const isSlip = found?.used === 1 && isMisspelt(words, usable);
  if (found && !isSlip) return ok(found);
  const typed = isSlip ? words.join(' ') : (words[0] ?? '');
  return err({
    kind: 'unknown-verb',
    word: typed,
    near: near(corrections(words, usable, parsed.items), parsed, ({ word: name }) =>
      usable.find((command) => namesOf(command).includes(name)),
    ),
  });
}

/** The words before the first flag, at most two: no command has a longer name. */
export function leading([one, two]: readonly Item[]): string[] {
  if (one?.kind !== 'word') return [];
  const first = one.text.toLowerCase();
  return two?.kind === 'word' ? [first, two.text.toLowerCase()] : [first];
}

const namesOf = (command: Command) => [command.name, ...command.aliases];

/** At most so many are suggested where it is not sure which was meant. */
const mostSuggested = 3;

function corrections(
  words: readonly string[],
  usable: readonly Command[],
  items: readonly Item[],
): Correction[] {
  const [typed] = words;
  if (typed === undefined) return [];
  const names = usable.flatMap(namesOf);
  const byName = (name: string): Correction => {
    const parts = name.split(' ').map(word);
    const count = parts.length === 1 ? 1 : used(name, words);
    return { word: name, items: replaced(items, 0, parts, count) };
  };
  const explained = ofRunbooks.has(typed) && names.includes('explain');
  if (explained) return [{ word: 'explain', items: [word('explain'), ...items] }];
  const family = familyOf(words, usable);
  if (family.length > 0) return family.map(byName);
  const known = names.find((name) => name === elsewhere[typed]);
  if (known !== undefined) return [byName(known)];
  const whole = names.filter((name) => name.endsWith(` ${typed}`));
  if (whole.length > 0) return distinct(whole, usable).slice(0, mostSuggested).map(byName);
  return distinct(misspelt(words, names), usable).slice(0, mostSuggested).map(byName);
}

/** The commands that begin with the first word; those that the second one may be meant for, if there are any. */
function familyOf([first, second = '']: readonly string[], usable: readonly Command[]): string[] {
  const seconds = secondsOf(first, usable);
  const close = nearest(second, seconds);
  return (close.length > 0 ? close : seconds).map((one) => `${first} ${one}`);
}

/**
 * Whether the second word is a misspelt one of a longer name: `user ofboard` is not the account `ofboard`. What
 * holds an `@` or a figure is no word of a command.
 */
const isMisspelt = ([first, second = '']: readonly string[], usable: readonly Command[]): boolean =>
  /^[a-z-]{3,}$/.test(second) && nearest(second, secondsOf(first, usable)).length > 0;

/** What follows the first word in the names that begin with it. */
const secondsOf = (first: string | undefined, usable: readonly Command[]): string[] =>
  usable
    .filter(({ name }) => name.startsWith(`${first} `))
    .map(({ name }) => name.slice(`${first} `.length));

/** How many of the words that were typed a name of two words stands for: a misspelt one, or only its first. */
const used = (name: string, words: readonly string[]): number =>
  nearest(words.join(' '), [name]).length > 0 ? 2 : 1;

function misspelt(words: readonly string[], names: readonly string[]): string[] {
  const isLong = (name: string) => name.includes(' ');
  const long = words.length < 2 ? [] : nearest(words.join(' '), names.filter(isLong));
  const short = nearest(
    words[0] ?? '',
    names.filter((name) => !isLong(name)),
  );
  return [...long, ...short];
}

/** Each command once, by the name that came first. */
function distinct(names: readonly string[], usable: readonly Command[]): string[] {
  const commandOf = (name: string) => usable.find((one) => namesOf(one).includes(name));
  const meant = names.map(commandOf);
  return names.filter((_, index) => meant.indexOf(meant[index]) === index);
}
