import type { Item, Parsed } from './parse.ts';

/** The text that `parse` takes apart into exactly this. */
export const write = ({ items, filters }: Parsed): string =>
  [items, ...filters].map((segment) => segment.map(writeItem).join(' ')).join(' | ');

const writeItem = (item: Item): string => {
  if (item.kind === 'word') return quote(item.text);
  return item.value === null ? `--${item.name}` : `--${item.name}=${quote(item.value)}`;
};

const quote = (text: string): string =>
  /^[\p{L}\p{N}<@][^\s|`"“”„'‘’\\]*$/u.test(text)
    ? text
    : `"${text.replace(/[\\"]/g, (character) => `\\${character}`)}"`;
