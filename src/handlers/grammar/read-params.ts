import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Command } from '../command.ts';
import type { Arguments } from './arguments.ts';
import { complain } from './complaints.ts';
import { operandsOf, shapeOf } from './shape.ts';

/** What flags and words are to the command, or everything that its schema finds wrong with them. */
export function readParams(
  command: Command,
  flags: Arguments['flags'],
  texts: readonly string[],
): Result<unknown, Refusal> {
  const shape = shapeOf(command.params);
  if (shape.words === 'none' && texts[0] !== undefined) {
    return err({ kind: 'too-many-words', command: command.name, word: texts[0] });
  }
  const words = { none: {}, list: { words: texts }, text: { words: texts.join(' ') } }[shape.words];
  const given = { ...Object.fromEntries(flags), ...words };
  const found = command.params.safeParse(given);
  if (found.success) return ok(found.data);
  const complaints = complain(found.error.issues, given, shape, operandsOf(command, shape));
  return err({ kind: 'bad-value', command: command.name, complaints });
}
