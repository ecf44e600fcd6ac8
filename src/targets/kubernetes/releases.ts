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
  const left = readLeft(deployment);
  const releases = [...groups(sets, place.container)].map(([id, members]): Release => {
    const leftFor = left[id];
    return {
      id,
      at: Math.min(...members.map(({ metadata }) => metadata.creationTimestamp)),
      current: id === current,
      verified:
        members.some(saidToRun) ||
        (id === current
          ? isComplete(deployment)
          : members.some(({ status }) => status.readyReplicas > 0)),
      ...(leftFor !== undefined && { leftFor }),
    };
  });
  return releases.sort((a, b) => (b.at ?? 0) - (a.at ?? 0) || (a.id < b.id ? 1 : -1));
}

/** The template of a release, as the deployment is to have it; null when there is no such release. */
export function templateOf(
  sets: readonly ReplicaSet[],
  release: string,
  container: string | undefined,
): ReplicaSet['spec']['template'] | null {
  const members = groups(sets, container).get(release) ?? [];
  const newest = members.toSorted(
    (a, b) => b.metadata.creationTimestamp - a.metadata.creationTimestamp,
  )[0];
  return newest ? withoutHash(newest.spec.template) : null;
}

const groups = (sets: readonly ReplicaSet[], container?: string): Map<string, ReplicaSet[]> =>
  Map.groupBy(sets, ({ spec }) => releaseId(spec.template, container));

const saidToRun = ({ metadata }: ReplicaSet): boolean => {
  const said = metadata.annotations[verifiedMark];
  return said !== undefined && said === metadata.labels[hashLabel];
};

const leftShape = z.record(z.string(), z.string());

/** Which release was left for which. What makes no sense counts as nothing. */
export function readLeft({ metadata }: Deployment): Record<string, string> {
  try {
    return leftShape.parse(JSON.parse(metadata.annotations[leftMark] ?? '{}'));
  } catch {
    return {};
  }
}
