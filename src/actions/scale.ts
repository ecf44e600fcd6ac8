import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import { TargetError } from '../core/errors.ts';
import type { ActionRisk, Draft, Plan, Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { carryOut } from './change.ts';
import { healthChecks, healthFacts, verdictOf } from './proof.ts';

const params = z.strictObject({
  copies: z.int().min(0).max(1_000).describe('How many copies there are to be.'),
});

const stepArgs = z.object({ from: z.number(), to: z.number() });

/** How long looking may take, in milliseconds. */
const patience = 5_000;
/** How long one copy may take to come or to go, in milliseconds. */
const perCopy = 30_000;

type Needs = 'replicas' | 'probes';

/** Runbook 002 "High Response Times", 001 and 003 "scale horizontally": more copies, or fewer again. */
export const scale = defineAction({
  name: 'scale',
  version: 1,
  summary: 'Changes how many copies of a service run, and checks that as many are ready.',
  examples: [
    'scale rust-auth@prod 5 --reason "responses take over a second"',
    'scale rust-auth@prod 2 --reason "the load test is over"',
  ],
  aliases: [],
  runbook: '002 High Response Times',
  params,
  operands: ['copies'],
  baseRisk: 'low',
  needs: ['replicas', 'probes'],

  async precheck({ copies }, on) {
    return verdictOf(checksOf(copies, await replicasOf(on)));
  },

  async plan({ copies: to }, on): Promise<Draft> {
    const [now, health] = await Promise.all([replicasOf(on), healthFacts(on)]);
    const wrong = checksOf(to, now).find(({ ok }) => !ok);
    // A plan is made again before it is executed: what has become wrong since must not be planned.
    if (wrong) throw new TargetError(wrong.seen, { retryable: false, happened: false });
    const { wanted: from, ready, most } = now;
    return {
      summary: `Scale ${targetName(on.target)} from ${from} to ${to}`,
      facts: [
        { name: 'copies wanted', value: String(from), material: true },
        { name: 'copies ready', value: String(ready), material: false },
        { name: 'most copies', value: String(most), material: true },
        ...health,
      ],
      steps: [stepFor(from, to)],
      ...riskOf(from, to),
      undo: {
        possible: true,
        how: `when the checks afterwards fail, it is scaled back to ${from}, as part of this plan`,
      },
    };
  },

  execute: (step, _plan, on, signal) => {
    const { from, to } = stepArgs.parse(step.args);
    return carryOut(step, signal, readyText(to), (shorter) =>
      on.can.replicas.scale(to, from, shorter),
    );
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const { from, to } = stepArgs.parse(step.args);
    const { wanted, ready } = await replicasOf(on);
    const seen = stateText(wanted, ready);
    if (wanted === from) return { kind: 'failed', why: seen };
    return wanted === to && ready === to ? { kind: 'done', seen } : { kind: 'unknown', why: seen };
  },

  async verify(plan, on): Promise<Verdict> {
    const { to } = argsIn(plan);
    const [{ wanted, ready }, health] = await Promise.all([replicasOf(on), healthChecks(on)]);
    const seen = stateText(wanted, ready);
    return verdictOf([{ name: 'copies', ok: wanted === to && ready === to, seen }, ...health]);
  },

  async compensate(plan, on, signal): Promise<StepOutcome> {
    const { from, to } = argsIn(plan);
    await on.can.replicas.scale(from, to, signal);
    return { kind: 'done', seen: readyText(from) };
  },
});

interface Replicas {
  wanted: number;
  ready: number;
  most: number;
}

const replicasOf = ({ can }: On<Needs>): Promise<Replicas> =>
  can.replicas.read(AbortSignal.timeout(patience));

function checksOf(to: number, { wanted, most }: Replicas): Verdict['checks'] {
  if (to === 0) {
    const seen =
      'without a copy nobody can sign in at all; switch maintenance on instead, which says so to everybody';
    return [{ name: 'copies', ok: false, seen }];
  }
  if (to === wanted)
    return [{ name: 'copies', ok: false, seen: `${count(wanted)} wanted already` }];
  const seen = `${count(wanted)} wanted, and at most ${most} are allowed by the catalogue`;
  return [{ name: 'copies', ok: to <= most, seen }];
}

const stepFor = (from: number, to: number): Step => ({
  id: `scale:${to}`,
  does: `Change the number of copies from ${from} to ${to}`,
  args: { from, to },
  timeout: perCopy * (1 + Math.abs(to - from)),
  repeatable: false,
});

/** A few copies more harm nobody; fewer, or many more, may. */
function riskOf(from: number, to: number): { risk: ActionRisk; riskReasons: string[] } {
  if (to < from) {
    const gone = from - to === 1 ? 'One copy ends' : `${from - to} copies end`;
    return { risk: 'high', riskReasons: [`${gone}, and the others get its work.`] };
  }
  if (to <= from * 2) {
    return { risk: 'low', riskReasons: ['Nothing of what runs is touched; copies are added.'] };
  }
  const reason =
    'It is more than twice as many as now: each of them takes connections of the database.';
  return { risk: 'high', riskReasons: [reason] };
}

const readyText = (copies: number): string =>
  copies === 1 ? '1 copy is ready' : `${copies} copies are ready`;

const stateText = (wanted: number, ready: number): string =>
  `${count(wanted)} wanted, ${count(ready)} ready`;

const count = (copies: number): string => `${copies} ${copies === 1 ? 'is' : 'are'}`;

const argsIn = ({ steps }: Pick<Plan, 'steps'>) => stepArgs.parse(steps[0]?.args);
