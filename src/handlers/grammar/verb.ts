import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Command } from '../command.ts';
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
  if (found) return ok(found);
  const usable = registry.all.filter((command) => rights.never(command) === null);
  const typed = words[0] ?? '';
  return err({
    kind: 'unknown-verb',
    word: typed,
    near: near(corrections(words, usable, parsed.items), parsed, ({ word: name }) =>
      usable.find((command) => namesOf(command).includes(name)),
    ),
  });
}

/** The words before the first flag, at most two: no command has a longer name. */
export function leading(items: readonly Item[]): string[] {
  const end = items.findIndex(({ kind }) => kind === 'flag');
  return items
    .slice(0, Math.min(2, end === -1 ? items.length : end))
    .map((item) => (item.kind === 'word' ? item.text.toLowerCase() : ''));
}

const namesOf = (command: Command) => [command.name, ...command.aliases];

function corrections(
  words: readonly string[],
  usable: readonly Command[],
  items: readonly Item[],
): Correction[] {
  const names = usable.flatMap(namesOf);
  const isLong = (name: string) => name.includes(' ');
  const long = words.length < 2 ? [] : nearest(words.join(' '), names.filter(isLong));
  const short = nearest(
    words[0] ?? '',
    names.filter((name) => !isLong(name)),
  );
  const meant = [...long, ...short].map((name) => ({
    name,
    command: usable.find((one) => namesOf(one).includes(name)),
  }));
  return meant
    .filter(({ command }, index) => meant.findIndex((one) => one.command === command) === index)
    .slice(0, 3)
    .map(({ name }) => {
      const parts = name.split(' ').map(word);
      return { word: name, items: replaced(items, 0, parts, parts.length) };
    });
}
