import type { Verdict } from '../../core/action.ts';
import type { Member } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import { verdictOf } from '../proof.ts';

/** One thing that has to hold. */
export type Check = Verdict['checks'][number];

/**
 * What the checks come to. When none fails but those of these names, there is nothing to do here, and a
 * plan for all services leaves this one out.
 */
export function verdictUnless(idle: readonly string[], checks: readonly Check[]): Verdict {
  const failed = checks.filter(({ ok }) => !ok);
  const nothingToDo = failed.length > 0 && failed.every(({ name }) => idle.includes(name));
  return { ...verdictOf(checks), ...(nothingToDo && { nothingToDo }) };
}

/** That the configuration does not keep the account from being taken away. */
export const keptCheck = ({ kept }: Member): Check => ({
  name: 'protected account',
  ok: kept === null,
  seen:
    kept === null
      ? 'it is none'
      : `it is ${kept}: the configuration file says that it has to go on working`,
});

/**
 * What did not hold when it was asked for is refused; a plan is made again before it is done, and what
 * has ceased to hold since must not be planned.
 *
 * @throws {TargetError} naming every check that does not hold.
 */
export function demand(checks: readonly Check[]): void {
  const failed = checks.filter(({ ok }) => !ok);
  if (failed.length === 0) return;
  const message = failed.map(({ name, seen }) => `${name}: ${seen}`).join('; ');
  throw new TargetError(message, { retryable: false, happened: false });
}
