import type { Release } from '../../core/capabilities.ts';
import { nearest } from '../../core/near.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { Choice } from '../rollback/choice.ts';

/**
 * From which release to which one, or why there is no sense in it, as one clause. Only what was built and
 * laid down before: nothing is built on the machine that serves, as runbooks 001 and 003 do.
 *
 * @param releases newest first.
 */
export function chooseNext(releases: readonly Release[], wanted: string): Result<Choice, string> {
  const from = releases.find(({ current }) => current);
  if (!from) return err('nobody knows which release is the current one');
  const to = releases.find(({ id }) => id === wanted);
  if (!to) return err(`there is no release ${wanted}; ${offer(releases, from, wanted)}`);
  if (to.id === from.id) return err(`${to.id} is the current one already`);
  if (releases.indexOf(to) > releases.indexOf(from)) {
    return err(`${to.id} is older than ${from.id}, which runs now: that is a rollback`);
  }
  return ok({ from, to });
}

function offer(releases: readonly Release[], from: Release, wanted: string): string {
  const newer = releases.slice(0, releases.indexOf(from)).map(({ id }) => id);
  const near = nearest(
    wanted,
    releases.map(({ id }) => id),
  );
  if (near.length > 0) return `what comes nearest is ${near.join(' or ')}`;
  return newer.length > 0
    ? `newer than the current one are ${newer.slice(0, 5).join(', ')}`
    : 'there is none that is newer than the current one';
}
