import type { ApprovalSet } from '../../core/approval.ts';
import { GivenUpError, messageOf } from '../../core/errors.ts';
import type { LimitReached } from '../../core/limits.ts';
import type { Plan } from '../../core/plan.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { targetName } from '../../core/target.ts';
import { decidesAboutOneself, needsNothing, withoutOwnWord } from '../../permissions/approval.ts';
import { actorOf, commit } from '../commit.ts';
import { actionNamed, groundFor, makePlan } from '../planning/make-plan.ts';
import { refusalText } from '../refusal-text.ts';
import type { RunTools } from '../run-tools.ts';
import type { RunRequest } from '../runner.ts';
import { aboutServices } from './about-services.ts';
import { breakGlassFor } from './break-glass.ts';
import { limitOf, refusedTooOften } from './check-limits.ts';
import { aboutIn, approvalFor } from './people.ts';
import { planFacts } from './plan-facts.ts';
import { claimAgainst } from './run-claims.ts';
import { lacksOpenIncident, namesNoIncident } from './run-incident.ts';
import { outsideWindow } from './run-window.ts';

/** Writes the request down, plans it and asks for what the policy wants. Starts nothing itself. */
export async function requestRun(
  tools: RunTools,
  request: RunRequest,
): Promise<Result<Run, RunRefusal>> {
  actionNamed(tools, request.action);
  const stop = await tools.stopped().catch(messageOf);
  if (stop !== null) return err({ kind: 'stopped', why: stop });
  const claim = await claimAgainst(tools, { ...request, requestedBy: request.by });
  if (claim) return err({ kind: 'claimed', target: targetName(request.target), claim });
  const ground = await groundFor(tools, { ...request, requestedBy: request.by });
  if (!ground.ok) return ground;
  const unnamed = await namesNoIncident(tools, request);
  if (unnamed) return err(unnamed);
  const often = await refusedTooOften(tools, request.by);
  if (often) return turnAway(tools, request, often);
  const id = tools.newId();
  const run = await create(tools, request, id);
  if (run === null) return err({ kind: 'given-up' });
  if (run.id !== id) return ok(run); // it was asked for before
  if (run.state !== 'requested') return err({ kind: 'already', state: run.state }); // given up meanwhile
  try {
    return await planAndAsk(tools, run, request);
  } catch (error) {
    await breakOff(tools, run).catch(() => null); // then it is found as left behind
    throw error;
  }
}

/** Also a time at which it may not be asked for is written down, and looked at before anything is asked of a target. */
async function planAndAsk(
  tools: RunTools,
  run: Run,
  request: RunRequest,
): Promise<Result<Run, RunRefusal>> {
  const closed = await outsideWindow(tools, run, run.createdAt, request.breakGlass ?? false);
  if (closed) return refuse(tools, run, closed);
  const made = await makePlan(tools, run);
  return made.ok ? ask(tools, run, made.value, request) : refuse(tools, run, made.error);
}

/** Says no without a run; the note of it is one of a few a minute, the others are only counted. */
async function turnAway(
  { notes, log }: RunTools,
  { action, target, by }: RunRequest,
  reached: LimitReached,
): Promise<Result<Run, RunRefusal>> {
  const { most, within, roomAt } = reached;
  const facts = { action, ...target, most, within, roomAt };
  const entry = { event: 'request.turned-away', actor: actorOf(by), facts };
  await notes?.append('system:requests', entry).catch((error: unknown) => {
    log.error(
      { why: messageOf(error) },
      'A request that was turned away could not be written down',
    );
  });
  return err({ kind: 'limit', target: targetName(target), ...reached });
}

/** Ends what was not put to anybody yet, as far as it had come. */
async function breakOff(tools: RunTools, { id }: Run): Promise<void> {
  const run = await tools.runs.find(id);
  if (run?.state !== 'requested' && run?.state !== 'planned') return;
  const why = 'Something broke while it was planned. Nothing was done.';
  await commit(tools, run, { patch: { state: 'failed', why }, event: 'failed', unseen: true });
}

/**
 * The id is known before, so that a request whose writing went unanswered can be looked up. Answers with
 * the run that came of the same before, and null when the request was given up.
 */
async function create(tools: RunTools, request: RunRequest, id: string): Promise<Run | null> {
  const { runs, agent } = tools;
  const { action, target, params, reason, by, askedIn, origin, incident } = request;
  const requestedBy = { id: by.id, team: by.team };
  const asked = { id, action, target, params, reason, requestedBy, askedIn };
  const run = {
    ...asked,
    ...(origin !== undefined && { origin }),
    ...(incident !== undefined && { incident }),
  };
  const facts = {
    agent,
    action,
    ...target,
    ...aboutServices(tools, request, null),
    params,
    reason,
    roles: by.roles,
    ...(incident !== undefined && { incident }),
  };
  try {
    return await runs.create(run, { event: 'run.requested', actor: actorOf(by), facts });
  } catch (error) {
    if (error instanceof GivenUpError) return null;
    const found = await runs.find(id).catch(() => null);
    if (found) return found;
    throw error;
  }
}

async function ask(
  tools: RunTools,
  run: Run,
  plan: Plan,
  request: RunRequest,
): Promise<Result<Run, RunRefusal>> {
  const { by } = request;
  const wanted = await wantedFor(tools, run, plan, request);
  if (!wanted.ok) return refuse(tools, run, wanted.error);
  const approval = wanted.value;
  const question = { approval, requester: by.id, about: aboutIn(tools, { ...run, plan }) };
  if (decidesAboutOneself(question)) return refuse(tools, run, { kind: 'about-yourself' });
  if (run.reason.trim().length < approval.reason) {
    return refuse(tools, run, { kind: 'reason-too-short', least: approval.reason });
  }
  const lacking = approval.incident && (await lacksOpenIncident(tools, run, approval));
  if (lacking) return refuse(tools, run, lacking);
  if (approval.stepUp && !tools.secondFactor.hasKey) {
    return refuse(tools, run, { kind: 'no-step-up' });
  }
  const planned = await commit(tools, run, {
    patch: { state: 'planned', plan, approval },
    event: 'planned',
    facts: planFacts(plan, approval),
    unseen: true,
  });
  const full = planned && (await limitOf(tools, planned));
  if (planned && full) {
    return refuse(tools, planned, { kind: 'limit', target: targetName(run.target), ...full });
  }
  const asked = planned && (await waitOrGo(tools, planned, approval));
  if (asked) return ok(asked);
  const found = await tools.runs.find(run.id);
  return err({ kind: 'already', state: found?.state ?? 'failed' });
}

/** What it takes before it may be done, as whoever asks for it wants it. */
async function wantedFor(
  tools: RunTools,
  run: Run,
  plan: Plan,
  { by, breakGlass, meant }: RunRequest,
): Promise<Result<ApprovalSet, RunRefusal>> {
  if (breakGlass) return breakGlassFor(tools, run.action, by);
  const usual = approvalFor(tools, run, plan, by.roles);
  return ok(meant ? withoutOwnWord(usual, plan.risk) : usual);
}

const waitOrGo = (tools: RunTools, run: Run, approval: ApprovalSet) =>
  needsNothing(approval)
    ? commit(tools, run, {
        patch: { state: 'approved', validFor: approval.validFor },
        event: 'approved',
        facts: { approval: approval.name, votes: [] },
        dueIn: approval.validFor,
      })
    : commit(tools, run, {
        patch: { state: 'waiting', waitsFor: approval.waits },
        event: 'waiting',
        facts: { approval: approval.name },
        dueIn: [approval.waits, ...(approval.escalate ? [approval.escalate.after] : [])],
      });

/** The machine says no: it is written down, and who asked is told. */
async function refuse<Refusal extends RunRefusal>(tools: RunTools, run: Run, error: Refusal) {
  const why = refusalText(error);
  const patch = { state: 'denied' as const, why };
  await commit(tools, run, { patch, event: 'refused', unseen: true });
  return err(error);
}
