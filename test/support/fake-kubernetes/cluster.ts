import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type {
  FakeDeployment,
  FakeObject,
  FakePod,
  FakeReplicaSet,
  Meta,
  PodTemplate,
} from './objects.ts';

/** The state of a fake cluster, and what its kubelet does. */
export interface Cluster {
  deployments: Map<string, FakeDeployment>;
  replicaSets: Map<string, FakeReplicaSet>;
  pods: Map<string, FakePod>;
  /** The log of each pod, by its name. */
  logs: Map<string, { at: string; text: string }[]>;
  /** Images that cannot be pulled, and images whose program ends at once. */
  badImages: Set<string>;
  crashing: Set<string>;
  /** Emits `change` with a type and an object. */
  changes: EventEmitter;
  /** Writes down that an object has changed. */
  touch(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: FakeObject): void;
  /** The next resource version, and a time at least a second after the last one that was given. */
  nextVersion(): string;
  now(): string;
  newMeta(name: string, from: Partial<Meta>): Meta;
}

/** An empty cluster. */
export function createCluster(): Cluster {
  let version = 1_000;
  let last = 0;
  const changes = new EventEmitter();
  changes.setMaxListeners(100);
  const nextVersion = () => String(++version);
  // Kubernetes writes whole seconds: two things that happen within one could not be told apart.
  const now = () => {
    last = Math.max(last + 1_000, Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000);
    return new Date(last).toISOString().replace('.000', '');
  };
  return {
    deployments: new Map(),
    replicaSets: new Map(),
    pods: new Map(),
    logs: new Map(),
    badImages: new Set(),
    crashing: new Set(),
    changes,
    nextVersion,
    now,
    touch(type, object) {
      object.metadata.resourceVersion = nextVersion();
      changes.emit('change', type, object);
    },
    newMeta: (name, from) => ({
      name,
      namespace: 'auth',
      uid: hash(`${name} ${version}`, 32),
      resourceVersion: nextVersion(),
      creationTimestamp: now(),
      ...from,
    }),
  };
}

/** So many letters and digits that stand for a text. */
export const hash = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

/** Creates a deployment, as `kubectl create` would. */
export function addDeployment(
  cluster: Cluster,
  { name, image, replicas = 2, progressDeadlineSeconds = 600, extra = {} }: NewDeployment,
): FakeDeployment {
  const labels = { app: name };
  const template: PodTemplate = {
    metadata: { labels },
    spec: {
      containers: [{ name, image }],
      serviceAccountName: name,
      ...extra,
    },
  };
  const deployment: FakeDeployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: cluster.newMeta(name, { generation: 1, labels, annotations: {} }),
    spec: {
      replicas,
      progressDeadlineSeconds,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
      template,
    },
    status: { conditions: [] },
  };
  cluster.deployments.set(name, deployment);
  cluster.touch('ADDED', deployment);
  return deployment;
}

/** What is needed to make a deployment. */
export interface NewDeployment {
  name: string;
  image: string;
  replicas?: number;
  progressDeadlineSeconds?: number;
  /** Further fields of what pods are made from. */
  extra?: Readonly<Record<string, unknown>>;
}
