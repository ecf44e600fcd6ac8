import { z } from 'zod';
import type { Release } from '../../core/capabilities.ts';
import { listReplicaSets, type Place, readDeployment } from './place.ts';
import { isComplete } from './progress.ts';
import type { Deployment, ReplicaSet } from './shapes.ts';
import { releaseId, withoutHash } from './template.ts';

/**
 * The annotation of a ReplicaSet that says that it ran well: whoever deploys sets it to the
 * `pod-template-hash` of that very ReplicaSet. Kubernetes copies annotations of deployments to every new
 * ReplicaSet, so that a mere `true` would also be found on ones that never ran.
 */
export const verifiedMark = 'gatehouse/verified';
/**
 * The annotation of the deployment that says which releases Gatehouse has seen to run well, each with the
 * `pod-template-hash` of the ReplicaSet that it saw. On a ReplicaSet it takes a right that nothing else needs.
 */
export const provedMark = 'gatehouse/proved';
/** The annotation of the deployment that says which release was left for which. */
export const leftMark = 'gatehouse/left';

const hashLabel = 'pod-template-hash';

/**
 * Every release that can be gone back to, newest first: ReplicaSets that only differ by restarts are one.
 * One is verified when somebody said that it ran well, or when it serves now beside a newer one that
 * does not get on.
 */
export async function listReleases(place: Place, signal: AbortSignal): Promise<Release[]> {
  const deployment = await readDeployment(place, signal);
  const sets = await listReplicaSets(place, deployment, signal);
  const current = releaseId(deployment.spec.template, place.container);
  const left = readNoted(deployment, leftMark);
  const proved = readNoted(deployment, provedMark);
  const releases = [...groups(sets, place.container)].map(([id, members]): Release => {
    const leftFor = left[id];
    return {
      id,
      at: Math.min(...members.map(({ metadata }) => metadata.creationTimestamp)),
      current: id === current,
      verified:
        members.some(saidToRun) ||
        members.some((set) => hashOf(set) !== undefined && hashOf(set) === proved[id]) ||
        (id === current
          ? isComplete(deployment)
          : members.some(({ status }) => status.readyReplicas > 0)),
      ...(leftFor !== undefined && { leftFor }),
    };
  });
  return releases.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1));
}

/** The ReplicaSets of a release, those that only differ by restarts. */
export const setsOf = (
  sets: readonly ReplicaSet[],
  release: string,
  container: string | undefined,
): readonly ReplicaSet[] => groups(sets, container).get(release) ?? [];

/** The template of a release, as the deployment is to have it; null when there is no such release. */
export function templateOf(
  sets: readonly ReplicaSet[],
  release: string,
  container: string | undefined,
): ReplicaSet['spec']['template'] | null {
  const members = setsOf(sets, release, container);
  const newest = members.toSorted(
    (a, b) => b.metadata.creationTimestamp - a.metadata.creationTimestamp,
  )[0];
  return newest ? withoutHash(newest.spec.template) : null;
}

const groups = (sets: readonly ReplicaSet[], container?: string): Map<string, ReplicaSet[]> =>
  Map.groupBy(sets, ({ spec }) => releaseId(spec.template, container));

/** What Kubernetes calls the template that its pods are made from. */
export const hashOf = ({ metadata }: ReplicaSet): string | undefined => metadata.labels[hashLabel];

const saidToRun = (set: ReplicaSet): boolean => {
  const said = set.metadata.annotations[verifiedMark];
  return said !== undefined && said === hashOf(set);
};

const notedShape = z.record(z.string(), z.string());

/** What is noted about releases under one of the marks of the deployment. What makes no sense counts as nothing. */
export function readNoted({ metadata }: Deployment, mark: string): Record<string, string> {
  try {
    return notedShape.parse(JSON.parse(metadata.annotations[mark] ?? '{}'));
  } catch {
    return {};
  }
}
