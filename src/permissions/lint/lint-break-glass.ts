import type { BreakGlassRule } from '../../core/break-glass.ts';
import { approverRoles } from '../approval.ts';
import { actionsOf, type Linted } from './linted.ts';

/** What makes break-glass senseless or more than it should be; nothing where it is off. */
export function lintBreakGlass(linted: Linted): string[] {
  const rule = linted.approvals.breakGlass;
  return rule
    ? [...unknown(rule, linted), ...notOnCall(rule, linted), ...untold(rule, linted)]
    : [];
}

function unknown(rule: BreakGlassRule, linted: Linted): string[] {
  const roles = {
    roles: rule.roles,
    'review.by': rule.review.by,
    'notify.roles': rule.notify.roles,
  };
  const actions = actionsOf(linted).map(({ name }) => name);
  return [
    ...Object.entries(roles).flatMap(([key, names]) =>
      names
        .filter((name) => !Object.hasOwn(linted.policy.roles, name))
        .map((name) => `break_glass.${key}: there is no role ${name}; name one of roles.`),
    ),
    ...rule.never
      .filter((name) => !actions.includes(name))
      .map((name) => `break_glass.never: there is no action ${name}.`),
  ];
}

/** Only what a list says is about this moment: a person or a group always holds the role. */
const notOnCall = ({ onCall }: BreakGlassRule, { policy }: Linted): string[] =>
  onCall
    .filter((name) => {
      const members = policy.roles[name]?.members;
      return !members?.length || members.some((member) => !member.startsWith('oncall:'));
    })
    .map(
      (name) =>
        `break_glass.on_call: whoever has the role ${name} need not be on call now; name a role whose members are on-call lists alone, such as oncall:primary.`,
    );

/** Everybody whose approval can be left out is told. */
function untold({ notify }: BreakGlassRule, { approvals }: Linted): string[] {
  const { production, elsewhere, environments = {}, rules = [] } = approvals;
  const sets = [production, elsewhere, ...Object.values(environments)].flatMap((one) =>
    Object.values(one),
  );
  const roles = [...sets, ...rules.map(({ set }) => set)].flatMap(approverRoles);
  return [...new Set(roles)]
    .filter((role) => !notify.roles.includes(role))
    .map(
      (role) =>
        `break_glass.notify.roles: ${role} is missing, whose approval would be left out without a word; add it.`,
    );
}
