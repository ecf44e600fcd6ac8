import type { ApprovalRule } from '../../core/approval-policy.ts';
import { isAtLeast } from '../at-least.ts';
import { applies, type Case, isAbout, usualApproval } from '../needed-approval.ts';
import { actionsOf, type Linted, placesOf, risksFrom } from './linted.ts';

/**
 * The rules about approvals that never count, or that would ask for less than their environment
 * does; and escalators that are about nothing.
 */
export const lintRules = (linted: Linted): string[] => [
  ...(linted.approvals.rules ?? []).flatMap((rule, index, rules) =>
    lintRule(rule, index, rules, linted),
  ),
  ...(linted.approvals.escalators ?? []).flatMap((escalator, index) =>
    everyCase(linted).some((one) => isAbout(escalator, one))
      ? []
      : [
          `approvals.escalators[${index}]: there is nothing that it is about; change it, or remove it.`,
        ],
  ),
];

function lintRule(
  rule: ApprovalRule,
  index: number,
  rules: readonly ApprovalRule[],
  linted: Linted,
): string[] {
  const key = `approvals.rules[${index}]`;
  const cases = casesOf(rule, linted);
  if (cases.length === 0) {
    return [`${key}: there is nothing that it is about; change it, or remove it.`];
  }
  const earlier = rules.slice(0, index);
  if (cases.every((one) => earlier.some((other) => applies(other, one)))) {
    return [
      `${key}: it never counts, since the rules before it match first; move it up, or remove it.`,
    ];
  }
  const lowered = cases.find((one) => !isAtLeast(rule.set, usualApproval(linted.approvals, one)));
  return lowered ? [`${key}.approval: ${lowers(rule, lowered, linted)}`] : [];
}

function lowers({ set }: ApprovalRule, about: Case, { approvals }: Linted): string {
  const usual = usualApproval(approvals, about);
  return `“${set.name}” asks for less than “${usual.name}”, which ${about.action} needs at ${about.risk} risk in ${about.target.env}. A rule may ask for more, but not for less: nobody would look at it afterwards. Name a stricter set, or change approvals.environments.`;
}

/** Everything that a rule can be about; for one about roles, people who hold only one of these. */
const casesOf = (rule: ApprovalRule, linted: Linted): Case[] =>
  everyCase(linted).flatMap((one) =>
    (rule.role ?? [null])
      .map((role) => ({ ...one, roles: role === null ? [] : [role] }))
      .filter((about) => applies(rule, about)),
  );

const everyCase = (linted: Linted): Case[] =>
  actionsOf(linted).flatMap(({ name, risk: least }) =>
    placesOf(linted).flatMap(({ production, ...target }) =>
      risksFrom(least).map((risk) => ({ action: name, risk, target, production, roles: [] })),
    ),
  );
