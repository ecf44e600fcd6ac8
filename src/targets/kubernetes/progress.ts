import type { Deployment } from './shapes.ts';

/**
 * Whether as many pods as are wanted are available, all of them made from the current template and none
 * left of another, as of the last change that the controller has seen.
 */
export const isComplete = ({ metadata, spec, status }: Deployment): boolean =>
  status.observedGeneration >= metadata.generation &&
  [status.updatedReplicas, status.replicas, status.availableReplicas].every(
    (number) => number === spec.replicas,
  );

/** What Kubernetes says when a rollout has not got on for its `progressDeadlineSeconds`; null while it does. */
export function stuck({ metadata, status }: Deployment): string | null {
  if (status.observedGeneration < metadata.generation) return null;
  const condition = status.conditions.find(({ reason }) => reason === 'ProgressDeadlineExceeded');
  return condition ? condition.message || condition.reason : null;
}

/** Why no rollout can begin now, as a clause. One whose pods do not come up is no hindrance. */
export function hindrance({ metadata, spec, status }: Deployment): string | null {
  if (spec.paused) return 'the deployment is paused';
  const seen = status.observedGeneration >= metadata.generation;
  const mixed = status.updatedReplicas < status.replicas || status.replicas < spec.replicas;
  return seen && !mixed ? null : 'a rollout is under way';
}

/** How far it is, in one line for people. */
export const progressLine = ({ spec, status }: Deployment): string =>
  `${status.availableReplicas} of ${spec.replicas} pods available, ${status.updatedReplicas} of the current release`;
