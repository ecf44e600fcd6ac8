import type { Json } from '../../core/json.ts';
import type { Ended, EndedOn, Run, RunState } from '../../core/run.ts';

/** A row of `run`, as queries see it. */
export interface RunRow {
  id: string;
  version: number;
  state: RunState;
  action: string;
  service: string;
  env: string;
  params: Json;
  reason: string;
  requested_by: string;
  team: string;
  parent: string | null;
  asked_in: string | null;
  incident: string | null;
  plan: Run['plan'];
  approval: Run['approval'];
  votes: Run['votes'];
  steps: Run['steps'];
  verdict: Run['verdict'];
  new_plan: Run['plan'];
  escalated: Run['escalated'] | null;
  why: string | null;
  fence: number | null;
  created_at: Date;
  changed_at: Date;
  waits_until: Date | null;
  valid_until: Date | null;
  ends_at: Date | null;
  ended_how: Ended['how'] | null;
  ended_by: string | null;
  ends_on: EndedOn | null;
}

/** The run in a row. */
export const runIn = (row: RunRow): Run => ({
  id: row.id,
  version: row.version,
  state: row.state,
  action: row.action,
  target: { service: row.service, env: row.env },
  params: row.params,
  reason: row.reason,
  requestedBy: { id: row.requested_by, team: row.team },
  parent: row.parent,
  askedIn: row.asked_in,
  ...(row.incident && { incident: row.incident }),
  plan: row.plan,
  approval: row.approval,
  votes: row.votes,
  steps: row.steps,
  verdict: row.verdict,
  why: row.why,
  ...(row.new_plan && { newPlan: row.new_plan }),
  ...(row.escalated && { escalated: row.escalated }),
  fence: row.fence,
  createdAt: row.created_at.getTime(),
  changedAt: row.changed_at.getTime(),
  waitsUntil: row.waits_until?.getTime() ?? null,
  validUntil: row.valid_until?.getTime() ?? null,
  ending: row.ends_at && {
    at: row.ends_at.getTime(),
    ended: endedIn(row),
    ...(row.ends_on && { on: row.ends_on }),
  },
});

const endedIn = ({ ended_how: how, ended_by: by }: RunRow): Ended | null =>
  how === null || by === null ? null : { how, by };
