import type { Action, On } from '../../src/core/action.ts';
import type { Capability, Probe } from '../../src/core/capabilities.ts';
import type { Health } from '../../src/core/health.ts';
import type { Json } from '../../src/core/json.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import { stillClock } from './clock.ts';
import { someRequest } from './some-request.ts';

/** What an action of a test works with: these capabilities, on `api@prod`, at a time that stands still. */
export const onGround = <Needs extends Capability>(
  can: On<Needs>['can'],
  more: Partial<Omit<On<Needs>, 'can'>> = {},
) => ({
  target: { service: 'api', env: 'prod' },
  clock: stillClock(),
  maybe: {},
  request: someRequest,
  ...more,
  can,
});

/** Probes of one check that is as the test has it at that moment. */
export const probesThat = (health: () => Health) => {
  const probe: Probe = {
    name: 'ready',
    run: async () => ({ health: health(), detail: '200 in 1 ms' }),
  };
  return { list: () => [probe] };
};

/** The whole plan that an action makes; parameters are read as they are typed. */
export async function planOf<Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  params: Json,
  on: On<Needs>,
): Promise<Plan> {
  const draft = await action.plan(action.params.parse(params), on);
  return { ...draft, action: action.name, version: 1, target: on.target, params, hash: '' };
}

/** The only step of a plan. */
export function onlyStep({ steps }: Plan): Step {
  const [step, ...more] = steps;
  if (!step || more.length > 0) throw new Error(`there are ${steps.length} steps`);
  return step;
}

/** Does the only step of a plan. */
export const doIt = <Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  plan: Plan,
  on: On<Needs>,
) => action.execute(onlyStep(plan), plan, on, new AbortController().signal);

/** Looks after a crash whether the only step has happened. */
export const lookAgain = <Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  plan: Plan,
  on: On<Needs>,
) => action.probe(onlyStep(plan), plan, on);
