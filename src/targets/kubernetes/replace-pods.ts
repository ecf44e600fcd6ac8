import type { RolloutState } from '../../core/capabilities.ts';
import { awaitRollout } from './await-rollout.ts';
import { changeOnce, refuse } from './change.ts';
import { type Place, pathOf, readDeployment } from './place.ts';
import { hindrance, isComplete, progressLine } from './progress.ts';
import type { Deployment } from './shapes.ts';
import { restartMark, rolloutId } from './template.ts';

/** What the pods are made from, and how far that is. */
export async function readRollout(place: Place, signal: AbortSignal): Promise<RolloutState> {
  const deployment = await readDeployment(place, signal);
  return {
    id: rolloutId(deployment.spec.template),
    mark: markOf(deployment),
    complete: isComplete(deployment),
    hindrance: hindrance(deployment),
    detail: progressLine(deployment),
  };
}

/**
 * What `kubectl rollout restart` does, with a mark of the one who asks in the place of the time: the same
 * mark twice changes nothing, so that it happens once however often it is told.
 */
export async function replacePods(
  place: Place,
  { mark, expected }: { mark: string; expected: string },
  signal: AbortSignal,
): Promise<void> {
  const decide = async () => {
    const deployment = await readDeployment(place, signal);
    if (markOf(deployment) === mark) return null;
    const why = hindrance(deployment);
    if (why !== null) throw refuse(why);
    if (rolloutId(deployment.spec.template) !== expected) {
      throw refuse(
        'its pods are made from something else by now: somebody has changed or restarted it',
      );
    }
    return patchFor(place, deployment, mark);
  };
  await changeOnce(decide, (patch) => place.ask(patch, signal));
  await awaitRollout(place, signal);
}

const markOf = ({ spec }: Deployment): string | null =>
  spec.template.metadata?.annotations[restartMark] ?? null;

const patchFor = (place: Place, { metadata }: Deployment, mark: string) =>
  ({
    verb: 'patch',
    resource: 'deployments',
    path: pathOf(place),
    patch: {
      type: 'application/strategic-merge-patch+json',
      body: {
        metadata: { resourceVersion: metadata.resourceVersion },
        spec: { template: { metadata: { annotations: { [restartMark]: mark } } } },
      },
    },
  }) as const;
