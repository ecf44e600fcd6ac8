import { z } from 'zod';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Asked, FormValues } from '../desk.ts';
import { clean } from '../grammar/clean.ts';
import type { Item, Parsed } from '../grammar/parse.ts';
import { word } from '../grammar/suggest.ts';

const carried = z.object({ command: z.string().max(80), askedIn: z.string().max(30).nullable() });

/** What the form for an action carries unseen; null when it is something else. */
export function carriedBy(asked: Asked): z.infer<typeof carried> | null {
  if (asked.kind !== 'submission' || asked.callback !== 'run:request') return null;
  try {
    return carried.parse(JSON.parse(asked.data ?? ''));
  } catch {
    return null;
  }
}

/** The command that a form types, piece by piece: nothing that was filled in can become another piece. */
export function fromForm(command: string, values: FormValues): Result<Parsed, Refusal> {
  const items: Item[] = command.split(' ').map(word);
  const { target = null, reason = null, ...rest } = values;
  const pieces: [string | null, (text: string) => readonly Item[]][] = [
    [target, (text) => [word(text)]],
    [rest['param:words'] ?? null, (text) => text.split(' ').filter(Boolean).map(word)],
    [reason, (text) => [{ kind: 'flag', name: 'reason', value: text }]],
    ...Object.entries(rest).flatMap(([block, value]): typeof pieces => {
      const [, name] = /^param:([a-z][a-z-]*)$/.exec(block) ?? [];
      if (name === undefined || name === 'words') return [];
      return [[value, (text) => [{ kind: 'flag', name, value: text }]]];
    }),
  ];
  for (const [value, made] of pieces) {
    if (value === null) continue;
    const text = clean(value);
    if (!text.ok) return err(text.error);
    const filled = text.value.trim();
    if (filled !== '') items.push(...made(filled));
  }
  return ok({ items, filters: [] });
}
