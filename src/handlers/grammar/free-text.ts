import type { Refusal } from '../../core/refusal.ts';
import { ok, type Result } from '../../core/result.ts';
import type { Command, Invocation } from '../command.ts';
import type { Parsed } from './parse.ts';
import { readParams } from './read-params.ts';
import { shapeOf } from './shape.ts';
import { word } from './suggest.ts';
import { write } from './write.ts';

/** Whether the command is about any text, such as one that explains it: dashes and bars are part of it. */
export function takesAnything({ aim, params }: Command): boolean {
  const { words, flags } = shapeOf(params);
  return aim === 'none' && words !== 'none' && flags.length === 0;
}

/** What follows the name of such a command, as its words. */
export function resolveText(
  command: Command,
  { items, filters }: Parsed,
  used: number,
): Result<Invocation, Refusal> {
  const bars = filters.flatMap((segment) => [word('|'), ...segment]);
  const texts = [...items.slice(used), ...bars].map((item) =>
    item.kind === 'word' ? item.text : write({ items: [item], filters: [] }),
  );
  const params = readParams(command, new Map(), texts);
  if (!params.ok) return params;
  return ok({ command, target: null, implied: false, params: params.value, filters: [] });
}
