import type { z } from 'zod';
import { TargetError } from '../../core/errors.ts';
import type { Ask, Question } from './api.ts';
import type { KubernetesOptions } from './options.ts';
import {
  type Deployment,
  deploymentShape,
  type Pod,
  podsShape,
  type ReplicaSet,
  replicaSetsShape,
} from './shapes.ts';

/** One deployment, and how to ask about it. */
export interface Place extends Pick<KubernetesOptions, 'namespace' | 'deployment' | 'container'> {
  /** The most replicas that there may be. */
  most: number;
  ask: Ask;
}

/** The path of the deployment, or of one of its subresources. */
export const pathOf = ({ namespace, deployment }: Place, sub = ''): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}${sub}`;

/** The deployment as it is now. */
export const readDeployment = async (place: Place, signal: AbortSignal): Promise<Deployment> =>
  readAs(
    deploymentShape,
    place.ask,
    { verb: 'get', resource: 'deployments', path: pathOf(place) },
    signal,
  );

/** Its ReplicaSets: what its pods were and are made from. */
export async function listReplicaSets(
  place: Place,
  { metadata, spec }: Deployment,
  signal: AbortSignal,
): Promise<ReplicaSet[]> {
  const question = {
    verb: 'list',
    resource: 'replicasets',
    path: `/apis/apps/v1/namespaces/${place.namespace}/replicasets`,
    query: { labelSelector: selectorText(spec.selector) },
  } as const;
  const { items } = await readAs(replicaSetsShape, place.ask, question, signal);
  return items.filter((item) => isOwned(item, [metadata.uid]));
}

/** Its pods, by their owner: a selector alone may also match those of somebody else. Ones that are ending are left out. */
export async function listPods(
  place: Place,
  { spec }: Deployment,
  sets: readonly ReplicaSet[],
  signal: AbortSignal,
): Promise<Pod[]> {
  const question = {
    verb: 'list',
    resource: 'pods',
    path: `/api/v1/namespaces/${place.namespace}/pods`,
    query: { labelSelector: selectorText(spec.selector) },
  } as const;
  const { items } = await readAs(podsShape, place.ask, question, signal);
  const uids = sets.map(({ metadata }) => metadata.uid);
  return items
    .filter((pod) => isOwned(pod, uids) && pod.metadata.deletionTimestamp === undefined)
    .filter(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed')
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
}

const isOwned = (
  { metadata }: Pick<ReplicaSet, 'metadata'> | Pick<Pod, 'metadata'>,
  owners: readonly string[],
): boolean => metadata.ownerReferences.some(({ uid }) => owners.includes(uid));

/** Asks, and reads the answer. @throws {TargetError} also when the answer makes no sense. */
export async function readAs<T>(
  shape: z.ZodType<T>,
  ask: Ask,
  question: Question,
  signal: AbortSignal,
): Promise<T> {
  const text = await ask(question, signal);
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    const message = `the Kubernetes API answered something else than ${question.resource}`;
    throw new TargetError(message, { retryable: false, happened: false, cause });
  }
}

/** A selector as it is written in a query. */
function selectorText({ matchLabels, matchExpressions }: Deployment['spec']['selector']): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const others = matchExpressions.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(',')})`;
  });
  return [...equal, ...others].join(',');
}
