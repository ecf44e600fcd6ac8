import type { Item } from './parse.ts';

/** The pieces without `--env` and its value: a target that is suggested says its environment itself. */
export const withoutEnv = (items: readonly Item[]): Item[] =>
  items.filter((item, index) => !isEnv(item) && !isValueOfEnv(items[index - 1]));

const isEnv = (item: Item | undefined): item is Extract<Item, { kind: 'flag' }> =>
  item?.kind === 'flag' && item.name.toLowerCase() === 'env';

const isValueOfEnv = (before: Item | undefined): boolean => isEnv(before) && before.value === null;
