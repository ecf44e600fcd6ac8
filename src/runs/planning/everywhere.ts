import type { Action, On, StepOutcome, Verdict } from '../../core/action.ts';
import { DeadlineError } from '../../core/deadline.ts';
import { messageOf, TargetError } from '../../core/errors.ts';
import type { Plan } from '../../core/plan.ts';
import { type Target, targetName } from '../../core/target.ts';
import { joinDrafts, memberOf, membersOf, planOfMember } from './everywhere-plan.ts';
import { mergeOutcomes, mergeVerdicts } from './everywhere-verdict.ts';

/** Bounds what is asked of one service, so that one that hangs is named. */
export type Bound = <T>(what: 'precheck' | 'plan', work: () => Promise<T>) => Promise<T>;

/**
 * An action on all of these targets as one action on `all@env`. What it plans is the plans of all, side by
 * side; each step goes to the service that it belongs to. Only services are touched that have steps in the plan.
 */
export function everywhere(
  action: Action,
  target: Target,
  members: readonly On[],
  bound: Bound,
): Action {
  const sorted = [...members].sort((a, b) => (a.target.service < b.target.service ? -1 : 1));
  const onOf = (service: string): On => {
    const found = sorted.find((on) => on.target.service === service);
    if (found) return found;
    throw new TargetError(`${service}@${target.env} cannot be asked any more`, {
      retryable: false,
      happened: false,
    });
  };
  return {
    ...action,
    needs: [],
    ...looksOf(action, target, sorted, bound),
    ...deedsOf(action, onOf),
  };
}

/** What is seen and planned, of all of them side by side. */
const looksOf = (
  action: Action,
  target: Target,
  members: readonly On[],
  bound: Bound,
): Pick<Action, 'precheck' | 'plan'> => {
  const each = <T>(what: 'precheck' | 'plan', look: (on: On) => Promise<T>) =>
    Promise.all(
      members.map(async (on) => ({
        service: on.target.service,
        seen: await named(on, () => bound(what, () => look(on))),
      })),
    );
  return {
    precheck: async (params) =>
      mergeVerdicts(await each('precheck', (on) => action.precheck(params, on))),
    plan: async (params) =>
      joinDrafts(target, action.name, await each('plan', (on) => draftOn(action, params, on))),
  };
};

/** What is done, proved and taken back, on the service that it belongs to. */
function deedsOf(
  { compensate, attest, ...action }: Action,
  onOf: (service: string) => On,
): Pick<Action, 'execute' | 'probe' | 'verify' | 'attest' | 'compensate'> {
  const touched = new Set<string>();
  return {
    execute: async (step, plan, _on, signal) => {
      const { own, part, on } = stepIn(plan, step.id, onOf);
      const outcome = await action.execute(own, part, on, signal);
      // What is thrown either did nothing or ends the run without a way back.
      touched.add(on.target.service);
      return outcome;
    },
    probe: async (step, plan) => {
      const { own, part, on } = stepIn(plan, step.id, onOf);
      return action.probe(own, part, on);
    },
    verify: async (plan) => {
      const look = async (service: string) => ({
        service,
        seen: await action.verify(planOfMember(plan, service), onOf(service)).catch(unseen),
      });
      return mergeVerdicts(await Promise.all(membersOf(plan).map(look)));
    },
    ...(attest && {
      attest: async (plan, _on, signal) => {
        const write = async (service: string) =>
          `${service}: ${await attest(planOfMember(plan, service), onOf(service), signal)}`;
        return (await Promise.all(membersOf(plan).map(write))).join('; ');
      },
    }),
    ...(compensate && {
      compensate: (plan, _on, signal) => {
        // A run that another process left was verified after all of its steps.
        const begun = membersOf(plan).filter((one) => touched.size === 0 || touched.has(one));
        return goBackOn(begun.toReversed(), signal, (service) =>
          compensate(planOfMember(plan, service), onOf(service), signal),
        );
      },
    }),
  };
}

/** Null where there is nothing to do. What a service refuses makes the whole impossible. */
async function draftOn(action: Action, params: unknown, on: On) {
  const { ok, nothingToDo } = await action.precheck(params, on);
  return !ok && nothingToDo ? null : action.plan(params, on);
}

function stepIn(plan: Plan, id: string, onOf: (service: string) => On) {
  const service = memberOf(id);
  const part = planOfMember(plan, service);
  const own = part.steps.find((step) => `${service}:${step.id}` === id);
  if (!own) {
    throw new TargetError(`the plan has no step ${id}`, { retryable: false, happened: false });
  }
  return { own, part, on: onOf(service) };
}

/** One that cannot be taken back keeps no other from it. */
async function goBackOn(
  services: readonly string[],
  signal: AbortSignal,
  goBack: (service: string) => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const outcomes: { service: string; outcome: StepOutcome }[] = [];
  for (const service of services) {
    const outcome = signal.aborted ? notReached : await goBack(service).catch(outcomeOf);
    outcomes.push({ service, outcome });
  }
  return mergeOutcomes(outcomes);
}

const notReached: StepOutcome = { kind: 'failed', why: 'there was no time left for it' };

const outcomeOf = (error: unknown): StepOutcome => {
  const sure = error instanceof TargetError && !error.happened;
  return { kind: sure ? 'failed' : 'unknown', why: messageOf(error) };
};

/** A look that could not be had is one that saw nothing good. */
const unseen = (error: unknown): Verdict => ({
  ok: false,
  checks: [{ name: 'verification', ok: false, seen: messageOf(error) }],
});

/** Whatever is in the way says which service it is about. */
async function named<T>({ target }: On, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TargetError || error instanceof DeadlineError)) throw error;
    const why = `${targetName(target)}: ${error.message}; the other services can be done one by one`;
    throw new TargetError(why, { retryable: true, happened: false, cause: error });
  }
}
