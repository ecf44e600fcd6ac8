import { z } from 'zod';
import type { SlackDirectory } from '../../../src/bot/people/directory.ts';
import type { Action, On } from '../../../src/core/action.ts';
import type { ApprovalPolicy } from '../../../src/core/approval-policy.ts';
import type { BreakGlassRule } from '../../../src/core/break-glass.ts';
import { messageOf } from '../../../src/core/errors.ts';
import type { Log } from '../../../src/core/log.ts';
import type { OutboxRow } from '../../../src/core/outbox.ts';
import type { Run } from '../../../src/core/run.ts';
import type { SecondFactor } from '../../../src/core/second-factor.ts';
import { everyService } from '../../../src/core/target.ts';
import { approvalsAnywhere as defaultApprovals } from '../../support/approvals-anywhere.ts';
import { processOf } from '../virtual-time.ts';
import { drawing, startDesk } from './desk.ts';
import { escalatesAfter } from './escalations.ts';
import { confirmAtOnce, happen, secondAccounts, takeBack, theCode } from './happen.ts';
import { limits } from './limits.ts';
import { waitInVirtualTime } from './timers.ts';
import {
  type Code,
  changesOf,
  machineOf,
  type Params,
  type Process,
  type Replica,
  type Stage,
  type World,
} from './truth.ts';
import { createWorld, inMemory } from './world.ts';

/** What came of a schedule: the first thing that must not have happened, or null, and how often each thing did. */
interface Schedule {
  verdict: string | null;
  seen: Map<string, number>;
}

/** Runs one schedule. Nobody reads where the errors in it come from, unless it is the only one. */
export async function simulate(code: Code, seed: number, stage?: Stage): Promise<Schedule> {
  const { stackTraceLimit } = Error;
  if (!process.env.SIM_SEED) Error.stackTraceLimit = 0; // a tenth of the time
  try {
    return await runSchedule(code, seed, stage);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function runSchedule(code: Code, seed: number, stage?: Stage): Promise<Schedule> {
  waitInVirtualTime();
  const world = createWorld(seed, stage ?? inMemory(code.memoryStore));
  const { chance, judge, time } = world;
  const replicas = [boot(world, code, 'A'), boot(world, code, 'B')];
  let happenings = 12 + Math.floor(chance.next() * 20);
  while (happenings > 0 && judge.verdict() === null) {
    const dice = chance.next();
    if (dice < (world.waiting() === 0 ? 0.5 : 0.08)) {
      happenings -= 1;
      happen(world, replicas, (name) => boot(world, code, name));
      await world.settle();
    } else if (dice > 0.95 || !(await world.step())) {
      await time.fireNext();
    }
  }
  await calm(world, code, replicas);
  await Promise.all(replicas.map(({ runner }) => runner.stop(0)));
  return { verdict: judge.verdict(), seen: judge.seen };
}

/** Nothing goes wrong any more: everything has to come to its end. */
async function calm(world: World, code: Code, replicas: Replica[]): Promise<void> {
  const { judge, time } = world;
  world.stop = false;
  for (const id of ['m1', 'm2']) await world.store.killSwitch.lift({ id, team: 'T1' });
  world.troubled = false;
  world.skew = 0;
  world.silent.clear();
  world.suspended.clear();
  for (const [at, { process }] of replicas.entries()) {
    if (!process.alive) replicas[at] = boot(world, code, process.name);
  }
  judge.calm();
  await time.pass(20_000); // whoever is stopped goes on
  const end = time.clock.monotonic() + 120_000;
  const asked = new Set<string>();
  while (time.clock.monotonic() < end && judge.verdict() === null) {
    while (await world.step());
    takeBack(world, replicas, asked);
    await time.fireNext();
    const over = judge
      .all()
      .every(({ state, ending }) => ends.has(state) && ending?.ended !== null);
    if (over && judge.told.isDone() && world.waiting() === 0) break;
  }
  await time.pass(7_000);
  while (await world.step());
  await judge.quiet(async (row) => {
    const drawn = await code.drawRuns(drawing(world, world.store.runs))(row as OutboxRow);
    return drawn?.message.blocks;
  });
  for (const { run } of await world.store.breakGlass.unreviewed()) {
    await world.store.breakGlass.review(run, { id: 'a reviewer', team: 'T1' }, 'it was a test');
  }
}

const ends: ReadonlySet<string> = new Set([
  'succeeded',
  'failed',
  'interrupted',
  'denied',
  'expired',
  'cancelled',
  'superseded',
  'compensated',
]);

/** Starts a process. */
function boot(world: World, code: Code, name: string): Replica {
  const { time } = world;
  const waits = world.takesDeliveries ? { after: time.after } : {};
  const process: Process = { name, alive: true, stoppedUntil: 0, stops: 0, ...waits };
  const parts = processOf.run(process, () => {
    const made = code.createRunner({
      actions: [
        actionFor(world, process, code),
        { ...actionFor(world, process, code), name: 'sweep', everywhere: true },
        undoFor(world, process, code),
      ],
      targets: { offer: async () => ({}) as never },
      targetsIn: (env) =>
        [...world.machines.keys()].map((name) => ({ service: name.split('@')[0] ?? '', env })),
      runs: world.runsFor(process),
      locks: world.locksFor(process),
      claims: world.claimsFor(process),
      breakGlass: world.usesFor(process),
      tally: world.store.tally,
      limits: () => limits,
      secondFactor: secondFactorFor(world, process),
      directory: code.refuseSecondAccounts(directoryFor(world, process), secondAccounts),
      approvals: () => policyOf(world),
      isProduction: () => true,
      cardPlaces: ({ requestedBy }) => (world.slack ? ['C', `user:${requestedBy.id}`] : ['C']),
      namedPeople: () => (world.silent.has('m1') ? null : ['m1', 'm2', 'asker']),
      incidentOf: world.incidentFor(process),
      stopped: () => code.whyStopped(world.switchFor(process)),
      newId: () => {
        world.made += 1;
        return `${world.prefix}-${world.made}`;
      },
      agent: name,
      clock: { now: () => time.clock.now() + world.skew, monotonic: time.clock.monotonic },
      log: logFor(world),
      sleep: time.sleep,
      times,
    });
    made.start();
    const confirm = (run: Run) => confirmAtOnce(made, run);
    const deliver = startDesk({ world, process, code, runner: made, log: logFor(world), confirm });
    return { runner: made, deliver };
  });
  return { process, ...parts };
}

const times = {
  precheck: 2_000,
  plan: 2_000,
  verify: 3_000,
  probe: 1_000,
  compensate: 5_000,
  sweep: 1_000,
  verifyPauses: [500, 500],
  planning: 8_000,
};

const policies = new Map<number, ApprovalPolicy>();

/** The usual approvals, with shorter times. */
function policyOf({ policyVersion }: World): ApprovalPolicy {
  const policy = policies.get(policyVersion) ?? policyAt(policyVersion);
  policies.set(policyVersion, policy);
  return policy;
}

function policyAt(version: number): ApprovalPolicy {
  const { low, high, destructive } = defaultApprovals.production;
  const soon = { waits: 20_000, validFor: 12_000, reason: 0 };
  const production = {
    low: { ...low, ...soon },
    high: { ...high, ...soon, escalate },
    destructive: { ...destructive, ...soon, escalate, incident: 'required' as const },
  };
  return { version: String(version), production, elsewhere: production, breakGlass };
}

/** Whoever is behind it hears of what nobody decides. */
const escalate = { after: escalatesAfter, to: ['role:manager'] };

/** Once for each until somebody else has looked at it, and seldom enough that the limit is met. */
const breakGlass: BreakGlassRule = {
  roles: ['oncall'],
  onCall: ['primary'],
  never: ['sweep'],
  notify: { roles: ['manager'], channel: 'C' },
  perPerson: 2,
  global: 3,
  review: { by: ['manager', 'security'], within: 60_000 },
};

/** Everybody's code is right once they have it; the database breaks here as it does elsewhere. */
const secondFactorFor = (world: World, process: Process): SecondFactor => ({
  hasKey: true,
  verify: async ({ id }, code) => {
    await world.gate(process);
    if (world.troubled && world.chance.of(0.02)) throw new Error('the connection was lost');
    if (code !== theCode) return { kind: 'wrong' };
    const enrolledAt = factorOf(world, id);
    if (enrolledAt === null) return { kind: 'not-enrolled' };
    world.judge.proved(id);
    return { kind: 'ok', enrolledAt };
  },
  enrolledAt: async ({ id }) => {
    if (world.chance.of(0.3)) await world.gate(process);
    if (world.troubled && world.chance.of(0.02)) throw new Error('the connection was lost');
    return factorOf(world, id);
  },
});

const factorOf = ({ factors }: World, id: string): number | null =>
  factors.has(id) ? (factors.get(id) ?? null) : 1;

/** Only what a broken database says is no fault of ours. */
const logFor = ({ judge }: World): Log => ({
  debug() {},
  info() {},
  warn() {},
  error: (fields, what) => {
    const { why, error, err } = fields as { why?: string; error?: unknown; err?: unknown };
    const said = why ?? messageOf(err ?? error ?? what);
    if (!/connection was lost|no answer within/.test(said)) judge.broke(said);
  },
});

function directoryFor(world: World, process: Process): SlackDirectory {
  const others = {} as SlackDirectory; // nobody asks who belongs to a group
  return {
    ...others,
    standing: async (id, team, options) => {
      if (world.chance.of(0.3)) await world.gate(process);
      if (world.suspended.has(id)) return { kind: 'refused', why: 'suspended' };
      const known = world.people.get(id) ?? { roles: [], before: [], changedAt: 0 };
      const now = options?.maxAge === 0;
      if (now && world.silent.has(id)) {
        return { kind: 'unverified', person: { id, team, roles: [] }, why: 'Slack is silent' };
      }
      const age = world.time.clock.monotonic() - known.changedAt;
      const old = !now && age < (options?.maxAge ?? 0) && world.chance.of(0.5);
      return { kind: 'member', person: { id, team, roles: old ? known.before : known.roles } };
    },
  };
}

const anything = z.unknown();

/** An action of two steps that goes wrong in every way it can. */
function actionFor(world: World, process: Process, code: Code): Action {
  const { chance, judge } = world;
  const gate = () => world.gate(process);
  const trouble = (share: number) => world.troubled && chance.of(share);
  const refusal = () => new code.TargetError('no', { retryable: false, happened: false });
  /** Each request has a number of its own, by which the truth knows its run. */
  const runOf = ({ params }: { params: unknown }) =>
    judge.all().find((run) => (run.params as unknown as Params).n === (params as Params).n)?.id ??
    '';
  const isOnAll = (id: string) =>
    judge.all().some((run) => run.id === id && run.target.service === everyService);
  return {
    name: 'restart',
    version: 1,
    summary: '',
    examples: [],
    aliases: [],
    runbook: '',
    params: anything,
    baseRisk: 'low',
    needs: ['lifecycle'],
    about: (params) => (params as Params).about,
    precheck: async () => ({ ok: !trouble(0.03), checks: [] }),
    plan: async (params, on) => {
      await gate();
      const changes = changesOf(world, on);
      if (trouble(0.02)) throw new code.TargetError('no answer', { retryable: true });
      return {
        summary: '',
        facts: [
          { name: 'changes', value: String(changes), material: !(params as Params).blind },
          { name: 'policy', value: String(world.policyVersion), material: false },
        ],
        steps: ['one', 'two'].map((id) => ({
          id,
          does: id,
          args: null,
          timeout: 5_000,
          repeatable: false,
        })),
        risk: (params as Params).risk,
        riskReasons: [],
        undo: { possible: true, how: '' },
        ...revertOf(params as Params),
      };
    },
    execute: async (step, plan, { target }, signal) => {
      const id = runOf(plan);
      const name = isOnAll(id) ? `${target.service}:${step.id}` : step.id;
      const { stops } = process;
      if (chance.of(0.6)) await gate();
      const stale = stops !== process.stops && !(await judge.holds(id)); // the target knows the fence
      if (stale || signal.aborted || trouble(0.03)) throw refusal();
      if (trouble(0.06)) throw new Error('nobody knows that nothing happened');
      await judge.effect(id, name);
      await gate();
      if (trouble(0.03)) throw new Error('reset');
      if (trouble(0.08)) return { kind: 'failed', why: 'half done' };
      return { kind: 'done', seen: step.id };
    },
    probe: async () => {
      await gate();
      return { kind: 'unknown', why: 'nobody knows' };
    },
    verify: async () => {
      await gate();
      const ok = !trouble(0.45);
      return { ok, checks: [{ name: 'health', ok, seen: ok ? 'up' : 'down' }] };
    },
    compensate: async (plan, { target }, signal) => {
      const id = runOf(plan);
      await gate();
      if (signal.aborted || !(await judge.holds(id))) throw refusal();
      if (trouble(0.2)) return { kind: 'failed', why: 'it stays' };
      judge.takenBack(id, target);
      return { kind: 'done', seen: 'back' };
    },
  };
}

const revertOf = ({ lasts }: Params) =>
  lasts && { revert: { action: 'undo', params: { thing: lasts.thing }, after: lasts.after } };

/** What takes down what another run put up, if that still is what is up. */
function undoFor(world: World, process: Process, code: Code): Action {
  const { chance, judge } = world;
  const usual = actionFor(world, process, code);
  const trouble = (share: number) => world.troubled && chance.of(share);
  const isThere = (params: unknown, { target, request }: On) =>
    machineOf(world, { target }).up.get((params as { thing: string }).thing) === request.ends;
  return {
    ...usual,
    name: 'undo',
    everywhere: true,
    about: () => [],
    precheck: async (params, on) => {
      await world.gate(process);
      if (trouble(0.1)) throw new code.TargetError('no answer', { retryable: true });
      const ok = isThere(params, on);
      return { ok, nothingToDo: !ok, checks: [] };
    },
    plan: async (params, on) => {
      const {
        revert: _none,
        steps,
        ...draft
      } = await usual.plan({ ...Object(params), risk: 'low' }, on);
      return { ...draft, steps: steps.slice(0, 1).map((step) => ({ ...step, id: 'down' })) };
    },
    execute: async (_step, _plan, { request }, signal) => {
      const id = request.run ?? '';
      const { stops } = process;
      if (chance.of(0.6)) await world.gate(process);
      const stale = stops !== process.stops && !(await judge.holds(id));
      if (stale || signal.aborted || trouble(0.1)) {
        throw new code.TargetError('no', { retryable: false, happened: false });
      }
      await judge.takenDown(id);
      await world.gate(process);
      if (trouble(0.1)) throw new Error('reset');
      return { kind: 'done', seen: 'down' };
    },
    verify: async () => {
      await world.gate(process);
      const ok = !trouble(0.1);
      return { ok, checks: [{ name: 'down', ok, seen: '' }] };
    },
    compensate: async () => ({ kind: 'failed', why: 'it stays down' }),
  };
}
