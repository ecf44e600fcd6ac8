import type { Json } from '../core/json.ts';
import type { Person } from '../core/person.ts';
import type { Plan } from '../core/plan.ts';
import type { Result } from '../core/result.ts';
import type { Run } from '../core/run.ts';
import type { RunRefusal } from '../core/run-refusal.ts';
import type { Target } from '../core/target.ts';

/** What somebody asks for. The parameters are checked by the action's own schema before. */
export interface RunRequest {
  action: string;
  target: Target;
  params: Json;
  reason: string;
  by: Person;
  /** The channel it was asked in. */
  askedIn: string | null;
  /** Whether it is to be done without the approvals of others, on the requester’s own word. */
  breakGlass?: true;
  /** The incident that it is part of. */
  incident?: string;
  /** Whether who asks has said by what it comes of that they mean it, so that nobody asks them once more. */
  meant?: true;
  /** What it comes of: of one origin there is one run, however often it is asked for. */
  origin?: string;
}

/** What somebody says to a plan that they have seen. */
export interface Ballot {
  run: string;
  /** The first characters of the plan's hash, as the card carried them. */
  planHash: string;
  by: Person;
  kind: 'approve' | 'deny' | 'confirm';
  note: string | null;
  /** What was typed as the target's name, where the approval asks for that. */
  typedTarget: string | null;
  /** The one-time password that was typed, where the approval asks for one. It is kept nowhere. */
  code?: string | null;
}

/** The life of runs: everything that begins one, changes one or ends one goes through here. */
export interface Runner {
  /** Makes the plan and nothing else; not even a row is written. */
  preview(request: RunRequest): Promise<Result<Plan, RunRefusal>>;
  /** Writes the request down, plans it, and asks for what the policy wants; starts it when nothing is. */
  request(request: RunRequest): Promise<Result<Run, RunRefusal>>;
  vote(ballot: Ballot): Promise<Result<Run, RunRefusal>>;
  /** Says of what was done without the approvals of others how it was; never by who did it. */
  review(review: { run: string; by: Person; text: string }): Promise<Result<true, RunRefusal>>;
  /** Only before it was claimed, and only by who asked for it. */
  cancel(run: string, by: Person): Promise<Result<Run, RunRefusal>>;
  find(run: string): Promise<Run | null>;
  /** Begins to look after runs: what is approved, what has expired, what a dead process left. */
  start(): void;
  /** Takes no new run to execution and waits this many milliseconds for those that execute. */
  stop(patience: number): Promise<void>;
}
