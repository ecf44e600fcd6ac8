import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import type { Instance } from '../core/capabilities.ts';
import { formatDuration } from '../core/duration.ts';
import { messageOf, TargetError } from '../core/errors.ts';
import type { Draft, Plan, PlanFact, Step } from '../core/plan.ts';
import { copiesOf, copyFact, stateCheck } from './copies.ts';
import { plainName } from './plain-name.ts';
import { healthChecks, healthFacts, verdictOf } from './proof.ts';
import { dependentChecks, restartedName, withDependents } from './restart/dependents.ts';
import {
  argsOf,
  checkRollout,
  type Needs,
  planRollout,
  probeRollout,
  replaceAll,
  verifyRollout,
} from './restart/rollout.ts';

const params = z.strictObject({
  dependency: plainName('redis')
    .optional()
    .describe('Not the service but what it depends on, such as redis, by the name it has here.')
    .meta({ title: 'Dependency' }),
  instance: plainName('api')
    .optional()
    .describe(
      'Only this running copy, by the name that `status` shows; without it all, one by one.',
    )
    .meta({ title: 'Copy' }),
});

/** How long one copy may take to end and to come back, in milliseconds. */
const stepTimeout = 30_000;

const stepArgs = z.object({ instance: z.string(), startedAt: z.number().nullable() });

/** Runbook 000 "Complete Authentication Failure", 001 "Service Down", 002 "Service Down": restart, then prove that it came back. */
export const restart = defineAction({
  name: 'restart',
  version: 3,
  summary:
    'Restarts the running copies of a service, or of what it depends on, one by one, and checks that they came back.',
  examples: [
    'restart rms-auth@prod --reason "memory leak"',
    'restart rust-auth@prod --instance api --reason "hangs since 14:05"',
    'restart rms-auth@prod redis --reason "no connection gets through"',
  ],
  aliases: ['bounce'],
  runbook: '000 Complete Authentication Failure',
  params,
  operands: ['dependency'],
  dependency: 'dependency',
  baseRisk: 'high',
  needs: ['instances', 'lifecycle', 'probes'],

  async precheck({ instance }, on) {
    const { rollout } = on.can.lifecycle;
    if (rollout) return checkRollout(rollout, instance, on);
    const copies = await copiesOf(on);
    const known = copies.map(({ id }) => id);
    return verdictOf([
      {
        name: 'copies',
        ok: instance ? known.includes(instance) : known.length > 0,
        seen: knownCopies(known, instance),
      },
      stateCheck(copies),
    ]);
  },

  async plan({ instance }, on) {
    const { rollout } = on.can.lifecycle;
    if (rollout) return withDependents(await planRollout(rollout, on), on);
    const [all, health] = await Promise.all([copiesOf(on), healthFacts(on)]);
    const copies = all.filter(({ id }) => instance === undefined || id === instance);
    const draft: Draft = {
      summary: `Restart ${instance ? `${instance} of ` : ''}${restartedName(on)}`,
      facts: [...copies.map(copyFact), ...othersFact(all, copies), ...health],
      steps: downFirst(copies).map(stepFor),
      risk: 'high',
      riskReasons: [impactOf(all, copies, on)],
      undo: {
        possible: false,
        how: 'A restart cannot be taken back; sessions in memory are lost.',
      },
    };
    return withDependents(draft, on);
  },

  async execute(step, plan, on, signal): Promise<StepOutcome> {
    const { rollout } = on.can.lifecycle;
    if (rollout) return replaceAll(rollout, step, on, signal);
    const { instance, startedAt } = stepArgs.parse(step.args);
    try {
      await on.can.lifecycle.restart(instance, startedAt, signal);
      return { kind: 'done', seen: `${instance} runs again` };
    } catch (error) {
      const sure = error instanceof TargetError && (!error.happened || error.stuck);
      return sure
        ? { kind: 'failed', why: `${error.message}${leftAlone(plan, step)}` }
        : { kind: 'unknown', why: messageOf(error) };
    }
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const { rollout } = on.can.lifecycle;
    if (rollout) return probeRollout(rollout, argsOf(step), on);
    const { instance, startedAt } = stepArgs.parse(step.args);
    const copy = (await copiesOf(on)).find(({ id }) => id === instance);
    if (copy?.health !== 'up') return { kind: 'unknown', why: `${instance} does not run` };
    return copy.startedAt === startedAt
      ? { kind: 'failed', why: `${instance} is still the one that ran before` }
      : { kind: 'done', seen: `${instance} was started ${ago(copy, on.clock.now())}` };
  },

  async verify(plan, on): Promise<Verdict> {
    const { rollout } = on.can.lifecycle;
    const itself = rollout ? await verifyRollout(rollout, plan, on) : await verifyCopies(plan, on);
    return verdictOf([...itself.checks, ...(await dependentChecks(plan, on))]);
  },
});

async function verifyCopies(plan: Plan, on: On<Needs>): Promise<Verdict> {
  const [copies, checks] = await Promise.all([copiesOf(on), healthChecks(on)]);
  const restarted = plan.steps.map((step) => {
    const { instance, startedAt } = stepArgs.parse(step.args);
    const copy = copies.find(({ id }) => id === instance);
    const ok = copy?.health === 'up' && copy.startedAt !== startedAt;
    return { name: instance, ok, seen: ok ? 'a new one runs' : notBack(copy) };
  });
  return verdictOf([...restarted, ...checks]);
}

function knownCopies(known: readonly string[], wanted: string | undefined): string {
  if (known.length === 0) return 'it has no copy to restart';
  const missing = wanted !== undefined && !known.includes(wanted);
  return `${missing ? `there is no copy ${wanted}; ` : ''}its copies are ${known.join(', ')}`;
}

/** Whether others serve meanwhile is what makes it bearable: when they have gone down it is another plan. */
function othersFact(all: readonly Instance[], copies: readonly Instance[]): PlanFact[] {
  const others = all.filter((copy) => !copies.includes(copy));
  if (others.length === 0) return [];
  const value = others.map(({ id, health }) => `${id} ${health}`).join(', ');
  return [{ name: 'other copies', value, material: true }];
}

/** What does not run is started before anything that serves is ended. */
const downFirst = (copies: readonly Instance[]): Instance[] =>
  copies.toSorted((a, b) => Number(a.startedAt !== null) - Number(b.startedAt !== null));

/** It stops at the first copy that does not come back: what comes after it was not touched. */
function leftAlone({ steps }: Plan, { id }: Step): string {
  const after = steps.slice(steps.findIndex((step) => step.id === id) + 1);
  const names = after.map(({ args }) => stepArgs.parse(args).instance);
  return names.length === 0
    ? ''
    : `; ${names.join(', ')} ${names.length === 1 ? 'was' : 'were'} left alone`;
}

const stepFor = (copy: Instance): Step => ({
  id: `restart:${copy.id}`,
  does: copy.startedAt === null ? `Start ${copy.id}, which does not run` : `Restart ${copy.id}`,
  args: { instance: copy.id, startedAt: copy.startedAt },
  timeout: stepTimeout,
  repeatable: false,
});

const ago = ({ startedAt }: Instance, now: number): string =>
  startedAt === null ? 'at an unknown time' : `${formatDuration(now - startedAt)} ago`;

const notBack = (copy: Instance | undefined): string =>
  copy?.health === 'up' ? 'still the one that ran before' : 'does not run';

function impactOf(
  all: readonly Instance[],
  copies: readonly Instance[],
  { dependency }: Pick<On, 'dependency'>,
): string {
  const up = all.filter(({ health }) => health === 'up').length;
  if (up === 0)
    return 'What is started may not come up, or not stay up; nothing of it runs now, so nobody is cut off by it.';
  if (all.length === 1 && dependency)
    return 'It is the only copy: until it is back, whoever depends on it is without it.';
  if (all.length === 1)
    return 'It is the only copy: nobody can sign in through it until it is back.';
  return `${copies.length} of ${all.length} copies are restarted one after the other; the others serve meanwhile.`;
}
