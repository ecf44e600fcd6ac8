import type { ApprovalSet } from '../../core/approval.ts';
import { messageOf } from '../../core/errors.ts';
import { gatehouseItself, isOver, type Run } from '../../core/run.ts';
import { type Target, targetName } from '../../core/target.ts';
import type { Held } from '../claiming/claim-run.ts';
import { commit } from '../commit.ts';
import { groundFor, planOn } from '../planning/make-plan.ts';
import { planCode } from '../planning/plan-hash.ts';
import type { RunTools } from '../run-tools.ts';

/** Writes down the run that undoes in one place what another one did. Whoever comes second finds it there. */
export async function beginEnd(tools: RunTools, parent: Run, target: Target): Promise<void> {
  const { id, plan, askedIn } = parent;
  if (!plan?.revert) throw new Error(`the plan of ${id} does not say how it ends`);
  const { action, params } = plan.revert;
  const requestedBy = { id: gatehouseItself, team: parent.requestedBy.team };
  const reason = `${id} was approved to end by itself.`;
  const run = {
    id: tools.newId(),
    action,
    target,
    params,
    reason,
    requestedBy,
    parent: id,
    askedIn,
  };
  const facts = { agent: tools.agent, action, ...target, params, reason, parent: id };
  const entry = { event: 'run.requested', actor: gatehouseItself, facts };
  await tools.runs.create(run, entry).catch(async (error: unknown) => {
    const tries = await tools.runs.children(id);
    const here = tries.filter((one) => targetName(one.target) === targetName(target));
    if (!here.some(({ state }) => !isOver(state) || state === 'succeeded')) throw error;
  });
}

/**
 * Plans it and lets it begin: the approval of the run that it undoes covers it. Nothing is checked
 * before, since there being nothing left to do is no reason not to say so.
 *
 * @returns the run once it may begin, or why it cannot be planned for the moment.
 */
export async function approveEnd(tools: RunTools, run: Run): Promise<Run | Held | null> {
  const parent = run.parent === null ? null : await tools.runs.find(run.parent);
  if (!parent) throw new Error(`${run.id} undoes a run that there is not`);
  const planned = run.state === 'planned' ? run : await planEnd(tools, run, parent);
  if (!planned || 'soon' in planned) return planned;
  return commit(tools, planned, {
    patch: { state: 'approved', validFor: coveredByParent.validFor },
    event: 'approved',
    facts: { approval: coveredByParent.name, parent: parent.id, of: planCode(parent.plan ?? none) },
    shownTo: placesOfEnd(tools, parent),
  });
}

/**
 * Nobody has to do anything about what ends by itself: whoever asked hears of it once it has ended everywhere, and
 * of what goes wrong. Where there is no channel, at least they see it.
 */
function placesOfEnd({ cardPlaces }: RunTools, parent: Run): string[] {
  const channels = cardPlaces(parent).filter((to) => !to.startsWith('user:'));
  return channels.length > 0 ? channels : [`user:${parent.requestedBy.id}`];
}

const none = { hash: '' };

async function planEnd(tools: RunTools, run: Run, parent: Run): Promise<Run | Held | null> {
  try {
    const ground = await groundFor(tools, run);
    if (!ground.ok) throw new Error(`the target lacks ${ground.error.needs.join(', ')}`);
    const plan = await planOn(tools, ground.value, run);
    return await commit(tools, run, {
      patch: { state: 'planned', plan, approval: coveredByParent, why: null },
      event: 'planned',
      facts: { summary: plan.summary, risk: plan.risk, steps: plan.steps.map(({ does }) => does) },
      shownTo: [],
    });
  } catch (error) {
    return hold(tools, run, parent, messageOf(error));
  }
}

/** It stands on a card from the first time on that it could not be planned; later reasons are only logged. */
async function hold(tools: RunTools, run: Run, parent: Run, trouble: string): Promise<Held> {
  const why = `It cannot be planned yet: ${trouble}. It is tried again by itself.`;
  if (run.why === null) {
    const shownTo = placesOfEnd(tools, parent);
    await commit(tools, run, { patch: { why }, event: 'held', shownTo });
  }
  return { why, soon: false };
}

/** Nobody is asked, and it may wait for as long as changes are stopped. */
const coveredByParent: ApprovalSet = {
  name: 'covered by its parent',
  slots: [],
  requesterConfirms: false,
  waits: 0,
  validFor: 365 * 86_400_000,
  reason: 0,
  typedTarget: false,
};
