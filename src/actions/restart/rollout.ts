import { z } from 'zod';
import type { On, StepOutcome, Verdict } from '../../core/action.ts';
import type { Instance, Rollout } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import type { Draft, Plan, Step } from '../../core/plan.ts';
import { carryOut } from '../change.ts';
import { copiesOf, copyFact } from '../copies.ts';
import { healthChecks, healthFacts, verdictOf } from '../proof.ts';
import { restartedName } from './dependents.ts';

/** What a restart needs of its target. */
export type Needs = 'instances' | 'lifecycle' | 'probes';

/** How long looking at a rollout may take, in milliseconds. */
const patience = 5_000;
/** How long one copy may take to be replaced, in milliseconds. */
const perCopy = 60_000;

const rolloutArgs = z.object({
  rollout: z.string(),
  copies: z.array(z.object({ id: z.string(), startedAt: z.number().nullable() })),
});

/** What the one step of such a restart works from. */
export type RolloutArgs = z.infer<typeof rolloutArgs>;

const look = (rollout: Rollout) => rollout.read(AbortSignal.timeout(patience));

/** Whether all copies can be replaced now: one alone cannot, and nothing is begun while something else goes on. */
export async function checkRollout(
  rollout: Rollout,
  instance: string | undefined,
  on: On<Needs>,
): Promise<Verdict> {
  const [state, copies] = await Promise.all([look(rollout), copiesOf(on)]);
  return verdictOf([
    {
      name: 'copies',
      ok: copies.length > 0 && instance === undefined,
      seen:
        instance === undefined
          ? `it has ${copies.length} of them`
          : 'its copies are replaced together, not one of them; leave out --instance',
    },
    {
      name: 'rollout',
      ok: state.hindrance === null,
      seen: state.hindrance ?? state.detail,
    },
  ]);
}

/** One step: Kubernetes replaces some at a time by itself, and half of it is nothing that could be approved. */
export async function planRollout(rollout: Rollout, on: On<Needs>): Promise<Draft> {
  const [state, copies, health] = await Promise.all([look(rollout), copiesOf(on), healthFacts(on)]);
  return {
    summary: `Restart ${restartedName(on)}`,
    facts: [
      { name: 'made from', value: state.id, material: true },
      ...copies.map(copyFact),
      ...health,
    ],
    steps: [stepFor(state.id, copies)],
    risk: 'high',
    riskReasons: [impactOf(copies)],
    undo: {
      possible: false,
      how: 'A restart cannot be taken back; sessions in memory are lost.',
    },
  };
}

const stepFor = (rollout: string, copies: readonly Instance[]): Step => ({
  id: 'restart:all',
  does: `Replace ${copies.map(({ id }) => id).join(', ')} by new copies, some at a time`,
  args: { rollout, copies: copies.map(({ id, startedAt }) => ({ id, startedAt })) },
  timeout: perCopy * Math.max(1, copies.length),
  repeatable: false,
});

function impactOf(copies: readonly Instance[]): string {
  const up = copies.filter(({ health }) => health === 'up').length;
  return up === 0
    ? 'What is started may not come up, or not stay up; nothing of it runs now, so nobody is cut off by it.'
    : `All ${copies.length} copies are replaced, some at a time; the others serve meanwhile.`;
}

/** Replaces them, marked with the run: told twice, they are replaced once. */
export async function replaceAll(
  rollout: Rollout,
  step: Step,
  { request }: On<Needs>,
  signal: AbortSignal,
): Promise<StepOutcome> {
  const { rollout: expected } = argsOf(step);
  const { run } = request;
  if (run === null) {
    throw new TargetError('only a run replaces copies', { retryable: false, happened: false });
  }
  return carryOut(step, signal, 'only new copies run', (shorter) =>
    rollout.replace(run, expected, shorter),
  );
}

/** The mark says whether this very run has begun it. */
export async function probeRollout(
  rollout: Rollout,
  { rollout: expected }: RolloutArgs,
  { request }: On<Needs>,
): Promise<StepOutcome> {
  const state = await look(rollout);
  if (state.mark === request.run) {
    return state.complete
      ? { kind: 'done', seen: `its copies were replaced: ${state.detail}` }
      : { kind: 'unknown', why: `its copies are being replaced: ${state.detail}` };
  }
  return state.id === expected
    ? { kind: 'failed', why: 'its copies are made from what they were made from before' }
    : { kind: 'unknown', why: 'somebody else has changed it since' };
}

/** Only new copies run, as many as are wanted, and they are well. */
export async function verifyRollout(rollout: Rollout, plan: Plan, on: On<Needs>): Promise<Verdict> {
  const args = argsOf(plan.steps[0]);
  const [state, copies, health] = await Promise.all([
    look(rollout),
    copiesOf(on),
    healthChecks(on),
  ]);
  const old = copies.filter((copy) =>
    args.copies.some(({ id, startedAt }) => id === copy.id && startedAt === copy.startedAt),
  );
  const left = old.map(({ id }) => id).join(', ');
  return verdictOf([
    { name: 'rollout', ok: state.complete && state.id !== args.rollout, seen: state.detail },
    {
      name: 'copies',
      ok: copies.length > 0 && old.length === 0,
      seen: left === '' ? `all ${copies.length} are new` : `still there: ${left}`,
    },
    ...health,
  ]);
}

/** Reads the arguments back. */
export const argsOf = (step: Pick<Step, 'args'> | undefined): RolloutArgs =>
  rolloutArgs.parse(step?.args);
