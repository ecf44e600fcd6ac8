import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { targetName } from '../../core/target.ts';
import type { Command, Invocation } from '../command.ts';
import { type Aimed, aim } from './aim.ts';
import { type Arguments, type Placed, sort } from './arguments.ts';
import { complain } from './complaints.ts';
import { readFilters } from './filters.ts';
import type { Item, Parsed } from './parse.ts';
import type { Setting } from './setting.ts';
import { type Flag, type Shape, shapeOf } from './shape.ts';
import { near, replaced, word } from './suggest.ts';
import { findVerb } from './verb.ts';
import { write } from './write.ts';

/**
 * What the pieces of a command mean for one person: the command, its target, its parameters and
 * filters, all checked, permission included; or why not, with what may have been meant.
 */
export function resolve(parsed: Parsed, setting: Setting): Result<Invocation, Refusal> {
  const verb = findVerb(parsed, setting);
  if (!verb.ok) return verb;
  const { command, used } = verb.value;
  const never = setting.rights.never(command);
  if (never) return err(never);
  const shape = shapeOf(command.params);
  if (takesAnything(command, shape)) return resolveText(command, parsed, used);
  const filters = readFilters(parsed.filters);
  if (!filters.ok) return filters;
  const sorted = sort(parsed.items, withEnv(command, shape), (flag, index) =>
    unknownFlag(flag, index, command, parsed),
  );
  if (!sorted.ok) return sorted;
  const words = sorted.value.words.slice(used);
  const aimed = findTarget(command, sorted.value, words, parsed, setting);
  if (!aimed.ok) return aimed;
  const rest = aimed.value ? words.slice(1) : words;
  const params = readParams(command, shape, sorted.value, rest);
  if (!params.ok) return params;
  const { target, implied } = aimed.value ?? { target: null, implied: false };
  return ok({ command, target, implied, params: params.value, filters: filters.value });
}

/** A command about any text, such as one that explains it, takes dashes and bars as they are. */
const takesAnything = (command: Command, shape: Shape): boolean =>
  command.aim === 'none' && shape.words !== 'none' && shape.flags.length === 0;

function resolveText(command: Command, { items, filters }: Parsed, used: number) {
  const bars = filters.flatMap((segment) => [word('|'), ...segment]);
  const texts = [...items.slice(used), ...bars].map((item) =>
    item.kind === 'word' ? item.text : write({ items: [item], filters: [] }),
  );
  const params = readParams(
    command,
    shapeOf(command.params),
    { flags: new Map(), words: [] },
    texts.map((text, index) => ({ text, index })),
  );
  if (!params.ok) return params;
  return ok({ command, target: null, implied: false, params: params.value, filters: [] });
}

const envFlag: Flag = { name: 'env', key: '--env', kind: 'text', required: false, about: '' };

/** Whatever has a target can have its environment said by `--env`. */
const withEnv = (command: Command, shape: Shape): Shape =>
  command.aim === 'none' || shape.flags.some(({ name }) => name === envFlag.name)
    ? shape
    : { ...shape, flags: [...shape.flags, envFlag] };

function findTarget(
  command: Command,
  { flags }: Arguments,
  [placed]: readonly Placed[],
  parsed: Parsed,
  setting: Setting,
): Result<Aimed | null, Refusal> {
  if (command.aim === 'none') return ok(null);
  const env = flags.get(envFlag.key);
  if (placed === undefined) {
    return command.aim === 'optional' && env === undefined
      ? ok(null)
      : err(missing(command, parsed, setting));
  }
  const aimed = aim(
    { command, placed, env: env === undefined ? null : String(env), parsed },
    setting,
  );
  if (!aimed.ok) return aimed;
  const may = setting.rights.may(command, aimed.value.target.env);
  return may.ok ? aimed : may;
}

function missing(command: Command, parsed: Parsed, { rights }: Setting): Refusal {
  const targets = rights.reach(command).slice(0, 5).map(targetName);
  const at = command.name.split(' ').length;
  const corrections = targets.map((text) => ({
    word: text,
    items: replaced(parsed.items, at, word(text), 0),
  }));
  return {
    kind: 'missing-target',
    command: command.name,
    near: near(corrections, parsed, () => !command.changes),
  };
}

function unknownFlag(flag: string, index: number, command: Command, parsed: Parsed): Refusal {
  const known = withEnv(command, shapeOf(command.params)).flags.map(({ name }) => name);
  const item = parsed.items[index];
  const value = item?.kind === 'flag' ? item.value : null;
  const corrections = nearest(flag, known).map((name) => ({
    word: `--${name}`,
    items: replaced(parsed.items, index, { kind: 'flag', name, value } satisfies Item),
  }));
  return {
    kind: 'unknown-flag',
    command: command.name,
    flag,
    near: near(corrections, parsed, () => !command.changes),
    known,
  };
}

function readParams(
  command: Command,
  shape: Shape,
  { flags }: Arguments,
  rest: readonly Placed[],
): Result<unknown, Refusal> {
  const texts = rest.map(({ text }) => text);
  if (shape.words === 'none' && texts[0] !== undefined) {
    return err({ kind: 'too-many-words', command: command.name, word: texts[0] });
  }
  const { [envFlag.key]: _, ...given } = Object.fromEntries(flags);
  const words = { none: {}, list: { words: texts }, text: { words: texts.join(' ') } }[shape.words];
  const found = command.params.safeParse({ ...given, ...words });
  if (found.success) return ok(found.data);
  const complaints = complain(found.error.issues, { ...given, ...words }, shape);
  return err({ kind: 'bad-value', command: command.name, complaints });
}
