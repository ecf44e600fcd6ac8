import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Command } from '../command.ts';
import type { Parsed } from './parse.ts';
import { type Flag, type Shape, shapeOf } from './shape.ts';
import { near, replaced } from './suggest.ts';

/** Whatever has a target can have its environment said by `--env`; its key is none of any schema. */
export const envFlag: Flag = {
  name: 'env',
  aliases: [],
  key: '--env',
  kind: 'text',
  required: false,
  about: 'The environment, when it is not written service@env',
  title: null,
  choices: null,
  fallback: null,
};

/** What can be typed after a command: what its schema has, and `--env` where that means something. */
export function typeable({ aim, params }: Command): Shape {
  const shape = shapeOf(params);
  const hasOwn = shape.flags.some(({ name }) => name === envFlag.name);
  return aim === 'none' || hasOwn ? shape : { ...shape, flags: [...shape.flags, envFlag] };
}

/** The refusal of a flag that the command does not have, with those it may have been. */
export function unknownFlag(
  command: Command,
  flag: string,
  index: number,
  parsed: Parsed,
): Refusal {
  const known = typeable(command).flags.map(({ name }) => name);
  const item = parsed.items[index];
  const value = item?.kind === 'flag' ? item.value : null;
  const corrections = nearest(flag, known).map((name) => ({
    word: `--${name}`,
    items: replaced(parsed.items, index, { kind: 'flag', name, value }),
  }));
  const meant = near(corrections, parsed, () => command);
  return { kind: 'unknown-flag', command: command.name, flag, near: meant, known };
}
