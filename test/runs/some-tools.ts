import type { Run } from '../../src/core/run.ts';
import type { SecondFactor } from '../../src/core/second-factor.ts';
import type { Runs, Transition } from '../../src/core/transition.ts';
import { type RunTools, usualTimes } from '../../src/runs/run-tools.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { memoryStore } from '../support/memory-store.ts';
import { notingLog } from '../support/noting-log.ts';
import { someRun } from '../support/some-run.ts';
import { actionOn, directoryOf } from './grounds.ts';

/** What one phase of a run works with, and what it asked of it; every change is made and noted. */
export function someTools(change: Partial<RunTools> = {}, runs: Partial<Runs> = {}) {
  const changes: Transition[] = [];
  const pauses: number[] = [];
  const log = notingLog();
  const store = memoryStore();
  const roles = new Map([
    ['UONCALL', ['oncall']],
    ['UMANAGER', ['manager']],
  ]);
  const house = { roles, silent: new Set<string>(), gone: new Set<string>() };
  const tools: RunTools = {
    actions: [actionOn({ release: '1.0', effects: [] })],
    targets: { offer: async () => ({}) as never },
    runs: {
      ...store.runs,
      find: async () => null,
      children: async () => [],
      transition: async (one) => {
        changes.push(one);
        return { kind: 'done', run: made(one) };
      },
      ...runs,
    },
    locks: store.locks,
    claims: store.claims,
    tally: store.tally,
    directory: directoryOf(house),
    secondFactor: { hasKey: true, verify: async () => ({ kind: 'ok' }) } as unknown as SecondFactor,
    limits: () => ({ perPerson: {}, perTarget: {} }),
    approvals: () => defaultApprovals,
    isProduction: () => true,
    targetsIn: () => [],
    cardPlaces: () => ['C-approvals'],
    stopped: async () => null,
    newId: () => 'R-1',
    agent: 'test',
    clock: { now: () => 1_000_000, monotonic: () => 0 },
    log,
    takesJobs: () => false,
    sleep: async (ms) => void pauses.push(ms),
    times: usualTimes,
    ...change,
  };
  return { tools, changes, pauses, log, store, house };
}

/** What a run that nobody looks at any more is after a change. */
const made = ({ id, version, patch }: Transition): Run =>
  someRun({ id, version: version + 1, ...(patch as Partial<Run>) });
