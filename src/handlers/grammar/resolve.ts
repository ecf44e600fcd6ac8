import { envsOf } from '../../core/catalogue.ts';
import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { everyService, targetName } from '../../core/target.ts';
import type { Command, Invocation } from '../command.ts';
import { type Aimed, aim } from './aim.ts';
import { type Arguments, meant, type Placed, sort } from './arguments.ts';
import { meantDependency } from './dependency.ts';
import { readFilters } from './filters.ts';
import { envFlag, typeable, unknownFlag } from './flags.ts';
import { resolveText, takesAnything } from './free-text.ts';
import type { Parsed } from './parse.ts';
import { readParams } from './read-params.ts';
import { setAside } from './set-aside.ts';
import type { Setting } from './setting.ts';
import { sortWords } from './sort-words.ts';
import { near, replaced, word } from './suggest.ts';
import { findVerb } from './verb.ts';
import { withoutEnv } from './without-env.ts';

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
  return takesAnything(command)
    ? resolveText(command, parsed, used)
    : resolveCommand({ command, used, parsed }, setting);
}

/** A command that was found, and how many of the pieces its name and its operands took. */
interface Found {
  command: Command;
  used: number;
  parsed: Parsed;
}

function resolveCommand(found: Found, setting: Setting): Result<Invocation, Refusal> {
  const { command, used, parsed } = found;
  const filters = readFilters(parsed.filters);
  if (!filters.ok) return filters;
  const sorted = sort(parsed.items, typeable(command), (flag, index) =>
    unknownFlag(command, flag, index, parsed),
  );
  if (!sorted.ok) return sorted;
  const { flags: named, words: others } = sorted.value;
  const told = setAside(command, typeable(command), others.slice(used), named);
  const flags = new Map(told.flags);
  const words = sortWords(command, told.words, new Set(flags.keys()), setting.catalogue);
  if (!words.ok) return words;
  const { target: placed, operands, rest } = words.value;
  const typed = [...operands.values()].map(({ index }) => index + 1);
  const after = Math.max(used, ...typed);
  const env = envIn(flags);
  const aimed = findTarget({ ...found, used: after }, env, placed, setting);
  if (!aimed.ok) return aimed;
  flags.delete(envFlag.key);
  for (const flag of typeable(command).flags) {
    const operand = operands.get(flag.key);
    if (operand) flags.set(flag.key, meant(flag, operand.text));
  }
  const params = readParams(
    command,
    flags,
    rest.map(({ text }) => text),
  );
  if (!params.ok) return params;
  const { target } = aimed.value;
  const known = meantDependency({ command, target, params: params.value, parsed }, setting);
  if (!known.ok) return known;
  return ok({ command, ...aimed.value, params: params.value, filters: filters.value });
}

const envIn = (flags: Arguments['flags']): string | null =>
  flags.has(envFlag.key) ? String(flags.get(envFlag.key)).toLowerCase() : null;

function findTarget(
  found: Found,
  env: string | null,
  placed: Placed | null,
  setting: Setting,
): Result<Aimed | Unaimed, Refusal> {
  const { command, parsed } = found;
  if (command.aim === 'none') return ok({ target: null, implied: false });
  const mayBeAll = command.aim === 'optional' && (placed === null || !command.everywhere);
  const all = mayBeAll && allOf(placed, env);
  if (all) return everywhereIn(all.env, setting);
  const meant = placed ?? standingFor(found, setting);
  if (meant === null) return err(missing(found, env, setting));
  const aimed = aim({ command, placed: meant, env, parsed }, setting);
  if (!aimed.ok) return aimed;
  const may = setting.rights.may(command, aimed.value.target);
  return may.ok ? aimed : may;
}

/** No target in particular, perhaps only those of one environment. */
type Unaimed = Pick<Invocation, 'implied' | 'env'> & { target: null };

/** What is about all that there is: nothing was named, or `all`, as for what is done to all at once. */
function allOf(placed: Placed | null, env: string | null): { env: string | null } | null {
  if (placed === null) return { env };
  const [name, named = env, ...rest] = placed.text.toLowerCase().split('@');
  const isOne = rest.length === 0 && (env === null || named === env);
  return name === everyService && isOne ? { env: named } : null;
}

/** All targets, of an environment that there is when one is named. */
function everywhereIn(env: string | null, { catalogue }: Setting): Result<Unaimed, Refusal> {
  const nothing = { target: null, implied: false } as const;
  if (env === null) return ok(nothing);
  const known = envsOf(catalogue);
  if (known.includes(env)) return ok({ ...nothing, env });
  const near = { words: nearest(env, known), next: [] };
  return err({ kind: 'unknown-env', service: everyService, word: env, near, known });
}

/** What is meant where nothing was said: only a change can mean it, and its plan shows it. */
const standingFor = ({ command, used }: Found, { standing }: Setting): Placed | null =>
  standing && command.changes && command.aim === 'one'
    ? { text: targetName(standing), index: used }
    : null;

/** A few targets suffice: nobody reads through fifty buttons. */
const mostTargets = 5;

function missing(
  { command, used, parsed }: Found,
  env: string | null,
  { rights }: Setting,
): Refusal {
  const targets = rights
    .reach(command)
    .filter((target) => env === null || target.env === env)
    .slice(0, mostTargets)
    .map(targetName);
  const items = withoutEnv(parsed.items);
  const corrections = targets.map((text) => ({
    word: text,
    items: replaced(items, Math.min(used, items.length), word(text), 0),
  }));
  const meant = near(corrections, parsed, () => command);
  return { kind: 'missing-target', command: command.name, near: meant };
}
