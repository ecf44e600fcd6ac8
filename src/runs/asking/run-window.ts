import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { targetName } from '../../core/target.ts';
import { isOpenAt, nextOpening } from '../../core/window.ts';
import { windowFor } from '../../permissions/window.ts';
import { touchedBy } from '../planning/touched.ts';
import { refusalText } from '../refusal-text.ts';
import type { RunTools } from '../run-tools.ts';
import type { Rechecked } from '../voting/recheck.ts';
import { lacksOpenIncident } from './run-incident.ts';

type Refused = Extract<RunRefusal, { kind: 'outside-window' | 'no-incident' }>;

/** What of the tools says when something may be done. */
type Tools = Pick<RunTools, 'approvals' | 'isProduction' | 'incidentOf' | 'actions' | 'dependedOn'>;

/**
 * Why a run may not be asked for or begin at that moment, by the database's clock, in milliseconds since 1970:
 * it is outside of the hours for such a thing. What ends by itself was approved with its time, and who does
 * without the approvals of others does it on their own word: no hours keep them. Null when it may.
 */
export async function outsideWindow(
  tools: Tools,
  run: Pick<Run, 'action' | 'target' | 'params' | 'parent' | 'incident'>,
  at: number,
  isBreakGlass: boolean,
): Promise<Refused | null> {
  const { action, target, parent, incident } = run;
  const policy = tools.approvals();
  const production = touchedBy(tools, run).some((one) => tools.isProduction(one));
  const found = windowFor(policy, run, production);
  if (found === null || parent !== null || isBreakGlass) return null;
  const { place, window } = found;
  if (isOpenAt(window, at)) return null;
  if (window.inIncident && incident !== undefined) {
    const lacking = await lacksOpenIncident(tools, run);
    if (lacking === null || lacking.no.why === 'unread') return lacking;
  }
  const { breakGlass } = policy;
  const mayBreak = breakGlass && !breakGlass.never.includes(action);
  return {
    kind: 'outside-window',
    action,
    target: targetName(target),
    place,
    hours: window.hours.map(({ written }) => written),
    opens: nextOpening(window, at),
    inIncident: window.inIncident ?? false,
    breakGlass: mayBreak ? { roles: breakGlass.roles, onCall: breakGlass.onCall } : null,
  };
}

/** The same under the lock, by when that was granted: what was approved in time may begin too late. */
export async function windowAtClaim(
  tools: Tools,
  run: Run,
  at: number,
): Promise<Exclude<Rechecked, { kind: 'yes' }> | null> {
  const refusal = await outsideWindow(tools, run, at, run.approval?.breakGlass !== undefined);
  if (refusal === null) return null;
  const kind = refusal.kind === 'no-incident' ? 'not-now' : 'never';
  return { kind, why: refusalText(refusal) };
}
