import { type Catalogue, envsOf } from '../../core/catalogue.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { everyService } from '../../core/target.ts';
import type { Command } from '../command.ts';
import type { Placed } from './arguments.ts';
import { dependencyAmong, onlyDependencies } from './dependency-word.ts';
import { typeable } from './flags.ts';
import { type Flag, operandsOf, type Shape } from './shape.ts';

/** What the words after a command's name are. */
export interface SortedWords {
  target: Placed | null;
  /** By the key of the schema. */
  operands: ReadonlyMap<string, Placed>;
  rest: readonly Placed[];
}

/**
 * Tells the target, the operands and further words apart. The target stands before or after the operands:
 * it is the word that names a service with an environment, else one that names a service. Where two do
 * equally well, nothing is guessed. Operands that were given as flags are no words any more. The name of a
 * dependency is told from the others by the catalogue, and never taken for the target.
 */
export function sortWords(
  command: Command,
  words: readonly Placed[],
  given: ReadonlySet<string>,
  catalogue: Catalogue,
): Result<SortedWords, Refusal> {
  const { dependency } = command;
  if (dependency === undefined || given.has(dependency)) {
    return sortOthers(command, words, given, catalogue);
  }
  const only = onlyDependencies(words, catalogue);
  const sorted = sortOthers(
    command,
    words.filter((word) => !only.includes(word)),
    new Set([...given, dependency]),
    catalogue,
  );
  if (!sorted.ok) return sorted;
  const others = [...only, ...sorted.value.rest];
  const found = dependencyAmong(others, words, catalogue);
  if (!found) return sorted;
  const { target, operands } = sorted.value;
  const rest = others.filter(({ index }) => index !== found.index);
  return ok({ target, operands: new Map([...operands, [dependency, found]]), rest });
}

/** The same of a command that is about no dependency. */
function sortOthers(
  command: Command,
  words: readonly Placed[],
  given: ReadonlySet<string>,
  catalogue: Catalogue,
): Result<SortedWords, Refusal> {
  const shape = typeable(command);
  const open = operandsOf(command, shape).filter(({ key }) => !given.has(key));
  const found = targetAmong(command, words, open, shape, catalogue);
  if (!found.ok) return found;
  const target = found.value;
  const others = words.filter((word) => word !== target);
  const operands = open.flatMap(({ key }, index): [string, Placed][] => {
    const word = others[index];
    return word ? [[key, word]] : [];
  });
  return ok({ target, operands: new Map(operands), rest: others.slice(open.length) });
}

function targetAmong(
  command: Command,
  words: readonly Placed[],
  open: readonly Flag[],
  shape: Shape,
  catalogue: Catalogue,
): Result<Placed | null, Refusal> {
  if (command.aim === 'none') return ok(null);
  if (!command.operands?.some((key) => key !== command.dependency)) return ok(words[0] ?? null);
  // Further words may say anything: a service that is named among them is no target.
  const places = words.slice(0, shape.words === 'none' ? words.length : open.length + 1);
  const likeness = places.map(({ text }) => likenessOf(text, catalogue));
  const best = Math.max(0, ...likeness);
  const likely = places.filter((_, index) => likeness[index] === best);
  const [first, second] = likely;
  if (best >= likenesses.name && second) {
    const names = likely.map(({ text }) => text);
    return err({ kind: 'unclear-target', command: command.name, words: names });
  }
  const needed = open.filter(({ required }) => required).length;
  const isSure = best === likenesses.target || command.aim === 'one' || words.length > needed;
  if (best > 0) return ok(isSure ? (first ?? null) : null);
  // Nothing looks like one: after the operands there should have been one.
  return ok(words[open.length] ?? null);
}

const likenesses = { target: 3, name: 2, misspelt: 1 };

/** How much a word looks like a target. An e-mail address does not: no environment has a full stop. */
function likenessOf(text: string, catalogue: Catalogue): number {
  const [name = '', ...rest] = text.toLowerCase().split('@');
  const env = rest.length > 0 ? rest.join('@') : null;
  const isName =
    name === everyService ||
    catalogue.services.some((one) => one.name === name || one.aliases.includes(name));
  const isEnv = env !== null && envsOf(catalogue).includes(env);
  if (isName && isEnv) return likenesses.target;
  if (isName && env === null) return likenesses.name;
  const isMisspelt = isEnv || (isName && env !== null && /^[a-z0-9-]*$/.test(env));
  return isMisspelt ? likenesses.misspelt : 0;
}
