import type { ApprovalSet, Vote } from '../../core/approval.ts';
import type { Run } from '../../core/run.ts';
import type { RunTools } from '../run-tools.ts';

/**
 * The votes that still count as proved where a one-time password is asked for: a second factor that was
 * revoked or given anew since takes with it what it had proved and nobody has made use of yet.
 *
 * @throws when the database does not say.
 */
export async function stillProven(
  { secondFactor }: Pick<RunTools, 'secondFactor'>,
  { votes, requestedBy: { team } }: Run,
  { stepUp }: ApprovalSet,
): Promise<readonly Vote[]> {
  if (stepUp === undefined) return votes;
  const now = await Promise.all(
    votes.map(({ person }) => secondFactor.enrolledAt({ id: person, team })),
  );
  return votes.filter(({ provenBy }, at) => provenBy !== undefined && provenBy === now[at]);
}
