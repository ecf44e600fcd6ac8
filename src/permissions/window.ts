import type { ApprovalPolicy } from '../core/approval-policy.ts';
import type { Target } from '../core/target.ts';
import type { Window } from '../core/window.ts';

/** A window, and under which environment the configuration file says it: a name, `production` or `elsewhere`. */
export interface WindowIn {
  place: string;
  window: Window;
}

/**
 * When an action may be asked for and begin on a target; null when at any time. What is said for the environment
 * by its name comes before what is said for all of production, or for what is none.
 */
export function windowFor(
  { windows = {} }: Pick<ApprovalPolicy, 'windows'>,
  { action, target }: { action: string; target: Target },
  production: boolean,
): WindowIn | null {
  for (const place of [target.env, production ? 'production' : 'elsewhere']) {
    const window = ownOf(ownOf(windows, place) ?? {}, action);
    if (window) return { place, window };
  }
  return null;
}

const ownOf = <T>(all: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(all, name) ? all[name] : undefined;
