import { dependencyIn } from '../../core/action.ts';
import { dependedOn, dependenciesOf } from '../../core/dependencies.ts';
import { nearest } from '../../core/near.ts';
import type { Refusal } from '../../core/refusal.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { Command } from '../command.ts';
import type { Item, Parsed } from './parse.ts';
import type { Setting } from './setting.ts';
import { flagTyped, shapeOf } from './shape.ts';
import { near, replaced, word } from './suggest.ts';

/** What was typed of a command that can be about a dependency, as far as it is read. */
export interface Meant {
  command: Command;
  target: Target | null;
  params: unknown;
  parsed: Parsed;
}

/**
 * Whether the dependency that was named, if any, is one of the target, and the person may do this to whatever else
 * depends on it.
 */
export function meantDependency(meant: Meant, setting: Setting): Result<null, Refusal> {
  const { command, target, params } = meant;
  const name = dependencyIn(command, params);
  if (name === null || target === null) return ok(null);
  const found = dependedOn(setting.catalogue, target, name);
  if (!found) return err(unknownDependency(meant, target, name, setting));
  const touched = found.dependents.map((one) => setting.rights.may(command, one.target));
  const denied = touched.find((may) => !may.ok);
  return denied && !denied.ok ? denied : ok(null);
}

function unknownDependency(
  { command, parsed }: Meant,
  target: Target,
  name: string,
  { catalogue }: Setting,
): Refusal {
  const known = dependenciesOf(catalogue, target).map((one) => one.name);
  const corrections = nearest(name, known).map((one) => ({
    word: one,
    items: instead(command, parsed.items, name, one),
  }));
  const meant = near(corrections, parsed, () => command);
  return { kind: 'unknown-dependency', target: targetName(target), word: name, near: meant, known };
}

/** The pieces with the right name, wherever the wrong one stands. */
function instead(command: Command, items: readonly Item[], typed: string, meant: string): Item[] {
  const { flags } = shapeOf(command.params);
  const isIt = (item: Item) =>
    item.kind === 'flag' && flagTyped(flags, item.name)?.key === command.dependency;
  const flag = items.findIndex(isIt);
  const item = items[flag];
  if (item?.kind === 'flag' && item.value !== null) {
    return replaced(items, flag, { ...item, value: meant });
  }
  const isWord = (one: Item) => one.kind === 'word' && one.text.toLowerCase() === typed;
  const index = items.findIndex((one, at) => at > flag && isWord(one));
  return replaced(items, index < 0 ? items.length : index, word(meant));
}
