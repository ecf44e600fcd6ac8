import type { Catalogue } from '../core/catalogue.ts';
import type { Command, Declared } from './command.ts';
import type { Placed } from './grammar/arguments.ts';
import type { Item } from './grammar/parse.ts';
import { flagTyped, operandsOf, shapeOf } from './grammar/shape.ts';
import { type SortedWords, sortWords } from './grammar/sort-words.ts';

/** What was typed of a command, as far as it can be told; nothing of it is checked. */
export interface Given {
  target: string | null;
  /** By the names of the flags as they are typed; a switch that is on is `yes`. */
  flags: ReadonlyMap<string, string>;
  /** What follows the target and belongs to no flag. */
  words: readonly string[];
}

/** Reads the pieces after the command's own words, of which there are `used`. */
export function givenIn(
  command: Command,
  items: readonly Item[],
  used: number,
  catalogue: Catalogue,
): Given {
  const { flags, words } = piecesOf(command, items.slice(used));
  const keys = shapeOf(command.params).flags.filter(({ name }) => flags.has(name));
  const sorted = sortWords(command, words, new Set(keys.map(({ key }) => key)), catalogue);
  const { target, operands, rest } = sorted.ok ? sorted.value : unsorted(words);
  for (const { key, name } of operandsOf(command, shapeOf(command.params))) {
    const operand = operands.get(key);
    if (operand) flags.set(name, operand.text);
  }
  return {
    target: targetIn(
      target?.text.toLowerCase() ?? null,
      flags.get('env')?.toLowerCase(),
      catalogue,
    ),
    flags,
    words: rest.map(({ text }) => text),
  };
}

/** Nothing of them is taken for anything. */
const unsorted = (rest: readonly Placed[]): SortedWords => ({
  target: null,
  operands: new Map(),
  rest,
});

function piecesOf(command: Declared, items: readonly Item[]) {
  const { flags: known } = shapeOf(command.params);
  const flags = new Map<string, string>();
  const words: Placed[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    if (item.kind === 'word') {
      words.push({ text: item.text, index });
      continue;
    }
    const flag = flagTyped(known, item.name);
    const name = flag?.name ?? item.name.toLowerCase();
    const isSwitch = flag?.kind === 'switch';
    const next = items[index + 1];
    const takesNext = item.value === null && !isSwitch && next?.kind === 'word';
    flags.set(name, takesNext ? next.text : (item.value ?? (isSwitch ? 'yes' : '')));
    if (takesNext) index++;
  }
  return { flags, words };
}

/** Named as the catalogue names it, as far as that is known. */
function targetIn(
  text: string | null,
  flagged: string | undefined,
  { services }: Catalogue,
): string | null {
  if (text === null) return null;
  const [name = '', ...rest] = text.split('@');
  const service = services.find((one) => one.aliases.includes(name))?.name ?? name;
  const env = rest.length > 0 ? rest.join('@') : flagged;
  return env === undefined ? service : `${service}@${env}`;
}
