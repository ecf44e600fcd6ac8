import { type Cluster, hash } from './cluster.ts';
import type { FakeDeployment, FakePod, FakeReplicaSet, PodTemplate } from './objects.ts';

const revision = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** One look of the deployment controller, the replica set controller and the kubelet at everything. */
export function reconcile(cluster: Cluster, progressing: Map<string, number>): void {
  for (const pod of cluster.pods.values()) runPod(cluster, pod);
  for (const deployment of cluster.deployments.values()) {
    const before = JSON.stringify(deployment.status);
    if (!deployment.spec.paused) rollOut(cluster, deployment);
    updateStatus(cluster, deployment, progressing);
    if (JSON.stringify(deployment.status) !== before) cluster.touch('MODIFIED', deployment);
  }
}

/** The kubelet: pulls the image, starts the program, says that it is ready. Each takes one look. */
function runPod(cluster: Cluster, pod: FakePod): void {
  const [status] = pod.status.containerStatuses;
  if (!status || pod.status.phase === 'Running') return;
  if (cluster.badImages.has(status.image)) {
    if (status.state.waiting?.reason === 'ImagePullBackOff') return;
    status.state = { waiting: { reason: 'ImagePullBackOff' } };
  } else if (cluster.crashing.has(status.image)) {
    if (status.restartCount >= 3) return;
    status.restartCount += 1;
    status.state = { waiting: { reason: 'CrashLoopBackOff' } };
  } else {
    status.ready = true;
    status.state = { running: { startedAt: pod.status.startTime } };
    pod.status.phase = 'Running';
    pod.status.conditions = [{ type: 'Ready', status: 'True' }];
  }
  cluster.touch('MODIFIED', pod);
}

/** Brings pods a step nearer to what is wanted, with a quarter more or less of them meanwhile. */
function rollOut(cluster: Cluster, deployment: FakeDeployment): void {
  const newest = newestSet(cluster, deployment);
  const sets = setsOf(cluster, deployment);
  const old = sets.filter((set) => set !== newest);
  const wanted = deployment.spec.replicas;
  const surge = Math.ceil(wanted / 4);
  const spare = Math.floor(wanted / 4);
  const all = sets.reduce((sum, set) => sum + podsOf(cluster, set).length, 0);
  const room = Math.max(0, wanted + surge - all);
  const mine = podsOf(cluster, newest).length;
  for (let n = 0; n < Math.min(room, wanted - mine); n += 1) addPod(cluster, newest);
  let available = sets.flatMap((set) => podsOf(cluster, set)).filter(isReady).length;
  const surplus = old
    .flatMap((set) => podsOf(cluster, set))
    .sort((a, b) => Number(isReady(a)) - Number(isReady(b)));
  const unwanted = podsOf(cluster, newest).slice(wanted);
  for (const pod of [...surplus, ...unwanted]) {
    if (isReady(pod) && available <= wanted - spare) continue;
    if (isReady(pod)) available -= 1;
    cluster.pods.delete(pod.metadata.name);
    cluster.touch('DELETED', pod);
  }
  for (const set of sets) updateSet(cluster, set);
}

/** The one that has the template of the deployment, made or found; its revision moves to the top. */
function newestSet(cluster: Cluster, deployment: FakeDeployment): FakeReplicaSet {
  const sets = setsOf(cluster, deployment);
  const top = Math.max(0, ...sets.map((set) => Number(set.metadata.annotations?.[revision] ?? 0)));
  const wanted = canonical(deployment.spec.template);
  const found = sets.find((set) => canonical(bare(set.spec.template)) === wanted);
  const set = found ?? addSet(cluster, deployment);
  const own = Number(set.metadata.annotations?.[revision] ?? 0);
  const number = String(own === top && own > 0 ? own : top + 1);
  if (set.metadata.annotations?.[revision] !== number) {
    set.metadata.annotations = { ...deployment.metadata.annotations, [revision]: number };
    cluster.touch('MODIFIED', set);
  }
  if (deployment.metadata.annotations?.[revision] !== number) {
    deployment.metadata.annotations = { ...deployment.metadata.annotations, [revision]: number };
    cluster.touch('MODIFIED', deployment);
  }
  return set;
}

/** Makes the ReplicaSet of the template that the deployment has now. */
export function addSet(cluster: Cluster, deployment: FakeDeployment): FakeReplicaSet {
  const { name, uid } = deployment.metadata;
  const code = hash(canonical(deployment.spec.template), 10);
  const template = structuredClone(deployment.spec.template);
  const labels = { ...template.metadata.labels, [hashLabel]: code };
  template.metadata.labels = labels;
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name, uid, controller: true } as const;
  const set: FakeReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: cluster.newMeta(`${name}-${code}`, {
      labels,
      annotations: {},
      ownerReferences: [owner],
    }),
    spec: { replicas: 0, selector: { matchLabels: labels }, template },
    status: { replicas: 0, readyReplicas: 0, availableReplicas: 0 },
  };
  cluster.replicaSets.set(set.metadata.name, set);
  cluster.touch('ADDED', set);
  return set;
}

/** The same text for the same template: an empty map, and null, are the same as none. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    const entries = Object.entries(one).filter(
      ([, inner]) => !['{}', 'null'].includes(JSON.stringify(inner)),
    );
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });

/** A template without the label that only ReplicaSets have. */
function bare(template: PodTemplate): PodTemplate {
  const labels = { ...template.metadata.labels };
  delete labels[hashLabel];
  return { ...template, metadata: { ...template.metadata, labels } };
}

function addPod(cluster: Cluster, set: FakeReplicaSet): void {
  const { name, uid } = set.metadata;
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name, uid, controller: true } as const;
  const podName = `${name}-${hash(`${name} ${cluster.nextVersion()}`, 5)}`;
  const metadata = cluster.newMeta(podName, {
    labels: set.spec.template.metadata.labels ?? {},
    ownerReferences: [owner],
  });
  const [container] = set.spec.template.spec.containers;
  const pod: FakePod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: set.spec.template.spec,
    status: {
      phase: 'Pending',
      startTime: metadata.creationTimestamp,
      conditions: [{ type: 'Ready', status: 'False' }],
      containerStatuses: [
        {
          name: container?.name ?? '',
          image: container?.image ?? '',
          ready: false,
          restartCount: 0,
          state: { waiting: { reason: 'ContainerCreating' } },
        },
      ],
    },
  };
  cluster.pods.set(podName, pod);
  cluster.logs.set(podName, [{ at: metadata.creationTimestamp, text: `${podName} started` }]);
  cluster.touch('ADDED', pod);
}

function updateSet(cluster: Cluster, set: FakeReplicaSet): void {
  const pods = podsOf(cluster, set);
  const ready = pods.filter(isReady).length;
  const status = { replicas: pods.length, readyReplicas: ready, availableReplicas: ready };
  if (JSON.stringify(status) === JSON.stringify(set.status) && set.spec.replicas === pods.length)
    return;
  set.status = status;
  set.spec.replicas = pods.length;
  cluster.touch('MODIFIED', set);
}

function updateStatus(
  cluster: Cluster,
  deployment: FakeDeployment,
  progressing: Map<string, number>,
): void {
  const { metadata, spec } = deployment;
  const sets = setsOf(cluster, deployment);
  const newest = sets.find(
    (set) => set.metadata.annotations?.[revision] === metadata.annotations?.[revision],
  );
  const pods = sets.flatMap((set) => podsOf(cluster, set));
  const ready = pods.filter(isReady).length;
  const updated = newest ? podsOf(cluster, newest).length : 0;
  const done =
    updated === spec.replicas && pods.length === spec.replicas && ready === spec.replicas;
  const seen = `${metadata.generation} ${pods.length} ${updated} ${ready}`;
  const last = progressing.get(`${metadata.uid} ${seen}`) ?? performance.now();
  for (const key of progressing.keys()) if (key.startsWith(metadata.uid)) progressing.delete(key);
  progressing.set(`${metadata.uid} ${seen}`, last);
  const late = !done && performance.now() - last > spec.progressDeadlineSeconds * 1_000;
  deployment.status = {
    observedGeneration: metadata.generation ?? 1,
    replicas: pods.length,
    updatedReplicas: updated,
    readyReplicas: ready,
    availableReplicas: ready,
    unavailableReplicas: Math.max(0, spec.replicas - ready),
    conditions: [
      { type: 'Available', status: String(ready > 0), reason: 'MinimumReplicas', message: '' },
      progressCondition(newest?.metadata.name ?? '', done, late),
    ],
  };
}

const progressCondition = (set: string, done: boolean, late: boolean) => ({
  type: 'Progressing',
  status: late ? 'False' : 'True',
  reason: late ? 'ProgressDeadlineExceeded' : done ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
  message: `ReplicaSet "${set}" ${late ? 'has timed out progressing.' : done ? 'has successfully progressed.' : 'is progressing.'}`,
});

const setsOf = (cluster: Cluster, { metadata }: FakeDeployment): FakeReplicaSet[] =>
  [...cluster.replicaSets.values()].filter((set) => ownedBy(set, metadata.uid));

const podsOf = (cluster: Cluster, { metadata }: FakeReplicaSet): FakePod[] =>
  [...cluster.pods.values()].filter((pod) => ownedBy(pod, metadata.uid));

const ownedBy = ({ metadata }: FakePod | FakeReplicaSet, uid: string): boolean =>
  metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false;

/** Whether a pod takes requests. */
export const isReady = ({ status }: FakePod): boolean =>
  status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
