import type { Declared } from './command.ts';
import type { Item } from './grammar/parse.ts';
import { shapeOf } from './grammar/shape.ts';

/** What was typed of a command, as far as it can be told; nothing of it is checked. */
export interface Given {
  target: string | null;
  /** By the names of the flags as they are typed; a switch that is on is `yes`. */
  flags: ReadonlyMap<string, string>;
  /** What follows the target and belongs to no flag. */
  words: readonly string[];
}

/** Reads the pieces after the command's own words, of which there are `used`. */
export function givenIn(command: Declared, items: readonly Item[], used: number): Given {
  const { flags: known } = shapeOf(command.params);
  const flags = new Map<string, string>();
  const words: string[] = [];
  for (let index = used; index < items.length; index++) {
    const item = items[index] as Item;
    if (item.kind === 'word') {
      words.push(item.text);
      continue;
    }
    const name = item.name.toLowerCase();
    const isSwitch = known.find((flag) => flag.name === name)?.kind === 'switch';
    const next = items[index + 1];
    const takesNext = item.value === null && !isSwitch && next?.kind === 'word';
    flags.set(name, takesNext ? next.text : (item.value ?? (isSwitch ? 'yes' : '')));
    if (takesNext) index++;
  }
  const [target = null, ...rest] = words;
  return { target: withEnv(target, flags.get('env')), flags, words: rest };
}

const withEnv = (target: string | null, env: string | undefined): string | null =>
  target === null || env === undefined || target.includes('@') ? target : `${target}@${env}`;
