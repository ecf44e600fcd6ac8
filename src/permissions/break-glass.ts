import type { ApprovalSet } from '../core/approval.ts';
import type { BreakGlassRule } from '../core/break-glass.ts';
import type { Person } from '../core/person.ts';
import { err, ok, type Result } from '../core/result.ts';
import type { BreakGlassRefusal } from '../core/run-refusal.ts';
import type { Severity } from '../core/severity.ts';

/** How long a request without the approvals of others may wait and then start, in milliseconds. */
const shortly = 600_000;

/**
 * What takes the place of the approvals of others: the requester’s own word, with the name of the target
 * typed and a one-time password, for one plan and ten minutes. Those whose approval is left out are told, and they and those who review it can
 * say no until it has begun. Nothing else of a run is another.
 */
export const breakGlassSet = ({
  review,
  notify,
  incident,
}: Pick<BreakGlassRule, 'review' | 'notify' | 'incident'>): ApprovalSet => ({
  name: 'break-glass',
  slots: [],
  requesterConfirms: true,
  waits: shortly,
  validFor: shortly,
  reason: 20,
  typedTarget: true,
  stepUp: 'totp',
  ...(incident && { incident }),
  breakGlass: {
    reviewWithin: review.within,
    deniedBy: [...new Set([...notify.roles, ...review.by])],
  },
});

/** How grave an incident has to be because of which something is done: the graver ones, where nobody else is asked. */
export const gravityFor = ({ breakGlass }: Pick<ApprovalSet, 'breakGlass'>): Severity =>
  breakGlass ? 2 : 4;

/** Whether the person may do without the approvals of others for this action, by what they hold now. */
export function mayBreakGlass(
  rule: BreakGlassRule | undefined,
  action: string,
  { roles }: Pick<Person, 'roles'>,
): Result<BreakGlassRule, BreakGlassRefusal> {
  if (!rule) return err({ why: 'off' });
  if (rule.never.includes(action)) return err({ why: 'never', action });
  const holds = (some: readonly string[]) => some.some((role) => roles.includes(role));
  if (!holds(rule.roles)) return err({ why: 'not-eligible', roles: rule.roles });
  if (!holds(rule.onCall)) return err({ why: 'not-on-call', roles: rule.onCall });
  return ok(rule);
}

/** Whether somebody may say how a use was: one of those who look at them. */
export const mayReview = (
  rule: BreakGlassRule | undefined,
  { roles }: Pick<Person, 'roles'>,
): Result<true, BreakGlassRefusal> => {
  if (!rule) return err({ why: 'off' });
  if (rule.review.by.some((role) => roles.includes(role))) return ok(true);
  return err({ why: 'not-reviewer', roles: rule.review.by });
};
