import type { ActionRisk } from '../../core/plan.ts';
import type { Run, RunState } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';

/** How a state is said: never by a picture alone. */
export const stateWords: Readonly<Record<RunState, string>> = {
  requested: ':inbox_tray: asked for, being planned',
  planned: ':memo: planned',
  waiting: ':hourglass_flowing_sand: waiting',
  approved: ':ballot_box_with_check: approved, about to begin',
  claimed: ':lock: taken up, the plan is checked once more',
  executing: ':gear: being done',
  verifying: ':mag: done, being checked',
  succeeded: ':white_check_mark: done and proved',
  failed: ':x: failed',
  interrupted: ':warning: interrupted, outcome unknown',
  denied: ':no_entry: denied',
  expired: ':hourglass: expired',
  cancelled: ':heavy_minus_sign: cancelled',
  superseded: ':arrows_counterclockwise: superseded, nothing was done',
  compensated: ':leftwards_arrow_with_hook: taken back',
};

/** How a risk is said. */
export const riskWords: Readonly<Record<ActionRisk, string>> = {
  low: ':large_green_circle: low',
  high: ':large_orange_circle: high',
  destructive: ':red_circle: destructive',
};

/** What a run is about, in one line of plain text. */
export const titleOf = ({ plan, action, target }: Pick<Run, 'plan' | 'action' | 'target'>) =>
  plan?.summary ?? `${action} ${targetName(target)}`;
