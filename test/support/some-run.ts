import type { ApprovalSet, Vote } from '../../src/core/approval.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { Run } from '../../src/core/run.ts';

/** The moment that these runs were asked for, in milliseconds since 1970. */
export const asked = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A restart of two copies. */
export const somePlan: Plan = {
  action: 'restart',
  version: 1,
  target: { service: 'rms-auth', env: 'prod' },
  params: {},
  summary: 'Restart rms-auth@prod',
  facts: [
    { name: 'api', value: 'pid 41, up', material: true },
    { name: 'worker', value: 'pid 42, up', material: true },
  ],
  steps: ['api', 'worker'].map((name) => ({
    id: `restart:${name}`,
    does: `Restart the copy ${name}`,
    args: { name },
    timeout: 10_000,
    repeatable: false,
  })),
  risk: 'high',
  riskReasons: ['People are signed out while it restarts'],
  undo: { possible: false, how: 'What was in memory is gone' },
  hash: '0123456789abcdef'.repeat(4),
};

/** One manager has to approve it. */
export const oneManager: ApprovalSet = {
  name: 'one',
  slots: [{ n: 1, anyOf: ['manager'] }],
  requesterConfirms: false,
  waits: 900_000,
  validFor: 600_000,
  reason: 8,
  typedTarget: false,
};

/** A manager's yes. */
export const someYes: Vote = {
  person: 'UMANAGER',
  kind: 'approve',
  roles: ['manager'],
  planHash: somePlan.hash,
  note: null,
  at: asked + 60_000,
};

/** A run that waits for a manager, or whatever the change says. */
export const someRun = (change: Partial<Run> = {}): Run => ({
  id: 'R7',
  version: 3,
  state: 'waiting',
  action: 'restart',
  target: { service: 'rms-auth', env: 'prod' },
  params: {},
  reason: 'memory leak since noon',
  requestedBy: { id: 'UONCALL', team: 'T1' },
  parent: null,
  askedIn: 'C1',
  plan: somePlan,
  approval: oneManager,
  votes: [],
  steps: [],
  verdict: null,
  why: null,
  fence: null,
  createdAt: asked,
  changedAt: asked + 1_000,
  waitsUntil: asked + 900_000,
  validUntil: null,
  ending: null,
  ...change,
});
