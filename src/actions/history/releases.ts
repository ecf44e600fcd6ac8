import type { Release } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { Fact } from '../../core/report.ts';

/**
 * The release to go back to: the newest verified one that is older than the current one and was not
 * itself gone back from. `releases` are newest first, so that going back twice goes further back and
 * never returns to what failed.
 */
export function candidateOf(releases: readonly Release[]): Release | null {
  const current = releases.findIndex((release) => release.current);
  const older = releases.slice(current + 1);
  return older.find((one) => one.verified && goneBackFrom(one, releases) === null) ?? null;
}

/** The older release that somebody went back to when this one was last left; null when nobody did. */
export function goneBackFrom(
  { id, current, leftFor }: Release,
  releases: readonly Release[],
): string | null {
  if (current || leftFor === undefined) return null;
  const place = (wanted: string) => releases.findIndex((one) => one.id === wanted);
  return place(leftFor) > place(id) ? leftFor : null;
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
export function releaseFact(
  release: Release,
  releases: readonly Release[],
  candidate: Release | null,
  now: number,
): Fact {
  const back = goneBackFrom(release, releases);
  const marks = [
    ...(release.current ? ['current'] : []),
    release.verified ? 'verified' : 'not verified',
    ...(back === null ? [] : [`rolled back to ${back}`]),
    ...(release.id === candidate?.id ? ['rollback candidate'] : []),
    release.at === null ? 'of unknown date' : dateOf(release.at, now),
  ];
  return { name: release.id, value: marks.join(', ') };
}

const dateOf = (at: number, now: number): string => {
  const day = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `${day} UTC (${formatDuration(now - at)} ago)`;
};
