/** Objects of the fake cluster, with the fields that anybody here reads. */
export interface Meta {
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
  creationTimestamp: string;
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  deletionTimestamp?: string;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller: true;
  }[];
}

/** What pods are made from. */
export interface PodTemplate {
  metadata: { labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: { containers: { name: string; image: string }[]; [field: string]: unknown };
}

interface Condition {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** A Deployment. */
export interface FakeDeployment {
  apiVersion: 'apps/v1';
  kind: 'Deployment';
  metadata: Meta;
  spec: {
    replicas: number;
    paused?: boolean;
    progressDeadlineSeconds: number;
    selector: { matchLabels: Record<string, string> };
    strategy: {
      type: 'RollingUpdate';
      rollingUpdate: { maxSurge: string; maxUnavailable: string };
    };
    template: PodTemplate;
  };
  status: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions: Condition[];
  };
}

/** A ReplicaSet. */
export interface FakeReplicaSet {
  apiVersion: 'apps/v1';
  kind: 'ReplicaSet';
  metadata: Meta;
  spec: {
    replicas: number;
    selector: { matchLabels: Record<string, string> };
    template: PodTemplate;
  };
  status: { replicas: number; readyReplicas: number; availableReplicas: number };
}

/** A Pod. */
export interface FakePod {
  apiVersion: 'v1';
  kind: 'Pod';
  metadata: Meta;
  spec: PodTemplate['spec'];
  status: {
    phase: string;
    startTime: string;
    conditions: { type: string; status: string }[];
    containerStatuses: {
      name: string;
      image: string;
      ready: boolean;
      restartCount: number;
      state: Record<string, { reason?: string; startedAt?: string }>;
    }[];
  };
}

/** Any of them. */
export type FakeObject = FakeDeployment | FakeReplicaSet | FakePod;
