import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { RunState } from '../../src/core/run.ts';
import type { Runner } from '../../src/runs/runner.ts';
import { approvalsAnywhere as defaultApprovals } from '../support/approvals-anywhere.ts';
import { aRequest, ballot, granted, grounds } from './grounds.ts';

type Ground = ReturnType<typeof grounds>;
type Kind = 'approve' | 'deny' | 'confirm';

/** What a run has to be, worked out the simple way: one thing happens after the other. */
interface Expected {
  id: string;
  state: RunState;
  set: ApprovalSet;
  release: string;
  deadline: number;
  yes: Map<string, readonly string[]>;
}

interface Model {
  now: number;
  release: string;
  runs: Expected[];
}

interface Real {
  ground: Ground;
  runner: Runner;
}

const people = fc.constantFrom('asker', 'm1', 'm2', 's1', 'viewer');
/** Which run, counted from the newest. */
const which = fc.constantFrom(0, 0, 0, 1, 2);
const { production } = defaultApprovals;
const sets = {
  low: production.low,
  high: production.high,
  destructive: { ...production.destructive, reason: 0 },
};

const runAt = (model: Model, at: number) =>
  model.runs.at(-1 - (at % Math.max(1, model.runs.length)));

/** Everything that the database holds is as the model says, and so is what was done to the target. */
async function check(model: Model, { ground }: Real): Promise<void> {
  for (const { id, state } of model.runs) expect((await ground.find(id)).state, id).toBe(state);
  const done = model.runs.filter(({ state }) => state === 'succeeded').length;
  expect(ground.machine.effects).toHaveLength(2 * done);
  for (const { id } of model.runs) {
    const { version } = await ground.find(id);
    expect(await ground.store.audit.find({ subject: id, limit: 100 })).toHaveLength(version);
  }
  expect(await ground.store.locks.holders('rms-auth@prod')).toEqual([]);
}

class Request implements fc.AsyncCommand<Model, Real> {
  readonly risk: keyof typeof sets;
  /** What becomes of the target while the request waits. */
  readonly meanwhile: string | null;
  constructor(risk: keyof typeof sets, meanwhile: string | null) {
    this.risk = risk;
    this.meanwhile = meanwhile;
  }
  check = () => true;
  async run(model: Model, real: Real) {
    const run = granted(await real.runner.request(aRequest({ params: { risk: this.risk } })));
    const set = sets[this.risk];
    const { now, release } = model;
    model.runs.push({
      id: run.id,
      state: 'waiting',
      set,
      release,
      deadline: now + set.waits,
      yes: new Map(),
    });
    if (this.meanwhile !== null) {
      model.release = this.meanwhile;
      real.ground.machine.release = this.meanwhile;
    }
    await check(model, real);
  }
  toString = () => `request of ${this.risk} risk, then ${this.meanwhile ?? 'no change'}`;
}

class Vote implements fc.AsyncCommand<Model, Real> {
  readonly at: number;
  readonly person: string;
  readonly kind: Kind;
  constructor(at: number, person: string, kind: Kind) {
    this.at = at;
    this.person = person;
    this.kind = kind;
  }
  check = ({ runs }: Readonly<Model>) => runs.length > 0;
  async run(model: Model, real: Real) {
    const expected = runAt(model, this.at);
    if (!expected) return;
    const { house, find, time } = real.ground;
    const run = await find(expected.id);
    const typedTarget = 'rms-auth@prod';
    const said = await real.runner.vote(ballot(run, this.person, { kind: this.kind, typedTarget }));
    expect(said.ok).toBe(this.counts(expected, house.roles.get(this.person) ?? []));
    if (said.ok) this.take(expected, house.roles.get(this.person) ?? [], model);
    await time.pass(0);
    await check(model, real);
  }
  private counts({ state, set, yes }: Expected, roles: readonly string[]): boolean {
    if (state !== 'waiting') return false;
    if (this.kind === 'confirm') return this.person === 'asker' && set.requesterConfirms;
    const eligible = set.slots.some(({ anyOf }) => anyOf.some((role) => roles.includes(role)));
    return this.person !== 'asker' && eligible && (this.kind === 'deny' || !yes.has(this.person));
  }
  private take(expected: Expected, roles: readonly string[], model: Model) {
    if (this.kind === 'deny') {
      expected.state = 'denied';
      return;
    }
    expected.yes.set(this.person, roles);
    if (this.kind === 'approve' && !filled(expected)) return;
    expected.state = expected.release === model.release ? 'succeeded' : 'superseded';
  }
  toString = () => `${this.person} says ${this.kind} to ${this.at}`;
}

/** One manager, or two people of which one is a manager. */
function filled({ set, yes }: Expected): boolean {
  const all = [...yes.values()];
  const manager = all.some((roles) => roles.includes('manager'));
  return set.slots.length === 1 ? manager : manager && all.length >= 2;
}

class Cancel implements fc.AsyncCommand<Model, Real> {
  readonly at: number;
  readonly person: string;
  constructor(at: number, person: string) {
    this.at = at;
    this.person = person;
  }
  check = ({ runs }: Readonly<Model>) => runs.length > 0;
  async run(model: Model, real: Real) {
    const expected = runAt(model, this.at);
    if (!expected) return;
    const by = { id: this.person, team: 'T1', roles: [] };
    const said = await real.runner.cancel(expected.id, by);
    expect(said.ok).toBe(this.person === 'asker' && expected.state === 'waiting');
    if (said.ok) expected.state = 'cancelled';
    await check(model, real);
  }
  toString = () => `${this.person} cancels ${this.at}`;
}

class Pass implements fc.AsyncCommand<Model, Real> {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
  check = () => true;
  async run(model: Model, real: Real) {
    const whole = Math.ceil(this.ms / 1_000) * 1_000; // whole looks, so that none is under way
    await real.ground.time.pass(whole);
    model.now += whole;
    for (const run of model.runs) {
      if (run.state === 'waiting' && run.deadline <= model.now) run.state = 'expired';
    }
    await check(model, real);
  }
  toString = () => `${this.ms} ms pass`;
}

class Change implements fc.AsyncCommand<Model, Real> {
  readonly release: string;
  constructor(release: string) {
    this.release = release;
  }
  check = () => true;
  async run(model: Model, { ground }: Real) {
    ground.machine.release = this.release;
    model.release = this.release;
  }
  toString = () => `the release becomes ${this.release}`;
}

class Crash implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  async run(model: Model, real: Real) {
    real.ground.time.drop(() => true);
    real.runner = real.ground.runnerOver();
    real.runner.start();
    await real.ground.time.pass(0);
    await check(model, real);
  }
  toString = () => 'the process is killed and started again';
}

const voteOf = (kinds: readonly Kind[]) =>
  fc.tuple(which, people, fc.constantFrom(...kinds)).map((vote) => new Vote(...vote));

const commands = [
  fc
    .tuple(
      fc.constantFrom<keyof typeof sets>('low', 'high', 'destructive'),
      fc.constantFrom(null, null, '2.0', '3.0'),
    )
    .map((request) => new Request(...request)),
  voteOf(['approve', 'confirm', 'deny', 'deny']),
  voteOf(['approve', 'confirm']),
  voteOf(['approve', 'confirm']),
  voteOf(['approve', 'confirm']),
  fc.tuple(which, people).map((cancel) => new Cancel(...cancel)),
  fc.integer({ min: 1_000, max: 600_000 }).map((ms) => new Pass(ms)),
  fc.constantFrom('1.0', '2.0', '3.0').map((release) => new Change(release)),
  fc.constant(new Crash()),
];

/** A target whose plan has the risk that was asked for. */
function groundsOfAnyRisk(): Ground {
  const ground: Ground = grounds({
    approvals: () => ({ ...defaultApprovals, production: sets }),
    limits: () => ({ perPerson: {}, perTarget: {} }), // the model has none
    action: {
      baseRisk: 'low',
      plan: async (params) => ({
        summary: 'Restart it',
        facts: [{ name: 'release', value: ground.machine.release, material: true }],
        steps: ['one', 'two'].map((id) => ({
          id,
          does: id,
          args: null,
          timeout: 1_000,
          repeatable: false,
        })),
        risk: (params as { risk: keyof typeof sets }).risk,
        riskReasons: [],
        undo: { possible: false, how: '' },
      }),
    },
  });
  return ground;
}

test('a run is always where a simple model of it is, whatever is done in whatever order', async () => {
  const ends = new Map<RunState, number>();
  const sequences = fc.commands(commands, { maxCommands: 40, size: 'max' });
  await fc.assert(
    fc.asyncProperty(sequences, async (sequence) => {
      const ground = groundsOfAnyRisk();
      ground.runner.start();
      const real: Real = { ground, runner: ground.runner };
      const model: Model = { now: ground.time.clock.now(), release: '1.0', runs: [] };
      await fc.asyncModelRun(() => ({ model, real }), sequence);
      await real.runner.stop(0);
      for (const { state } of model.runs) ends.set(state, (ends.get(state) ?? 0) + 1);
    }),
    { numRuns: 80 },
  );
  const wanted: RunState[] = ['succeeded', 'superseded', 'denied', 'cancelled', 'expired'];
  for (const state of wanted) expect(ends.get(state) ?? 0, state).toBeGreaterThan(0);
});
