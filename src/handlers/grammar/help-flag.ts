import type { Item, Parsed } from './parse.ts';
import { word } from './suggest.ts';

/**
 * `--help` and `-h`, alone or right after the name of a command, as the help they ask for. Further
 * on they stay what they are: `explain df -h` is about that.
 */
export function withHelpFlag(parsed: Parsed): Parsed {
  const { items, filters } = parsed;
  if (isHelp(items[0])) return { items: [word('help'), ...items.slice(1)], filters };
  const [name] = items;
  return items.length === 2 && name && isHelp(items[1])
    ? { items: [word('help'), name], filters }
    : parsed;
}

const isHelp = (item: Item | undefined): boolean =>
  item?.kind === 'flag' && item.value === null && /^(?:help|h)$/i.test(item.name);
