import { type Catalogue, targetsOf } from '../core/catalogue.ts';
import type { Person, Role } from '../core/person.ts';
import type { Denial, Grant, Policy, Whereabouts } from '../core/policy.ts';
import type { Refusal } from '../core/refusal.ts';
import { err, type Result } from '../core/result.ts';
import { everyService, type Target } from '../core/target.ts';
import { mayUse } from '../permissions/may-use.ts';
import { whoMay } from '../permissions/who-may.ts';
import type { Declared } from './command.ts';

/** What one person may do, from where they ask. */
export interface Rights {
  /** Whether the person may use the command on the target; null is for one about no target. */
  may(command: Declared, target: Target | null): Result<Grant, Refusal>;
  /** The targets the person may use the command on. */
  reach(command: Declared): readonly Target[];
  /** What they hold as far as it could be looked up: nothing when it could not. */
  roles: readonly Role[];
  /** Null when there is something the person may do with the command; else why there is nothing. */
  never(command: Declared): Refusal | null;
}

/**
 * The rights of a person whose roles are known, or, with `unverified` saying why they are not, of
 * somebody who gets plain reading that is free for every member and nothing else. Being in `channel`
 * can only take rights away.
 */
export function rightsOf(
  person: Person,
  unverified: string | null,
  policy: Policy,
  catalogue: Catalogue,
  channel: string | null = null,
): Rights {
  const known = unverified === null ? person : { ...person, roles: [] };
  const may: Rights['may'] = (command, target) => {
    const where = whereaboutsOf(target, catalogue).map((one) => ({ ...one, channel }));
    const found = all(where.map((one) => mayUse(known, command, one, policy)));
    if (unverified !== null && !(found.ok && command.risk === 'read')) {
      return err({ kind: 'not-verified', command: command.name, why: unverified });
    }
    if (found.ok) return found;
    const roles = whoMay(command, where, policy);
    const service = byService(policy) ? (target?.service ?? null) : null;
    const env = target?.env ?? null;
    const about = { command: command.name, env, service };
    return err({ kind: 'not-allowed', ...about, denial: found.error, roles });
  };
  const targets = targetsOf(catalogue);
  return {
    may,
    roles: known.roles,
    reach: (command) => targets.filter((target) => may(command, target).ok),
    never: (command) => everywhere(placesOf(command, targets).map((one) => may(command, one))),
  };
}

/** What has to be allowed: each of the services, when it is about all of them. */
function whereaboutsOf(
  target: Target | null,
  catalogue: Catalogue,
): Pick<Whereabouts, 'service' | 'env'>[] {
  if (target === null) return [{ service: null, env: null }];
  if (target.service !== everyService) return [target];
  const there = targetsOf(catalogue).filter(({ env }) => env === target.env);
  return there.length === 0 ? [{ service: null, env: target.env }] : there;
}

function all(found: readonly Result<Grant, Denial>[]): Result<Grant, Denial> {
  const [first] = found;
  return found.find((one) => !one.ok) ?? first ?? err({ why: 'no-rule' });
}

/** Whether it matters to the grants which service a command is about. */
const byService = ({ grants }: Policy): boolean =>
  grants.some(({ service }) => service !== undefined && !service.includes('*'));

/** Where a command can be used at all; null is no target in particular. */
const placesOf = ({ aim }: Declared, targets: readonly Target[]): readonly (Target | null)[] =>
  aim === 'none' || targets.length === 0 ? [null] : targets;

/** Null when one place allows it; else the refusal of all of them together. */
function everywhere(found: readonly Result<Grant, Refusal>[]): Refusal | null {
  const refusals = found.flatMap((one) => (one.ok ? [] : [one.error]));
  const [first] = refusals;
  if (first === undefined || refusals.length < found.length) return null;
  if (first.kind !== 'not-allowed') return first;
  const roles = refusals.flatMap((refusal) =>
    refusal.kind === 'not-allowed' ? refusal.roles : [],
  );
  return { ...first, env: null, service: null, roles: [...new Set(roles)] };
}
