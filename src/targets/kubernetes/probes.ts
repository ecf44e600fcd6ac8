import type { Probe, Reading } from '../../core/capabilities.ts';
import { listPods, listReplicaSets, type Place, readDeployment } from './place.ts';
import { podTrouble, restartsOf } from './pods.ts';
import { isComplete, progressLine, stuck } from './progress.ts';
import type { Deployment, Pod } from './shapes.ts';
import { releaseId } from './template.ts';

/** Whether the rollout is complete, and what is wrong with pods that are not ready. */
export const rolloutProbe = (place: Place): Probe => ({
  name: 'rollout',
  run: async (signal) => {
    const deployment = await readDeployment(place, signal);
    const sets = await listReplicaSets(place, deployment, signal);
    return judge(deployment, await listPods(place, deployment, sets, signal), place.container);
  },
});

function judge(deployment: Deployment, pods: readonly Pod[], container?: string): Reading {
  const { spec, status } = deployment;
  const restarts = pods.reduce((sum, pod) => sum + restartsOf(pod), 0);
  const troubles = [...new Set(pods.map(podTrouble).filter((one) => one !== null))].sort();
  const detail = [
    progressLine(deployment),
    `release ${releaseId(spec.template, container)}`,
    ...(restarts > 0 ? [`${restarts} restarts`] : []),
    ...troubles,
    ...(stuck(deployment) === null ? [] : ['its rollout does not get on']),
    ...(spec.paused ? ['paused'] : []),
  ].join(', ');
  if (status.availableReplicas === 0) return { health: 'down', detail };
  return { health: isComplete(deployment) && !spec.paused ? 'up' : 'degraded', detail };
}
