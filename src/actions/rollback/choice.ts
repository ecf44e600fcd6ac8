import type { Release } from '../../core/capabilities.ts';
import { nearest } from '../../core/near.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { candidateOf, goneBackFrom } from '../history/releases.ts';

/** From which release to which one. */
export interface Choice {
  from: Release;
  to: Release;
}

/**
 * Which release to go back to, or why there is no sense in it, as one clause. Never a blind step back:
 * the release ran well, is older than the current one, and was not itself gone back from.
 *
 * @param releases newest first.
 * @param wanted null for the newest one that fits.
 */
export function chooseRelease(
  releases: readonly Release[],
  wanted: string | null,
): Result<Choice, string> {
  const from = releases.find(({ current }) => current);
  if (!from) return err('nobody knows which release is the current one');
  if (wanted === null) {
    const to = candidateOf(releases);
    return to ? ok({ from, to }) : err(`there is nothing older than ${from.id} that ran well`);
  }
  const to = releases.find(({ id }) => id === wanted);
  if (!to) return err(`there is no release ${wanted}; ${offer(releases, wanted)}`);
  const why = objection(releases, from, to);
  return why === null ? ok({ from, to }) : err(why);
}

function objection(releases: readonly Release[], from: Release, to: Release): string | null {
  if (to.id === from.id) {
    return `${to.id} is the current one already; restart it where something else runs`;
  }
  const back = goneBackFrom(to, releases);
  if (back !== null) {
    return `${to.id} was itself rolled back, to ${back}: going there again would be back and forth`;
  }
  if (releases.indexOf(to) < releases.indexOf(from)) {
    return `${to.id} is newer than ${from.id}, which runs now: that is a deployment, not a rollback`;
  }
  return to.verified ? null : `nobody has verified that ${to.id} runs well`;
}

/** The nearest real ones; when nothing is near, the one that would be taken without a name. */
function offer(releases: readonly Release[], wanted: string): string {
  const near = nearest(
    wanted,
    releases.map(({ id }) => id),
  );
  if (near.length > 0) return `what comes nearest is ${near.join(' or ')}`;
  const candidate = candidateOf(releases);
  return candidate ? `${candidate.id} is the one to go back to` : 'there is none to go back to';
}
