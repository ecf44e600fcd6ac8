import type { ApprovalPolicy } from '../../core/approval-policy.ts';
import type { Audit, Notes } from '../../core/audit.ts';
import type { Claims } from '../../core/claims.ts';
import type { KillSwitch } from '../../core/kill-switch.ts';
import type { Locks } from '../../core/locks.ts';
import type { Outbox } from '../../core/outbox.ts';
import type { Runs } from '../../core/transition.ts';
import type { IncidentLife } from '../../incidents/incident-life.ts';
import type { Runner } from '../../runs/runner.ts';

/** What the desk needs to begin runs, to decide about them and to show them. */
export interface RunTools {
  runner: Pick<Runner, 'preview' | 'request' | 'vote' | 'cancel' | 'review' | 'find'>;
  runs: Pick<Runs, 'inStates' | 'find' | 'findByOrigin'>;
  audit: Pick<Audit, 'find'>;
  /** Where the cards stand. */
  outbox: Pick<Outbox, 'whose' | 'unconfirmed'>;
  notes: Notes;
  killSwitch: KillSwitch;
  claims: Claims;
  /** Who works on what. */
  locks: Pick<Locks, 'holders'>;
  /** What each risk needs; `whoami` says from it what somebody may approve. */
  approvalPolicy: ApprovalPolicy;
  /** The incident of a channel, and one by its id; without it no run is part of one. */
  incidents?: Pick<IncidentLife, 'inChannel' | 'find'>;
  /** The channel in which requests stand; null when they go to people alone. */
  approvals: string | null;
}
