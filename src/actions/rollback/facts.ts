import type { Instance, Release } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { PlanFact } from '../../core/plan.ts';
import { copyFact } from '../copies.ts';
import type { Choice } from './choice.ts';

/** What a rollback is about: from which release to which one, and which processes run now. */
export const rollbackFacts = ({ from, to }: Choice, copies: readonly Instance[]): PlanFact[] => [
  { name: 'current release', value: releaseText(from), material: true },
  { name: 'wanted release', value: releaseText(to), material: true },
  ...copies.map(copyFact),
];

/** A release, whether it ran well and when it was made, in a few words. */
export const releaseText = ({ id, at, verified }: Release): string =>
  [
    id,
    verified ? 'verified' : 'not verified',
    at === null ? 'of unknown date' : `made ${new Date(at).toISOString()}`,
  ].join(', ');

/** Why it is as risky as it is: people read them as one sentence. */
export function rollbackRisks({ from, to }: Choice, copies: readonly Instance[]): string[] {
  const age =
    from.at === null || to.at === null ? '' : `, ${formatDuration(from.at - to.at)} older`;
  return [
    `What came with ${from.id} is gone in ${to.id}${age}`,
    `data and schema stay as they are: nobody checks whether ${to.id} can read what ${from.id} wrote`,
    copies.length === 1
      ? 'it is the only copy: nobody can sign in through it until it is back'
      : `its ${copies.length} copies are restarted one after the other; the others serve meanwhile`,
  ];
}
