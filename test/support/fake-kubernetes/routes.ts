import type { Cluster } from './cluster.ts';
import type { FakeDeployment, FakeObject, FakePod } from './objects.ts';
import { applyPatch } from './patch.ts';

/** A request, read. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  type: string;
  body: unknown;
}

/** What is answered: an object, the text of a log, or every change from now on. */
export type Answer =
  | { status: number; body: unknown; retryAfter?: number }
  | { text: string }
  | { watch: (object: FakeObject) => boolean; kind: string; from: FakeObject[] };

const namespaced =
  /^\/(?:api|apis\/apps)\/v1\/namespaces\/([^/]+)\/(deployments|replicasets|pods)(?:\/([^/]+))?(?:\/(scale|log))?$/;

/** Answers as an API server does. */
export function answer(cluster: Cluster, asked: Asked): Answer {
  const told = discovery[asked.path];
  if (told) return { status: 200, body: told };
  const [, namespace, resource = '', name, sub] = namespaced.exec(asked.path) ?? [];
  if (namespace === undefined) return failure(404, 'NotFound', 'the server could not find it');
  const kinds: Record<string, [string, Map<string, FakeObject>]> = {
    deployments: ['Deployment', cluster.deployments],
    replicasets: ['ReplicaSet', cluster.replicaSets],
    pods: ['Pod', cluster.pods],
  };
  const [kind = '', all = new Map()] = kinds[resource] ?? [];
  const here = [...all.values()].filter(({ metadata }) => metadata.namespace === namespace);
  if (name === undefined) return list(cluster, kind, here, asked);
  const found = here.find(({ metadata }) => metadata.name === name);
  if (!found) return failure(404, 'NotFound', `${resource} "${name}" not found`);
  if (sub === 'log') return { text: logOf(cluster, found as FakePod, asked.query) };
  if (sub === 'scale') return scale(cluster, found as FakeDeployment, asked);
  if (asked.method === 'GET') return { status: 200, body: found };
  return asked.method === 'PATCH'
    ? change(cluster, found, asked)
    : failure(405, 'MethodNotAllowed', 'no');
}

/** What an API server says when it refuses something. */
export const failure = (code: number, reason: string, message: string): Answer => ({
  status: code,
  body: {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason,
    message,
    code,
  },
});

/** What it says to somebody whose role lacks a verb. */
export const forbidden = (verb: string, resource: string): Answer =>
  failure(
    403,
    'Forbidden',
    `${resource} is forbidden: User "system:serviceaccount:auth:gatehouse" cannot ${verb} resource "${resource}" in API group "apps" in the namespace "auth"`,
  );

function list(cluster: Cluster, kind: string, all: FakeObject[], { query }: Asked): Answer {
  const labels = query.get('labelSelector')?.split(',').filter(Boolean) ?? [];
  const field = query.get('fieldSelector')?.replace('metadata.name=', '') ?? null;
  const wanted = ({ metadata }: FakeObject) =>
    (field === null || metadata.name === field) &&
    labels.every((pair) => metadata.labels?.[pair.split('=')[0] ?? ''] === pair.split('=')[1]);
  const items = all.filter(wanted);
  if (query.get('watch') === 'true' || query.get('watch') === '1') {
    return { watch: wanted, kind, from: query.get('resourceVersion') ? [] : items };
  }
  const apiVersion = kind === 'Pod' ? 'v1' : 'apps/v1';
  const metadata = { resourceVersion: cluster.nextVersion() };
  return { status: 200, body: { kind: `${kind}List`, apiVersion, metadata, items } };
}

function change(cluster: Cluster, object: FakeObject, { type, body }: Asked): Answer {
  const next = applyPatch(object as never, type, body) as FakeDeployment | null;
  if (!next)
    return failure(422, 'Invalid', 'the server rejected our request due to an error in it');
  if (next.metadata.resourceVersion !== object.metadata.resourceVersion) return conflict(object);
  const changed = JSON.stringify(next.spec) !== JSON.stringify(object.spec);
  if (changed) next.metadata.generation = (next.metadata.generation ?? 1) + 1;
  const same = !changed && JSON.stringify(next) === JSON.stringify(object);
  Object.assign(object, next);
  if (!same) cluster.touch('MODIFIED', object);
  return { status: 200, body: object };
}

const conflict = ({ kind, metadata }: FakeObject): Answer =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${kind} "${metadata.name}": the object has been modified; please apply your changes to the latest version and try again`,
  );

function scale(cluster: Cluster, deployment: FakeDeployment, asked: Asked): Answer {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = deployment.metadata;
  const now = {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: deployment.spec.replicas },
    status: { replicas: deployment.status.replicas ?? 0, selector: 'app=auth-service' },
  };
  if (asked.method === 'GET') return { status: 200, body: now };
  const wanted = asked.method === 'PUT' ? asked.body : applyPatch(now, asked.type, asked.body);
  const { metadata, spec } = wanted as typeof now;
  if (metadata.resourceVersion && metadata.resourceVersion !== resourceVersion)
    return conflict(deployment);
  if (spec.replicas !== deployment.spec.replicas) {
    deployment.spec.replicas = spec.replicas;
    deployment.metadata.generation = (deployment.metadata.generation ?? 1) + 1;
    cluster.touch('MODIFIED', deployment);
  }
  const changed = {
    ...now,
    spec,
    metadata: { ...now.metadata, resourceVersion: deployment.metadata.resourceVersion },
  };
  return { status: 200, body: changed };
}

function logOf(cluster: Cluster, { metadata }: FakePod, query: URLSearchParams): string {
  const since = Date.parse(query.get('sinceTime') ?? '') || 0;
  const tail = Number(query.get('tailLines') ?? Number.POSITIVE_INFINITY);
  const lines = (cluster.logs.get(metadata.name) ?? []).filter(({ at }) => Date.parse(at) >= since);
  const stamped = query.get('timestamps') === 'true';
  return lines
    .slice(-tail)
    .map(({ at, text }) => `${stamped ? `${at} ` : ''}${text}\n`)
    .join('');
}

const verbs = ['get', 'list', 'patch', 'update', 'watch'];
const resource = (name: string, kind: string, more: object = {}) => ({
  name,
  singularName: '',
  namespaced: true,
  kind,
  verbs,
  ...more,
});
const appsVersion = { groupVersion: 'apps/v1', version: 'v1' };

/** What a client asks first, to learn what there is. */
const discovery: Readonly<Record<string, unknown>> = {
  '/version': { major: '1', minor: '32', gitVersion: 'v1.32.0' },
  '/api/v1/namespaces/auth': { kind: 'Namespace', apiVersion: 'v1', metadata: { name: 'auth' } },
  '/api': { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [{ name: 'apps', versions: [appsVersion], preferredVersion: appsVersion }],
  },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [resource('pods', 'Pod', { shortNames: ['po'] }), resource('pods/log', 'Pod')],
  },
  '/apis/apps/v1': {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'apps/v1',
    resources: [
      resource('deployments', 'Deployment', { shortNames: ['deploy'] }),
      resource('deployments/scale', 'Scale', { group: 'autoscaling', version: 'v1' }),
      resource('replicasets', 'ReplicaSet', { shortNames: ['rs'] }),
    ],
  },
};
