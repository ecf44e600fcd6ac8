import type { Action, On } from '../../core/action.ts';
import { TargetError } from '../../core/errors.ts';
import type { Draft } from '../../core/plan.ts';
import { targetName } from '../../core/target.ts';
import { failedChecks } from '../refusal-text.ts';

/**
 * What is to be done to end what another run did. There being nothing left to do is a plan as well: one
 * without steps, that says so.
 *
 * @throws {TargetError} when the target cannot be looked at, or is in no state for it.
 */
export async function draftOfEnd(action: Action, params: unknown, on: On): Promise<Draft> {
  const verdict = await action.precheck(params, on);
  if (verdict.ok) return action.plan(params, on);
  if (!verdict.nothingToDo) throw new TargetError(failedChecks(verdict), { retryable: true });
  return {
    summary: `Nothing left to do by ${action.name} on ${targetName(on.target)}`,
    facts: verdict.checks.map(({ name, seen }) => ({ name, value: seen, material: false })),
    steps: [],
    risk: action.baseRisk,
    riskReasons: ['Nothing is changed.'],
    undo: { possible: false, how: 'There is nothing to undo.' },
  };
}
