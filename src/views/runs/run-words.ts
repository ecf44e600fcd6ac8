import type { ActionRisk } from '../../core/plan.ts';
import type { Run, RunState } from '../../core/run.ts';
import { runStateWords } from '../../core/run-state-words.ts';
import { targetName } from '../../core/target.ts';

/** How a state is said: never by a picture alone. */
export const stateWords: Readonly<Record<RunState, string>> = {
  requested: `:inbox_tray: ${runStateWords.requested}`,
  planned: `:memo: ${runStateWords.planned}`,
  // Its card says below for whom.
  waiting: ':hourglass_flowing_sand: waiting',
  approved: `:ballot_box_with_check: ${runStateWords.approved}`,
  claimed: `:lock: ${runStateWords.claimed}`,
  executing: `:gear: ${runStateWords.executing}`,
  verifying: `:mag: ${runStateWords.verifying}`,
  succeeded: `:white_check_mark: ${runStateWords.succeeded}`,
  failed: `:x: ${runStateWords.failed}`,
  interrupted: `:warning: ${runStateWords.interrupted}`,
  denied: `:no_entry: ${runStateWords.denied}`,
  expired: `:hourglass: ${runStateWords.expired}`,
  cancelled: `:heavy_minus_sign: ${runStateWords.cancelled}`,
  superseded: `:arrows_counterclockwise: ${runStateWords.superseded}`,
  compensated: `:leftwards_arrow_with_hook: ${runStateWords.compensated}`,
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
