import type { ApprovalSet } from '../../core/approval.ts';
import type { BreakGlassRule, NoUse } from '../../core/break-glass.ts';
import type { Person } from '../../core/person.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Run } from '../../core/run.ts';
import type { RunRefusal } from '../../core/run-refusal.ts';
import { breakGlassSet, mayBreakGlass, mayReview } from '../../permissions/break-glass.ts';
import type { RunTools } from '../run-tools.ts';
import { aboutIn, clickAge, verified } from './people.ts';

/**
 * What has to be done instead of having it approved by others, when somebody may ask for that now, as far as
 * a copy tells that a click may rely on: who they are is asked anew when they use it, and when it begins.
 */
export async function breakGlassFor(
  tools: RunTools,
  action: string,
  by: Pick<Person, 'id' | 'team'>,
): Promise<Result<ApprovalSet, RunRefusal>> {
  const rule = await ruleFor(tools, action, by, clickAge);
  if (!rule.ok) return rule;
  if (!tools.secondFactor.hasKey) return err({ kind: 'no-step-up' });
  const no = await usesOf(tools).barred(by, rule.value);
  return no ? err(refusalOf(no)) : ok(breakGlassSet(rule.value));
}

/**
 * Takes the one use that the person has for this run, or says why not; nothing for any other run. What is
 * done about oneself always takes somebody else.
 */
export async function takeUse(
  tools: RunTools,
  run: Run,
  by: Pick<Person, 'id' | 'team'>,
): Promise<RunRefusal | null> {
  if (!run.approval?.breakGlass) return null;
  if (aboutIn(tools, run).includes(by.id)) return { kind: 'own-request' };
  const rule = await ruleFor(tools, run.action, by, 0);
  if (!rule.ok) return rule.error;
  const no = await usesOf(tools).take(run.id, by, rule.value);
  return no && refusalOf(no);
}

/** Why a run that nobody else approved must not begin after all; null when it may. */
export async function whyGlassNoMore(tools: RunTools, run: Run): Promise<string | null> {
  const rule = await ruleFor(tools, run.action, run.requestedBy, 0);
  return rule.ok ? null : 'Who asked for it may not do without approvals any more.';
}

/** Writes down what somebody says of a use that they looked at. */
export async function reviewUse(
  tools: RunTools,
  { run, by, text }: { run: string; by: Person; text: string },
): Promise<Result<true, RunRefusal>> {
  const rule = tools.approvals().breakGlass;
  const reviewer = await verified(tools, by, clickAge, rule?.review.by ?? []);
  if (!reviewer.ok) return reviewer;
  const may = mayReview(rule, reviewer.value);
  if (!may.ok) return err({ kind: 'break-glass', ...may.error });
  if (text.trim().length < leastReview)
    return err({ kind: 'reason-too-short', least: leastReview });
  const reviewed = await usesOf(tools).review(run, by, text.trim());
  return reviewed === 'done' ? ok(true) : err({ kind: 'break-glass', why: reviewed, run });
}

/** So many characters say at least something about what was looked at. */
const leastReview = 20;

/** Slack is asked about the roles alone on which it depends: it answers few questions about groups a minute. */
async function ruleFor(
  tools: RunTools,
  action: string,
  by: Pick<Person, 'id' | 'team'>,
  maxAge: number,
): Promise<Result<BreakGlassRule, RunRefusal>> {
  const rule = tools.approvals().breakGlass;
  const roles = rule ? [...rule.roles, ...rule.onCall] : [];
  const person = await verified(tools, by, maxAge, roles);
  if (!person.ok) return person;
  const may = mayBreakGlass(rule, action, person.value);
  return may.ok ? may : err({ kind: 'break-glass', ...may.error });
}

const refusalOf = (no: NoUse): RunRefusal => ({ kind: 'break-glass', ...no });

function usesOf({ breakGlass }: RunTools): NonNullable<RunTools['breakGlass']> {
  if (breakGlass) return breakGlass;
  throw new Error('nothing counts who does without approvals');
}
