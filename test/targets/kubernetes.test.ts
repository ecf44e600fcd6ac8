import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Capabilities, Release, Releases } from '../../src/core/capabilities.ts';
import type { Offer } from '../../src/core/driver.ts';
import { kubernetes as driver } from '../../src/targets/kubernetes.ts';
import { deploymentsContract } from '../contracts/deployments.ts';
import { driverContract } from '../contracts/driver.ts';
import { instancesContract } from '../contracts/instances.ts';
import { logsContract } from '../contracts/logs.ts';
import { releasesContract } from '../contracts/releases.ts';
import { replicasContract } from '../contracts/replicas.ts';
import { realClock } from '../support/clock.ts';
import { addDeployment } from '../support/fake-kubernetes/cluster.ts';
import { addSet } from '../support/fake-kubernetes/controller.ts';
import { failure, forbidden } from '../support/fake-kubernetes/routes.ts';
import {
  type FakeKubernetes,
  kubeconfigText,
  startFakeKubernetes,
} from '../support/fake-kubernetes/start.ts';
import { selfSigned } from '../support/self-signed.ts';
import { tempFolder } from '../support/temp-folder.ts';

const target = { service: 'rust-auth', env: 'prod' };
const never = new AbortController().signal;
const folder = tempFolder();
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});
afterAll(() => folder.remove());

const image = (tag: string) => `registry.example.com/auth:${tag}`;
const section = (kubeconfig: string) => ({
  kubeconfig,
  namespace: 'auth',
  deployment: 'auth-service',
  most_replicas: 4,
});

/** A cluster with the deployment, its images one after the other, the last one current. */
async function start(tags = ['1.4.2'], replicas = 2): Promise<FakeKubernetes> {
  const fake = await startFakeKubernetes();
  undo.push(fake.stop);
  const [first = '', ...others] = tags;
  await fake.deploy({
    name: 'auth-service',
    image: image(first),
    replicas,
    progressDeadlineSeconds: 1,
    extra: { fieldOfTheFuture: { kept: true } },
  });
  for (const tag of others) await fake.setImage('auth-service', image(tag));
  return fake;
}

async function openWith(kubeconfig: string): Promise<Required<Offer['capabilities']>> {
  const options = driver.options.parse(section(kubeconfig));
  const offer = await driver.open(options, target, { clock: realClock });
  undo.push(offer.close);
  return offer.capabilities as Required<Offer['capabilities']>;
}
const open = (fake: FakeKubernetes) => openWith(fake.kubeconfig);

/** What a release is called without the hash of its template. */
const short = (id: string | null) => id?.replace(/-[0-9a-f]{8}$/, '') ?? null;

/** The releases by their tags alone, as the contracts call them. */
const byTag = ({ history }: Releases): Releases => ({
  history: async (signal) =>
    (await history(signal)).map(({ leftFor, ...release }) => ({
      ...release,
      id: short(release.id) as string,
      ...(leftFor !== undefined && { leftFor: short(leftFor) as string }),
    })),
});

/** The id of the release with a tag; the tag itself where there is none. */
const idOf = async ({ releases }: Capabilities, tag: string): Promise<string> =>
  (await releases.history(never)).find(({ id }) => short(id) === tag)?.id ?? tag;

describe('as a driver', () => {
  const { cert } = selfSigned();
  driverContract({
    driver,
    reachedThrough: 'the Kubernetes API',
    section(port) {
      const file = join(folder.path, `kubeconfig-${port}`);
      writeFileSync(file, kubeconfigText(port, cert));
      return section(file);
    },
  });
});

describe('replicas', () => {
  replicasContract(async () => (await open(await start())).replicas);
});

describe('instances', () => {
  instancesContract(async () => {
    const fake = await start(['1.4.2'], 1);
    const { instances } = await open(fake);
    return {
      instances: {
        instances: async (signal) =>
          (await instances.instances(signal)).map((one) => ({
            ...one,
            id: one.id.replace(/^auth-service-.*/, 'api'),
            release: short(one.release),
          })),
      },
      kill: async () => {
        fake.works = false;
        for (const { status } of fake.cluster.pods.values()) {
          status.conditions = [{ type: 'Ready', status: 'False' }];
        }
      },
    };
  });

  test('pods of somebody else with the same labels are not its copies', async () => {
    const fake = await start(['1.4.2'], 1);
    const [pod] = fake.cluster.pods.values();
    const stranger = structuredClone(pod) ?? expect.fail('no pod');
    stranger.metadata.name = 'stranger';
    stranger.metadata.ownerReferences = [];
    fake.cluster.pods.set('stranger', stranger);
    const { instances } = await open(fake);
    expect((await instances.instances(never)).map(({ id }) => id)).toEqual([pod?.metadata.name]);
  });
});

describe('logs', () => {
  logsContract(async (lines) => {
    const fake = await start(['1.4.2'], 1);
    const [name = ''] = fake.cluster.pods.keys();
    fake.cluster.logs.set(
      name,
      lines.map((text) => ({ at: text.split(' ')[0] ?? '', text })),
    );
    return (await open(fake)).logs;
  });

  test('lines of several pods are in the order of time, each with the name of its pod', async () => {
    const fake = await start();
    const [one = '', two = ''] = fake.cluster.pods.keys();
    fake.cluster.logs.set(one, [line(1, 'first'), line(3, 'third')]);
    fake.cluster.logs.set(two, [
      line(2, 'second'),
      ...Array.from({ length: 30 }, (_, n) => line(4 + n, 'more')),
    ]);
    const { lines, total } = await (await open(fake)).logs.read(
      { since: 0, grep: null, limit: 100 },
      never,
    );
    expect(lines.slice(0, 3)).toEqual([`${one}: first`, `${two}: second`, `${one}: third`]);
    expect(total).toBe(33);
  });
});

const line = (second: number, text: string) => ({
  at: new Date(Date.UTC(2026, 10, 21) + second * 1_000).toISOString(),
  text,
});

describe('releases', () => {
  releasesContract(async (has) => {
    const fake = await startFakeKubernetes();
    undo.push(fake.stop);
    fake.works = false;
    const current = has.find((release) => release.current)?.id ?? 'unheard-of';
    const deployment = addDeployment(fake.cluster, { name: 'auth-service', image: image('-') });
    const use = (tag: string) => {
      deployment.spec.template = structuredClone(deployment.spec.template);
      deployment.spec.template.spec.containers = [{ name: 'auth-service', image: image(tag) }];
    };
    for (const { id, at, verified } of has) {
      use(id);
      const set = addSet(fake.cluster, deployment);
      set.metadata.creationTimestamp = new Date(at ?? 0).toISOString();
      const hash = set.metadata.labels?.['pod-template-hash'] ?? '';
      if (verified) set.metadata.annotations = { 'gatehouse/verified': hash };
    }
    use(current);
    return byTag((await open(fake)).releases);
  });

  const tags = async (fake: FakeKubernetes) =>
    (await byTag((await open(fake)).releases).history(never)).map(
      ({ id, current, verified }: Release) =>
        `${id}${current ? ' current' : ''}${verified ? ' verified' : ''}`,
    );

  test('a mark that was copied from another ReplicaSet verifies nothing', async () => {
    const fake = await start(['1.0.0', '1.1.0']);
    for (const set of fake.cluster.replicaSets.values()) {
      set.metadata.annotations = {
        ...set.metadata.annotations,
        'gatehouse/verified': '0123456789',
      };
    }
    expect(await tags(fake)).toEqual(['1.1.0 current verified', '1.0.0']);
  });

  test('what serves beside a newer one that does not come up has proved that it runs', async () => {
    const fake = await start(['1.0.0']);
    fake.cluster.badImages.add(image('1.1.0'));
    await fake.setImage('auth-service', image('1.1.0'));
    expect(await tags(fake)).toEqual(['1.1.0 current', '1.0.0 verified']);
  });

  test('a restart makes no other release, and a rollback moves none', async () => {
    const fake = await start(['1.0.0', '1.1.0']);
    const can = await open(fake);
    const before = (await can.releases.history(never)).map(({ id }) => id);
    const { rollout } = can.lifecycle;
    await rollout?.replace('R-1', (await rollout.read(never)).id, never);
    expect((await can.releases.history(never)).map(({ id }) => id)).toEqual(before);
    await can.deployments.use(before[1] ?? '', before[0] ?? '', never);
    expect((await can.releases.history(never)).map(({ id }) => id)).toEqual(before);
  });

  test('a tag that was used again with other settings is another release', async () => {
    const fake = await start(['1.0.0']);
    const { spec, metadata } = fake.cluster.deployments.get('auth-service') ?? expect.fail('none');
    spec.template = { ...spec.template, spec: { ...spec.template.spec, hostNetwork: true } };
    metadata.generation = 2;
    await fake.settled();
    const ids = (await (await open(fake)).releases.history(never)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids.map(short)).toEqual(['1.0.0', '1.0.0']);
  });
});

describe('deployments', () => {
  deploymentsContract(async () => {
    const can = await open(await start(['old', 'new']));
    return {
      releases: byTag(can.releases),
      instances: {
        instances: async (signal) =>
          (await can.instances.instances(signal)).map((one) => ({
            ...one,
            release: short(one.release),
          })),
      },
      deployments: {
        use: async (release, expected, signal) =>
          can.deployments.use(await idOf(can, release), await idOf(can, expected), signal),
        markVerified: async (release, signal) =>
          can.deployments.markVerified(await idOf(can, release), signal),
      },
    };
  });

  test('what is noted of a release is about the very pods that were seen, and rolls nothing out', async () => {
    const fake = await start(['old', 'new']);
    const can = await open(fake);
    const id = await idOf(can, 'new');
    const deployment = fake.cluster.deployments.get('auth-service') ?? expect.fail('none');
    const { generation } = deployment.metadata;
    await can.deployments.markVerified(id, never);
    expect(fake.cluster.deployments.get('auth-service')?.metadata.generation).toBe(generation);
    await can.deployments.use(await idOf(can, 'old'), id, never);
    const left = async () =>
      (await can.releases.history(never)).find((release) => release.id === id)?.verified;
    expect(await left()).toBe(true);
    for (const { metadata } of fake.cluster.replicaSets.values()) {
      metadata.labels = { ...metadata.labels, 'pod-template-hash': `other${metadata.name}` };
    }
    expect(await left()).toBe(false);
  });

  test('nothing is noted while not all pods run the release', async () => {
    const fake = await start(['bad', 'new']);
    fake.cluster.badImages.add(image('bad'));
    const can = await open(fake);
    const bad = await idOf(can, 'bad');
    await can.deployments.use(bad, await idOf(can, 'new'), never).catch(() => {});
    await expect(can.deployments.markVerified(bad, never)).rejects.toMatchObject({
      message: expect.stringContaining('not all pods run'),
      happened: false,
    });
  });

  test('the whole template comes back, also fields that no client knows yet', async () => {
    const fake = await start(['old', 'new']);
    const can = await open(fake);
    await can.deployments.use(await idOf(can, 'old'), await idOf(can, 'new'), never);
    const { template } = fake.cluster.deployments.get('auth-service')?.spec ?? expect.fail('none');
    expect(template.spec).toMatchObject({
      fieldOfTheFuture: { kept: true },
      containers: [{ image: image('old') }],
    });
    expect(fake.cluster.replicaSets.size).toBe(2);
    expect(template.metadata.labels).toEqual({ app: 'auth-service' });
  });

  test('a release that does not come up is said with what Kubernetes says of it', async () => {
    const fake = await start(['bad', 'new']);
    fake.cluster.badImages.add(image('bad'));
    const can = await open(fake);
    const [to, from] = [await idOf(can, 'bad'), await idOf(can, 'new')];
    const error = await can.deployments.use(to, from, never).catch((thrown) => thrown);
    expect(error.message).toMatch(/Kubernetes gives its rollout up: .*timed out.*ImagePullBackOff/);
    expect(error.happened).toBe(true);
  });

  test('a paused deployment is left alone', async () => {
    const fake = await start(['old', 'new']);
    const { spec } = fake.cluster.deployments.get('auth-service') ?? expect.fail('none');
    spec.paused = true;
    const can = await open(fake);
    const use = can.deployments.use(await idOf(can, 'old'), await idOf(can, 'new'), never);
    await expect(use).rejects.toMatchObject({
      happened: false,
      message: expect.stringContaining('paused'),
    });
  });
});

describe('a rollout', () => {
  const replaced = async (fake: FakeKubernetes, mark: string) => {
    const { rollout } = (await open(fake)).lifecycle;
    await rollout?.replace(mark, (await rollout.read(never)).id, never);
  };
  const patches = ({ requests }: FakeKubernetes) =>
    requests.filter((request) => request.startsWith('PATCH')).length;

  test('replaces every pod, and is over when only new ones are there', async () => {
    const fake = await start();
    const before = [...fake.cluster.pods.keys()];
    await replaced(fake, 'R-1');
    const after = [...fake.cluster.pods.keys()];
    expect(after).toHaveLength(2);
    expect(after.filter((name) => before.includes(name))).toEqual([]);
  });

  test('the same mark twice replaces them once, also when what was expected is gone', async () => {
    const fake = await start();
    const { rollout } = (await open(fake)).lifecycle;
    const { id } = (await rollout?.read(never)) ?? expect.fail('no rollout');
    await rollout?.replace('R-1', id, never);
    const after = [...fake.cluster.pods.keys()];
    await rollout?.replace('R-1', id, never);
    expect([...fake.cluster.pods.keys()]).toEqual(after);
    expect(patches(fake)).toBe(1);
  });

  test('nothing is replaced when somebody else has done it meanwhile', async () => {
    const fake = await start();
    const { rollout } = (await open(fake)).lifecycle;
    const { id } = (await rollout?.read(never)) ?? expect.fail('no rollout');
    await rollout?.replace('R-1', id, never);
    const again = rollout?.replace('R-2', id, never);
    await expect(again).rejects.toMatchObject({ happened: false });
    expect(patches(fake)).toBe(1);
  });

  test('a conflict with the controller is tried again, with everything looked at anew', async () => {
    const fake = await start();
    let conflicts = 0;
    fake.fault = ({ method }) => {
      if (method !== 'PATCH' || conflicts === 2) return null;
      conflicts += 1;
      fake.cluster.touch('MODIFIED', fake.cluster.deployments.get('auth-service') as never);
      return failure(409, 'Conflict', 'the object has been modified');
    };
    await replaced(fake, 'R-1');
    expect(patches(fake)).toBe(3);
  });

  test('a patch is made on exactly what was read: a change in between is a conflict', async () => {
    const fake = await start();
    const bodies: unknown[] = [];
    fake.fault = ({ method, body }) => {
      if (method === 'PATCH') bodies.push(body);
      return null;
    };
    const version = fake.cluster.deployments.get('auth-service')?.metadata.resourceVersion;
    await replaced(fake, 'R-1');
    expect(bodies).toMatchObject([{ metadata: { resourceVersion: version } }]);
  });

  test('a single pod is never restarted', async () => {
    const { lifecycle } = await open(await start());
    await expect(lifecycle.restart('any', null, never)).rejects.toMatchObject({ happened: false });
  });
});

describe('what somebody else changes in the very moment of the change is seen', () => {
  /** Lets somebody be quicker, once. */
  const quicker = (fake: FakeKubernetes, change: () => void) => {
    let first = true;
    fake.fault = ({ method }) => {
      if (method !== 'PATCH' || !first) return null;
      first = false;
      const deployment = fake.cluster.deployments.get('auth-service') ?? expect.fail('none');
      change();
      deployment.metadata.generation = (deployment.metadata.generation ?? 1) + 1;
      fake.cluster.touch('MODIFIED', deployment);
      return null;
    };
  };
  const specOf = (fake: FakeKubernetes) =>
    fake.cluster.deployments.get('auth-service')?.spec ?? expect.fail('none');
  const otherImage = (fake: FakeKubernetes) => () => {
    const spec = specOf(fake);
    spec.template = structuredClone(spec.template);
    spec.template.spec.containers = [{ name: 'auth-service', image: image('other') }];
  };
  const untouched = { happened: false, message: expect.stringMatching(/by now/) };

  test('by a switch of releases', async () => {
    const fake = await start(['old', 'new']);
    const can = await open(fake);
    const [to, from] = [await idOf(can, 'old'), await idOf(can, 'new')];
    quicker(fake, otherImage(fake));
    await expect(can.deployments.use(to, from, never)).rejects.toMatchObject(untouched);
    expect(specOf(fake).template.spec.containers[0]?.image).toBe(image('other'));
  });

  test('by a restart', async () => {
    const fake = await start();
    const { rollout } = (await open(fake)).lifecycle;
    const { id } = (await rollout?.read(never)) ?? expect.fail('none');
    quicker(fake, otherImage(fake));
    const error = await rollout?.replace('R-1', id, never).catch((thrown) => thrown);
    expect(error).toMatchObject({ happened: false });
    expect(specOf(fake).template.metadata.annotations).toBeUndefined();
  });

  test('by a scaling', async () => {
    const fake = await start();
    const { replicas } = await open(fake);
    quicker(fake, () => {
      specOf(fake).replicas = 1;
    });
    await expect(replicas.scale(4, 2, never)).rejects.toMatchObject(untouched);
    expect(specOf(fake).replicas).toBe(1);
  });
});

test('a rollout is over only when the controller has seen it, and every pod is available', async () => {
  const fake = await start(['1.0.0']);
  const { rollout } = (await open(fake)).lifecycle;
  const { id } = (await rollout?.read(never)) ?? expect.fail('none');
  const patience = new AbortController();
  let looks = 0;
  fake.fault = ({ method }) => {
    if (method === 'PATCH') fake.works = false;
    else if (!fake.works) looks += 1;
    if (looks === 3) patience.abort();
    return null;
  };
  const replacing = rollout?.replace('R-1', id, patience.signal);
  await expect(replacing).rejects.toMatchObject({ stuck: true });
  const { status, metadata } = fake.cluster.deployments.get('auth-service') ?? expect.fail('none');
  status.observedGeneration = metadata.generation ?? 0;
  status.availableReplicas = 1;
  expect(await rollout?.read(never)).toMatchObject({ complete: false });
});

describe('when Kubernetes refuses or fails', () => {
  const scaling = async (fake: FakeKubernetes) => (await open(fake)).replicas.scale(3, 2, never);
  const onPatch =
    (told: ReturnType<FakeKubernetes['fault']>): FakeKubernetes['fault'] =>
    ({ method }) =>
      method === 'PATCH' ? told : null;

  test.each([
    [
      'a missing right',
      forbidden('patch', 'deployments'),
      false,
      /may not patch deployments\/scale.*lacks that verb/,
    ],
    [
      'a token that is not accepted',
      failure(401, 'Unauthorized', 'no'),
      false,
      /does not know Gatehouse/,
    ],
    [
      'a webhook that refuses',
      failure(422, 'Invalid', 'the quota is used up'),
      false,
      /422.*the quota is used up/,
    ],
    [
      'too much to do, again and again',
      { ...failure(429, 'TooManyRequests', 'later'), retryAfter: 0 },
      false,
      /too much to do/,
    ],
    [
      'an error of its own',
      failure(500, 'InternalError', 'etcd is away'),
      true,
      /500.*etcd is away/,
    ],
    ['a connection that ends', 'hang up' as const, true, /nobody knows whether it did/],
  ])('%s is said, and whether anything may have happened', async (_, told, happened, says) => {
    const fake = await start();
    fake.fault = onPatch(told);
    const error = await scaling(fake).catch((thrown) => thrown);
    expect(error.message).toMatch(says);
    expect(error.happened).toBe(happened);
    if (happened) expect(fake.requests.filter((one) => one.startsWith('PATCH'))).toHaveLength(1);
  });

  test('what is put off is done after the time that was asked for', async () => {
    const fake = await start();
    let put = 0;
    fake.fault = ({ method }) => {
      if (method !== 'PATCH' || put > 0) return null;
      put += 1;
      return { ...failure(429, 'TooManyRequests', 'later'), retryAfter: 1 };
    };
    await scaling(fake);
    expect(fake.cluster.pods.size).toBe(3);
  });

  test('a connection that was dropped while it was idle keeps nobody from looking', async () => {
    const fake = await start();
    let dropped = false;
    fake.fault = () => {
      if (dropped) return null;
      dropped = true;
      return 'hang up';
    };
    expect(await (await open(fake)).instances.instances(never)).toHaveLength(2);
  });

  test('no answer in time counts as perhaps done', async () => {
    const fake = await start();
    const patience = new AbortController();
    fake.fault = ({ method }) => {
      if (method !== 'PATCH') return null;
      patience.abort();
      return 'hang';
    };
    const { replicas } = await open(fake);
    const error = await replicas.scale(3, 2, patience.signal).catch((thrown) => thrown);
    expect(error).toMatchObject({ happened: true, message: expect.stringContaining('in time') });
  });

  test('an API server that is not there has done nothing', async () => {
    const fake = await start();
    const { replicas } = await open(fake);
    await fake.stop();
    undo.shift();
    const error = await replicas.scale(3, 2, never).catch((thrown) => thrown);
    expect(error).toMatchObject({
      happened: false,
      message: expect.stringContaining('refused the connection'),
    });
  });

  test('an answer that makes no sense is no answer', async () => {
    const fake = await start();
    fake.fault = () => ({ status: 200, body: { kind: 'Deployment', spec: 'none' } });
    const { instances } = await open(fake);
    await expect(instances.instances(never)).rejects.toThrow('something else than deployments');
  });

  test('whatever JSON is answered, it is read or refused, and never trusted half', async () => {
    const fake = await start();
    const can = await open(fake);
    const looks = [
      () => can.instances.instances(never),
      () => can.releases.history(never),
      () => can.replicas.read(never),
      () => can.logs.read({ since: 0, grep: null, limit: 5 }, never),
      () => can.deployments.use('a', 'b', never),
    ];
    const anything = fc.asyncProperty(fc.json(), fc.nat(looks.length - 1), async (text, which) => {
      fake.fault = () => ({ text });
      const error = await looks[which]?.().then(
        () => null,
        (thrown) => thrown,
      );
      if (error !== null) expect(error).toMatchObject({ name: 'TargetError', happened: false });
    });
    await fc.assert(anything, { numRuns: 60 });
    expect(fake.requests.filter((one) => one.startsWith('PATCH'))).toEqual([]);
  });

  test('a deployment that there is not is named', async () => {
    const fake = await startFakeKubernetes();
    undo.push(fake.stop);
    const { instances } = await open(fake);
    await expect(instances.instances(never)).rejects.toThrow(/no such thing.*auth-service/);
  });
});

describe('its probe', () => {
  const seen = async (fake: FakeKubernetes) => (await open(fake)).probes.list()[0]?.run(never);

  test('is up when the rollout is complete', async () => {
    expect(await seen(await start())).toMatchObject({
      health: 'up',
      detail: expect.stringMatching(/^2 of 2 pods available, .*release 1\.4\.2-[0-9a-f]{8}$/),
    });
  });

  test.each([
    ['badImages', 'ImagePullBackOff'],
    ['crashing', 'CrashLoopBackOff'],
  ] as const)('says why pods do not come up: %s', async (how, reason) => {
    const fake = await start();
    fake.cluster[how].add(image('1.5.0'));
    await fake.setImage('auth-service', image('1.5.0'));
    expect(await seen(fake)).toMatchObject({
      health: 'degraded',
      detail: expect.stringContaining(reason),
    });
  });

  test('is down when nothing of it runs', async () => {
    const fake = await startFakeKubernetes();
    undo.push(fake.stop);
    fake.cluster.crashing.add(image('1.0.0'));
    await fake.deploy({ name: 'auth-service', image: image('1.0.0') });
    expect(await seen(fake)).toMatchObject({
      health: 'down',
      detail: expect.stringMatching(/^0 of 2 .*restarts.*CrashLoopBackOff/),
    });
  });
});

test('thirty questions need few connections', async () => {
  const fake = await start();
  const before = fake.connections();
  const { instances, releases } = await open(fake);
  for (let n = 0; n < 5; n += 1) {
    await instances.instances(never);
    await releases.history(never);
  }
  expect(fake.connections() - before).toBeLessThan(5);
});

test.skipIf(process.env.KUBERNETES_SERVICE_HOST)(
  'without a kubeconfig it says that it does not run inside a cluster',
  async () => {
    const { kubeconfig: _, ...inside } = section('/nowhere');
    const opening = driver.open(driver.options.parse(inside), target, { clock: realClock });
    await expect(opening).rejects.toMatchObject({
      name: 'TargetError',
      message: expect.stringContaining('does not run inside a cluster'),
    });
  },
);

describe('a kubeconfig is refused that', () => {
  const attempt = (change: (config: ReturnType<typeof JSON.parse>) => void) => {
    const config = JSON.parse(kubeconfigText(9, 'no certificate'));
    change(config);
    const file = join(folder.path, 'refused');
    writeFileSync(file, JSON.stringify(config));
    return openWith(file);
  };

  test.each([
    [
      'runs a program to sign in',
      (c) => (c.users[0].user = { exec: { command: 'aws' } }),
      'runs a program',
    ],
    [
      'signs in through a plug-in',
      (c) => (c.users[0].user = { 'auth-provider': { name: 'gcp' } }),
      'runs a program',
    ],
    [
      'trusts whoever answers',
      (c) => (c.clusters[0].cluster['insecure-skip-tls-verify'] = true),
      'does not check',
    ],
    ['speaks in clear', (c) => (c.clusters[0].cluster.server = 'http://127.0.0.1:9'), 'https'],
    ['has no such context', (c) => (c['current-context'] = 'prod'), 'it has fake'],
  ] as [string, (config: ReturnType<typeof JSON.parse>) => void, string][])(
    '%s',
    async (_, change, says) => {
      await expect(attempt(change)).rejects.toThrow(says);
    },
  );

  test('is not there', async () => {
    await expect(openWith(join(folder.path, 'nothing'))).rejects.toThrow('cannot be read');
  });
});
