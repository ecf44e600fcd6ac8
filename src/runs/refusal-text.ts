import type { Verdict } from '../core/action.ts';
import type { RunRefusal } from '../core/run-refusal.ts';

/** What was seen of the checks that failed, as one text. */
export const failedChecks = ({ checks }: Verdict): string =>
  checks
    .filter((check) => !check.ok)
    .map(({ name, seen }) => `${name}: ${seen}`)
    .join('; ');

/** Why the machine refused a request, for its record; who asked is told by the refusal itself. */
export function refusalText(refusal: RunRefusal): string {
  if (refusal.kind === 'not-now') return `Not now: ${failedChecks(refusal.verdict)}.`;
  if (refusal.kind === 'reason-too-short') {
    return `The reason has to have at least ${refusal.least} characters.`;
  }
  return `Refused: ${refusal.kind}.`;
}
