import { everySet } from '../every-set.ts';
import type { Linted } from './linted.ts';
import { momentsOfNames, namedAt } from './people.ts';

/** Sets whose escalation nobody would ever hear of. A user group counts as people: only Slack knows them. */
export const lintEscalations = ({ approvals, policy, now }: Linted): string[] =>
  everySet(approvals).flatMap(({ name, escalate }) => {
    if (!escalate) return [];
    const { to } = escalate;
    const heard = momentsOfNames(policy, to, now).some((at) => namedAt(policy, to, at).length > 0);
    return heard
      ? []
      : [
          `approvals.sets.${name}.escalate.to: nobody is behind ${to.join(' or ')}, now or later; name somebody, or remove the escalation.`,
        ];
  });
