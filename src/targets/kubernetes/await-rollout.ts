import { messageOf, TargetError } from '../../core/errors.ts';
import { pauseFor } from './pause.ts';
import { listPods, listReplicaSets, type Place, readDeployment } from './place.ts';
import { podTrouble } from './pods.ts';
import { isComplete, progressLine, stuck } from './progress.ts';
import type { Deployment } from './shapes.ts';

/** How often it is looked, in milliseconds. */
const pause = 100;

/**
 * Waits until the last change of the deployment is carried out to the end.
 *
 * @throws {TargetError} when Kubernetes gives up on it, or the signal fires: it has begun all the same.
 */
export async function awaitRollout(
  place: Place,
  signal: AbortSignal,
  done: (deployment: Deployment) => boolean = isComplete,
): Promise<void> {
  let last = 'nothing was seen of it yet';
  while (!signal.aborted) {
    try {
      const deployment = await readDeployment(place, signal);
      if (done(deployment)) return;
      last = progressLine(deployment);
      const why = stuck(deployment);
      if (why !== null) throw await givenUp(place, deployment, why, signal);
    } catch (error) {
      if (error instanceof GivenUp || !isPassing(error)) throw begun(messageOf(error), error);
      last = messageOf(error);
    }
    await pauseFor(pause, signal);
  }
  throw begun(`its rollout was not over in time: ${last}`, null);
}

class GivenUp extends Error {}

async function givenUp(
  place: Place,
  deployment: Deployment,
  why: string,
  signal: AbortSignal,
): Promise<GivenUp> {
  const sets = await listReplicaSets(place, deployment, signal);
  const pods = await listPods(place, deployment, sets, signal);
  const troubles = new Set(pods.map(podTrouble).filter((trouble) => trouble !== null));
  const reasons = troubles.size > 0 ? ` (${[...troubles].join(', ')})` : '';
  return new GivenUp(`Kubernetes gives its rollout up: ${why}${reasons}`);
}

const isPassing = (error: unknown): boolean => error instanceof TargetError && error.retryable;

const begun = (message: string, cause: unknown): TargetError =>
  new TargetError(message, { retryable: false, stuck: true, cause });
