import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Item } from './parse.ts';
import { type Flag, flagTyped, type Shape } from './shape.ts';

/** Flags by their key in the schema, and the words that belong to none. Each with its place. */
export interface Arguments {
  flags: ReadonlyMap<string, string | number | boolean>;
  words: readonly Placed[];
}

/** A word, and which of the command's pieces it was. */
export interface Placed {
  text: string;
  index: number;
}

/** A flag that the shape does not have is left to `unknown`, which says what to refuse. */
export function sort(
  items: readonly Item[],
  shape: Shape,
  unknown: (name: string, index: number) => Refusal,
): Result<Arguments, Refusal> {
  const flags = new Map<string, string | number | boolean>();
  const words: Placed[] = [];
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as Item;
    if (item.kind === 'word') {
      words.push({ text: item.text, index });
      continue;
    }
    const flag = flagTyped(shape.flags, item.name);
    if (!flag) return err(unknown(item.name, index));
    if (flags.has(flag.key)) return err({ kind: 'flag-twice', flag: flag.name });
    const next = items[index + 1];
    const takesNext = item.value === null && flag.kind !== 'switch' && next?.kind === 'word';
    const value = takesNext ? next.text : item.value;
    if (value === null && flag.kind !== 'switch') {
      return err({ kind: 'flag-without-value', flag: flag.name });
    }
    flags.set(flag.key, meant(flag, value));
    if (takesNext) index++;
  }
  return ok({ flags, words });
}

/**
 * What a text is as the value of a flag. What is no number or no yes or no stays text: the schema says
 * what it wanted instead.
 */
export function meant({ kind }: Flag, value: string | null): string | number | boolean {
  if (kind === 'switch') {
    if (value === null || /^(?:true|yes|on)$/i.test(value)) return true;
    return /^(?:false|no|off)$/i.test(value) ? false : value;
  }
  if (kind === 'number' && value !== null && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(value))
    return Number(value);
  return value ?? '';
}
