import type { RunState } from './run.ts';

/** How a state is said in a line of plain text, the same wherever people read it. */
export const runStateWords: Readonly<Record<RunState, string>> = {
  requested: 'asked for, being planned',
  planned: 'planned',
  waiting: 'waits for approval',
  approved: 'approved, about to begin',
  claimed: 'taken up, the plan is checked once more',
  executing: 'being done',
  verifying: 'done, being checked',
  succeeded: 'done and proved',
  failed: 'failed',
  interrupted: 'interrupted, outcome unknown',
  denied: 'denied',
  expired: 'expired',
  cancelled: 'cancelled',
  superseded: 'superseded, nothing was done',
  compensated: 'taken back',
};
