import type { AuditEntry, AuditQuery, AuditRecord } from '../../src/core/audit.ts';
import type { KillSwitch } from '../../src/core/kill-switch.ts';
import type { Unconfirmed, Whose } from '../../src/core/outbox.ts';
import { ok } from '../../src/core/result.ts';
import type { Run } from '../../src/core/run.ts';
import type { RunTools } from '../../src/handlers/runs/run-tools.ts';
import type { Ballot, Runner, RunRequest } from '../../src/runs/runner.ts';
import { approvalsAnywhere as defaultApprovals } from './approvals-anywhere.ts';
import { memoryStore } from './memory-store.ts';
import { somePlan, someRun } from './some-run.ts';

/** What was asked of a runner that does nothing but note it. */
export interface FakeRuns {
  tools: RunTools;
  requests: RunRequest[];
  previews: RunRequest[];
  ballots: Ballot[];
  cancelled: string[];
  reviews: { run: string; text: string }[];
  searched: AuditQuery[];
  /** What was written down although nothing was changed. */
  noted: AuditEntry[];
}

/** Runs that are there from the start, and what the runner says instead of yes. */
export interface FakeRunsOptions {
  runs?: readonly Run[];
  /** What came of whatever is asked about. */
  cameOf?: Run;
  records?: readonly AuditRecord[];
  request?: Runner['request'];
  vote?: Runner['vote'];
  killSwitch?: KillSwitch;
  /** Whose message every button stands in; the run's own unless it is said. */
  whose?: Whose;
  unconfirmed?: readonly Unconfirmed[];
  /** Thrown by whatever reads from the store. */
  broken?: Error;
}

/** A runner for tests of what leads to it. */
export function fakeRuns({
  runs = [someRun()],
  records = [],
  ...says
}: FakeRunsOptions = {}): FakeRuns {
  const noted: Omit<FakeRuns, 'tools'> = {
    requests: [],
    previews: [],
    ballots: [],
    cancelled: [],
    reviews: [],
    searched: [],
    noted: [],
  };
  const read = async <T>(value: T): Promise<T> => {
    if (says.broken) throw says.broken;
    return value;
  };
  const find = (id: string) => read(runs.find((run) => run.id === id) ?? null);
  const tools: RunTools = {
    runner: {
      find,
      async preview(request) {
        noted.previews.push(request);
        return ok(somePlan);
      },
      async request(request) {
        noted.requests.push(request);
        return says.request ? says.request(request) : ok(someRun());
      },
      async vote(ballot) {
        noted.ballots.push(ballot);
        return says.vote ? says.vote(ballot) : ok(someRun({ state: 'approved' }));
      },
      async review(review) {
        noted.reviews.push(review);
        return ok(true);
      },
      async cancel(id) {
        noted.cancelled.push(id);
        return ok(someRun({ state: 'cancelled' }));
      },
    },
    runs: {
      find,
      findByOrigin: () => read(says.cameOf ?? null),
      inStates: (states) => read(runs.filter(({ state }) => states.includes(state))),
    },
    audit: {
      async find(query) {
        noted.searched.push(query);
        return read(
          records
            .filter(({ id }) => query.beforeId === undefined || id < query.beforeId)
            .slice(0, query.limit),
        );
      },
    },
    outbox: {
      whose: async () => read(says.whose ?? 'its'),
      unconfirmed: async () => read(says.unconfirmed ?? []),
    },
    notes: {
      append: async (_subject, entry) => {
        noted.noted.push(await read(entry));
      },
    },
    claims: memoryStore().claims,
    locks: memoryStore().locks,
    killSwitch: says.killSwitch ?? memoryStore().killSwitch,
    approvalPolicy: defaultApprovals,
    approvals: 'CAPPROVALS',
  };
  return { tools, ...noted };
}
