import { claimSentence } from '../core/claims.ts';
import { within } from '../core/deadline.ts';
import { overlap } from '../core/locks.ts';
import type { QueryTools } from '../core/query.ts';
import type { Part } from '../core/report.ts';
import { type Target, targetName } from '../core/target.ts';

/** How long whoever looks at services waits to hear what is claimed, in milliseconds: the rest needs no database. */
const patience = 400;

/** Who has claimed one of the targets, for reports about them. A sentence when that cannot be read. */
export async function claimedParts(
  { claims }: Pick<QueryTools, 'claims'>,
  targets: readonly Target[],
): Promise<Part[]> {
  if (!claims) return [];
  try {
    const all = await within(patience, () => claims.all());
    const names = targets.map(targetName);
    const about = all.filter(({ target }) => names.some((name) => overlap(name, target)));
    if (about.length === 0) return [];
    const facts = about.slice(0, 50).map((claim) => ({
      name: claim.target,
      value: claimSentence(claim).slice(claim.target.length + ' is '.length),
    }));
    return [{ kind: 'facts', facts }];
  } catch {
    return [{ kind: 'text', text: 'Whether somebody has claimed a service cannot be read now.' }];
  }
}
