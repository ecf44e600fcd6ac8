import type { Release } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Fact } from '../../core/report.ts';

/**
 * The release to go back to: the newest verified one that is older than the current one. `releases`
 * are newest first, so that going back twice goes further back and never returns to what failed.
 */
export function candidateOf(releases: readonly Release[]): Release | null {
  const current = releases.findIndex((release) => release.current);
  return releases.slice(current + 1).find(({ verified }) => verified) ?? null;
}

/** What the list comes to, in a sentence or two. */
export function verdict(releases: readonly Release[], candidate: Release | null): string {
  if (releases.length === 0) return 'There are no releases yet.';
  const current = releases.find((release) => release.current);
  const runs = current ? `${current.id} is the current one.` : 'None of them is the current one.';
  const back = candidate
    ? `A rollback would go to ${candidate.id}.`
    : 'There is nothing to roll back to: no older release is verified.';
  return `${runs} ${back}`;
}

/** One release as a line. `now` is in milliseconds since 1970. */
export function releaseFact(release: Release, candidate: Release | null, now: number): Fact {
  const marks = [
    ...(release.current ? ['current'] : []),
    release.verified ? 'verified' : 'not verified',
    ...(release.id === candidate?.id ? ['rollback candidate'] : []),
    release.at === null ? 'of unknown date' : dateOf(release.at, now),
  ];
  return { name: release.id, value: marks.join(', ') };
}

const dateOf = (at: number, now: number): string => {
  const day = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${day} UTC (${formatDuration(now - at)} ago)`;
};
