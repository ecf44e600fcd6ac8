import type { Catalogue } from '../core/catalogue.ts';
import { targetsOf } from '../core/catalogue.ts';
import type { Person } from '../core/person.ts';
import type { Grant, Policy } from '../core/policy.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Result } from '../core/result.ts';
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
    if (found.ok && (unverified === null || command.risk === 'read')) return found;
    return { ok: false, error: refusal(command, env, found) };
  };
  const refusal = (
    command: Declared,
    env: string | null,
    found: ReturnType<typeof mayUse>,
  ): Refusal => {
    if (unverified !== null)
      return { kind: 'not-verified', command: command.name, why: unverified };
    const denial = found.ok ? ({ why: 'no-rule' } as const) : found.error;
    return {
      kind: 'not-allowed',
      command: command.name,
      env,
      denial,
      roles: whoMay(command, env, policy),
    };
  };
  const reach: Rights['reach'] = (command) =>
    targetsOf(catalogue).filter(({ env }) => may(command, env).ok);
  return {
    may,
    reach,
    never(command) {
      const found = may(
        command,
        command.aim === 'none' ? null : (targetsOf(catalogue)[0]?.env ?? null),
      );
      if (found.ok || reach(command).length > 0) return null;
      return found.error;
    },
  };
}
