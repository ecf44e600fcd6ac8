import { awaitRollout } from './await-rollout.ts';
import { changeOnce, refuse } from './change.ts';
import { type Place, pathOf, readAs, readDeployment } from './place.ts';
import { isComplete } from './progress.ts';
import { scaleShape } from './shapes.ts';

/** How many pods are wanted, how many of them are ready, and how many there may be. */
export async function readReplicas(place: Place, signal: AbortSignal) {
  const { spec, status } = await readDeployment(place, signal);
  return { wanted: spec.replicas, ready: status.availableReplicas, most: place.most };
}

/** Changes how many pods are wanted, through the scale of the deployment: nothing else of it can be touched so. */
export async function scaleTo(
  place: Place,
  { to, expected }: { to: number; expected: number },
  signal: AbortSignal,
): Promise<void> {
  const path = pathOf(place, '/scale');
  const resource = 'deployments/scale';
  const decide = async () => {
    if (!Number.isInteger(to) || to < 0 || to > place.most) {
      throw refuse(`${to} is not between 0 and ${place.most}, which the catalogue allows`);
    }
    const { metadata, spec } = await readAs(
      scaleShape,
      place.ask,
      { verb: 'get', resource, path },
      signal,
    );
    if (spec.replicas !== expected) {
      throw refuse(`${spec.replicas} are wanted by now, not ${expected}: somebody has scaled it`);
    }
    const { resourceVersion } = metadata;
    const body = { metadata: { resourceVersion }, spec: { replicas: to } };
    const patch = { type: 'application/merge-patch+json', body };
    return { verb: 'patch', resource, path, patch } as const;
  };
  await changeOnce(decide, (patch) => place.ask(patch, signal));
  await awaitRollout(place, signal, (now) => now.spec.replicas === to && isComplete(now));
}
