import { formatDuration } from '../../core/duration.ts';
import type { PlanFact } from '../../core/plan.ts';
import type { Choice } from '../rollback/choice.ts';
import { releaseText } from '../rollback/facts.ts';
import type { Check } from '../user/checks.ts';

/** From which release to which one, and where it ran before. */
export const deployFacts = ({ from, to }: Choice, stage: Check): PlanFact[] => [
  { name: 'current release', value: releaseText(from), material: true },
  { name: 'wanted release', value: releaseText(to), material: true },
  { name: stage.name, value: stage.seen, material: false },
  {
    name: 'when the checks pass',
    value: `${to.id} is marked as verified, so that a rollback may choose it later`,
    material: true,
  },
];

/** Why it is as risky as it is: people read them as one sentence. */
export function deployRisks(
  { from, to }: Choice,
  wasLeft: string | null,
  copies: number,
): string[] {
  const age =
    from.at === null || to.at === null ? '' : `, ${formatDuration(to.at - from.at)} newer`;
  return [
    `${to.id} takes the place of ${from.id}${age}`,
    ...(to.verified ? [] : [`nobody has verified here that ${to.id} runs well`]),
    ...(wasLeft === null
      ? []
      : [`${to.id} was rolled back once, to ${wasLeft}, and is to run again`]),
    copies === 1
      ? 'it is the only copy: nobody can sign in through it until it is back'
      : `its ${copies} copies are restarted one after the other; the others serve meanwhile`,
  ];
}
