import { type Claim, claimSentence, isSamePerson } from '../../core/claims.ts';
import type { Run } from '../../core/run.ts';
import { targetName } from '../../core/target.ts';
import { commit } from '../commit.ts';
import { type Touching, touchedBy } from '../planning/touched.ts';
import type { RunTools } from '../run-tools.ts';

/** What is asked of a run, or of a request for one, to know whose claims it heeds. */
type Claiming = Touching & Pick<Run, 'requestedBy'> & { parent?: string | null };

/**
 * Somebody else's claim that keeps a run from beginning; null when there is none. What ends by itself was
 * approved together with its beginning, and what only puts evidence away changes nothing: they heed none.
 *
 * @throws when the claims cannot be read: then nothing may begin.
 */
export async function claimAgainst(
  tools: Pick<RunTools, 'claims' | 'actions' | 'dependedOn'>,
  claiming: Claiming,
): Promise<Claim | null> {
  const { action, requestedBy, parent = null } = claiming;
  const shares = tools.actions.find(({ name }) => name === action)?.lock === 'shared';
  if (parent !== null || shares) return null;
  const touched = touchedBy(tools, claiming).map(targetName);
  const all = (await Promise.all(touched.map((name) => tools.claims.on(name)))).flat();
  return all.find(({ by }) => !isSamePerson(by, requestedBy)) ?? null;
}

/** Why an approved run cannot begin because of a claim; null when no claim keeps it. Its card says so. */
export async function heldByClaim(tools: RunTools, run: Run): Promise<string | null> {
  const claim = await claimAgainst(tools, run);
  if (!claim) return null;
  const why = claimSentence(claim);
  if (run.why !== why) {
    await commit(tools, run, { patch: { why }, event: 'held', before: 'validUntil' });
  }
  return why;
}
