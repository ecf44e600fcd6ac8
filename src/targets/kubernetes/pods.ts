import type { Instance } from '../../core/capabilities.ts';
import { listPods, listReplicaSets, type Place, readDeployment } from './place.ts';
import type { Pod, ReplicaSet } from './shapes.ts';
import { releaseId } from './template.ts';

/** The pods of the deployment as copies: up when ready, else down; Kubernetes itself says which it takes for which. */
export async function listInstances(place: Place, signal: AbortSignal): Promise<Instance[]> {
  const deployment = await readDeployment(place, signal);
  const sets = await listReplicaSets(place, deployment, signal);
  const pods = await listPods(place, deployment, sets, signal);
  return pods.map((pod) => toInstance(pod, sets, place.container));
}

function toInstance(
  pod: Pod,
  sets: readonly ReplicaSet[],
  container: string | undefined,
): Instance {
  const id = pod.metadata.name;
  if (!isReady(pod)) return { id, health: 'down', startedAt: null, release: null };
  const owner = sets.find(({ metadata }) =>
    pod.metadata.ownerReferences.some(({ uid }) => uid === metadata.uid),
  );
  const release = owner ? releaseId(owner.spec.template, container) : null;
  return { id, health: 'up', startedAt: startOf(pod, container), release };
}

/** Whether it takes requests. */
export const isReady = ({ status }: Pod): boolean =>
  status.conditions.some((one) => one.type === 'Ready' && one.status === 'True');

/** When its container last started: after a crash that is later than when the pod did. */
function startOf({ status }: Pod, container: string | undefined): number | null {
  const { containerStatuses: all } = status;
  const own = all.find(({ name }) => name === container) ?? all[0];
  return own?.state.running?.startedAt ?? status.startTime ?? null;
}

/** Why a pod is not ready, as Kubernetes says it in a word; null when it is. */
export function podTrouble(pod: Pod): string | null {
  if (isReady(pod)) return null;
  const { initContainerStatuses, containerStatuses, conditions, reason, phase } = pod.status;
  const states = [...initContainerStatuses, ...containerStatuses].map(({ state }) => state);
  const waiting = states.find((state) => state.waiting?.reason)?.waiting?.reason;
  const ended = states.find((state) => state.terminated?.reason)?.terminated?.reason;
  const unscheduled = conditions.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  return (
    waiting || ended || unscheduled?.reason || reason || (phase === 'Running' ? 'NotReady' : phase)
  );
}

/** How often its containers were started again after they had ended. */
export const restartsOf = ({ status }: Pod): number =>
  status.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0);
