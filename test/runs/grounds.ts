import { z } from 'zod';
import type { Action, StepOutcome, Verdict } from '../../src/core/action.ts';
import type { Capabilities, Capability } from '../../src/core/capabilities.ts';
import type { Directory } from '../../src/core/person.ts';
import type { Draft } from '../../src/core/plan.ts';
import { ok, type Result } from '../../src/core/result.ts';
import type { Run } from '../../src/core/run.ts';
import type { SecondFactor } from '../../src/core/second-factor.ts';
import type { Runs } from '../../src/core/transition.ts';
import { createRunner, type RunnerOptions } from '../../src/runs/create-runner.ts';
import { usualTimes } from '../../src/runs/run-tools.ts';
import type { Ballot, RunRequest } from '../../src/runs/runner.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { notingLog } from '../support/noting-log.ts';
import { virtualTime } from './virtual-time.ts';

/** A target in miniature: what changes it is counted. */
export interface Machine {
  /** What the plan is about. */
  release: string;
  effects: string[];
}

/** An action whose every part a test can replace. */
export function actionOn(machine: Machine, change: Partial<Action> = {}): Action {
  const draft = (): Draft => ({
    summary: 'Restart it',
    facts: [
      { name: 'release', value: machine.release, material: true },
      { name: 'effects', value: String(machine.effects.length), material: false },
    ],
    steps: ['one', 'two'].map((id) => ({
      id,
      does: `Do ${id}`,
      args: { id },
      timeout: 30_000,
      repeatable: false,
    })),
    risk: 'high',
    riskReasons: ['it is a test'],
    undo: { possible: false, how: 'Not at all.' },
  });
  return {
    name: 'restart',
    version: 1,
    summary: 'Restarts it.',
    examples: [],
    aliases: [],
    runbook: '000',
    params: z.unknown(),
    baseRisk: 'high',
    needs: ['lifecycle'],
    precheck: async (): Promise<Verdict> => ({ ok: true, checks: [] }),
    plan: async () => draft(),
    execute: async (step): Promise<StepOutcome> => {
      machine.effects.push(step.id);
      return { kind: 'done', seen: `did ${step.id}` };
    },
    probe: async (step): Promise<StepOutcome> =>
      machine.effects.includes(step.id)
        ? { kind: 'done', seen: 'it is there' }
        : { kind: 'failed', why: 'it is not there' },
    verify: async () => ({ ok: true, checks: [{ name: 'health', ok: true, seen: 'up' }] }),
    ...change,
  };
}

/** Who is who, changeable; people in `silent` cannot be looked up without a copy. */
export interface House {
  roles: Map<string, string[]>;
  silent: Set<string>;
  gone: Set<string>;
}

/** What Slack says of these people. */
export const directoryOf = ({ roles, silent, gone }: House): Directory => ({
  standing: async (id, team, options) => {
    const person = { id, team, roles: roles.get(id) ?? [] };
    if (gone.has(id)) return { kind: 'refused', why: 'deactivated' };
    if (silent.has(id) && options?.maxAge === 0) {
      return { kind: 'unverified', person, why: 'Slack does not answer' };
    }
    return { kind: 'member', person };
  },
});

/** The one-time password of everybody in these tests, as often as they like. */
export const theCode = '123456';
const everybodysCode: SecondFactor = {
  hasKey: true,
  verify: async (_, code) => (code === theCode ? { kind: 'ok', enrolledAt: 1 } : { kind: 'wrong' }),
  enrolledAt: async () => 1,
};

/** What every test has: people, a machine, a store in memory and a runner over it. */
export function grounds(change: Partial<RunnerOptions> & { action?: Partial<Action> } = {}) {
  const time = virtualTime();
  const store = memoryStore(time);
  const machine: Machine = { release: '1.0', effects: [] };
  const house: House = {
    roles: new Map([
      ['asker', ['oncall']],
      ['m1', ['manager']],
      ['m2', ['manager']],
      ['s1', ['security']],
      ['viewer', []],
    ]),
    silent: new Set(),
    gone: new Set(),
  };
  const log = notingLog();
  const { action, ...options } = change;
  let made = 0;
  const can = { lifecycle: {} } as Partial<Capabilities>;
  const runnerOver = (more: Partial<RunnerOptions> = {}) =>
    createRunner({
      actions: [actionOn(machine, action)],
      targets: { offer: async <C extends Capability>(_: unknown, need: C) => can[need] ?? null },
      runs: store.runs,
      locks: store.locks,
      claims: store.claims,
      tally: store.tally,
      directory: directoryOf(house),
      approvals: () => defaultApprovals,
      secondFactor: everybodysCode,
      isProduction: () => true,
      cardPlaces: () => ['C-approvals'],
      stopped: async () => null,
      newId: () => {
        made += 1;
        return `R-${made}`;
      },
      agent: 'test',
      clock: time.clock,
      log,
      sleep: time.sleep,
      times: usualTimes,
      ...options,
      ...more,
    });
  const runner = runnerOver();
  const find = async (id: string): Promise<Run> => {
    const run = await store.runs.find(id);
    if (!run) throw new Error(`there is no run ${id}`);
    return run;
  };
  return { time, store, machine, house, log, can, runner, runnerOver, find };
}

/** What is asked for when a test does not care. */
export const aRequest = (change: Partial<RunRequest> = {}): RunRequest => ({
  action: 'restart',
  target: { service: 'rms-auth', env: 'prod' },
  params: {},
  reason: 'it leaks memory again',
  by: { id: 'asker', team: 'T1', roles: ['oncall'] },
  askedIn: 'C1',
  ...change,
});

/** Somebody’s yes to the run as it is. */
export const ballot = (run: Run, person: string, change: Partial<Ballot> = {}): Ballot => ({
  run: run.id,
  planHash: run.plan?.hash.slice(0, 8) ?? '',
  by: { id: person, team: 'T1', roles: [] },
  kind: 'approve',
  note: null,
  typedTarget: null,
  code: theCode,
  ...change,
});

/** The value of a result that a test takes for granted. */
export function granted<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return ok(result.value).value;
}

/** Everything that the audit says of a run, oldest first, as `event by actor`. */
export const storyOf = async (
  {
    audit,
  }: {
    audit: {
      find(query: {
        subject: string;
        limit: number;
      }): Promise<readonly { event: string; actor: string }[]>;
    };
  },
  subject: string,
): Promise<string[]> =>
  (await audit.find({ subject, limit: 100 }))
    .toReversed()
    .map(({ event, actor }) => `${event} ${actor}`);

/** Runs whose answers a test can spoil: each change is made, or not, and then the error is thrown. */
export const spoilt = (
  runs: Runs,
  spoil: (change: Parameters<Runs['transition']>[0]) => 'before' | 'after' | null,
): Runs => ({
  ...runs,
  transition: async (change) => {
    const when = spoil(change);
    if (when === 'before') throw new Error('the connection was lost');
    const done = await runs.transition(change);
    if (when === 'after') throw new Error('the connection was lost');
    return done;
  },
});
