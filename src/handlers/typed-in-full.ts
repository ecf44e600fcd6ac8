import type { Declared } from './command.ts';
import type { Given } from './given.ts';
import type { Item } from './grammar/parse.ts';
import { operandsOf, shapeOf } from './grammar/shape.ts';
import { word } from './grammar/suggest.ts';
import { write } from './grammar/write.ts';

/** A command as it can be typed: with what was given, and with capitals for what is missing. */
export function typedInFull(command: Declared, { target, flags, words }: Given): string {
  const shape = shapeOf(command.params);
  const operands = operandsOf(command, shape);
  const isSaid = ({ name }: { name: string }) => Boolean(flags.get(name));
  const named = (isAfter: boolean) =>
    operands
      .filter((operand) => (operand.key === command.dependency) === isAfter)
      .filter((operand) => isSaid(operand) || operand.required)
      .map(({ name }) => word(flags.get(name) || name.toUpperCase()));
  const items: Item[] = [
    ...command.name.split(' ').map(word),
    ...named(false),
    ...(command.aim === 'none'
      ? []
      : [word(target?.includes('@') ? target : `${target ?? 'SERVICE'}@ENV`)]),
    ...named(true),
    ...words.map(word),
    ...shape.flags
      .filter((flag) => !operands.includes(flag) && (isSaid(flag) || flag.required))
      .filter(({ name }) => name !== 'dry-run')
      .map(({ name }): Item => ({ kind: 'flag', name, value: flags.get(name) || 'VALUE' })),
  ];
  return write({ items, filters: [] });
}
