import { type Catalogue, envsOf, targetsOf } from '../core/catalogue.ts';
import type { Person } from '../core/person.ts';
import type { Grant, Policy } from '../core/policy.ts';
import type { Refusal } from '../core/refusal.ts';
import { err, type Result } from '../core/result.ts';
import type { Target } from '../core/target.ts';
import { mayUse } from '../permissions/may-use.ts';
import { whoMay } from '../permissions/who-may.ts';
import type { Declared } from './command.ts';

/** What one person may do. */
export interface Rights {
  /** Whether the person may use the command in the environment; null is for one about no environment. */
  may(command: Declared, env: string | null): Result<Grant, Refusal>;
  /** The targets the person may use the command on. */
  reach(command: Declared): readonly Target[];
  /** Null when there is something the person may do with the command; else why there is nothing. */
  never(command: Declared): Refusal | null;
}

/**
 * The rights of a person whose roles are known, or, with `unverified` saying why they are not, of
 * somebody who gets plain reading that is free for every member and nothing else.
 */
export function rightsOf(
  person: Person,
  unverified: string | null,
  policy: Policy,
  catalogue: Catalogue,
): Rights {
  const known = unverified === null ? person : { ...person, roles: [] };
  const may: Rights['may'] = (command, env) => {
    const found = mayUse(known, command, env, policy);
    if (unverified !== null && !(found.ok && command.risk === 'read')) {
      return err({ kind: 'not-verified', command: command.name, why: unverified });
    }
    if (found.ok) return found;
    const roles = whoMay(command, env, policy);
    return err({ kind: 'not-allowed', command: command.name, env, denial: found.error, roles });
  };
  return {
    may,
    reach: (command) => targetsOf(catalogue).filter(({ env }) => may(command, env).ok),
    never: (command) => everywhere(placesOf(command, catalogue).map((env) => may(command, env))),
  };
}

/** Where a command can be used at all; null is no environment in particular. */
function placesOf({ aim }: Declared, catalogue: Catalogue): (string | null)[] {
  const envs = envsOf(catalogue);
  return aim === 'none' || envs.length === 0 ? [null] : envs;
}

/** Null when one place allows it; else the refusal of all of them together. */
function everywhere(found: readonly Result<Grant, Refusal>[]): Refusal | null {
  const refusals = found.flatMap((one) => (one.ok ? [] : [one.error]));
  const [first] = refusals;
  if (first === undefined || refusals.length < found.length) return null;
  if (first.kind !== 'not-allowed') return first;
  const roles = refusals.flatMap((refusal) =>
    refusal.kind === 'not-allowed' ? refusal.roles : [],
  );
  return { ...first, env: null, roles: [...new Set(roles)] };
}
