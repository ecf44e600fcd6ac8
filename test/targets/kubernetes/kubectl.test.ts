import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forbidden } from '../../support/fake-kubernetes/routes.ts';
import { type FakeKubernetes, startFakeKubernetes } from '../../support/fake-kubernetes/start.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const binary = ['/usr/bin/kubectl', '/usr/local/bin/kubectl'].find((path) => existsSync(path));

/** What the drivers are tried on is only worth something if the program everybody uses takes it for real. */
describe.skipIf(binary === undefined)('the real kubectl works against the fake cluster', () => {
  let fake: FakeKubernetes;
  const home = tempFolder();

  beforeAll(async () => {
    fake = await startFakeKubernetes();
    await fake.deploy({ name: 'auth-service', image: 'registry.example.com/auth:1.0.0' });
    await fake.setImage('auth-service', 'registry.example.com/auth:1.1.0');
  });
  afterAll(async () => {
    await fake.stop();
    await home.remove();
  });

  const kubectl = async (...words: string[]): Promise<string> => {
    const env = { KUBECONFIG: fake.kubeconfig, HOME: home.path };
    const { stdout } = await promisify(execFile)(binary ?? '', words, { env, timeout: 20_000 });
    return stdout;
  };
  const images = () =>
    [...fake.cluster.pods.values()].map(({ spec }) => spec.containers[0]?.image.split(':')[1]);

  test('get', async () => {
    const pods = await kubectl('get', 'pods', '-l', 'app=auth-service');
    expect(pods.trim().split('\n')).toHaveLength(3);
    expect(pods).toContain('auth-service-');
    const deployment = JSON.parse(await kubectl('get', 'deployment', 'auth-service', '-o', 'json'));
    expect(deployment).toMatchObject({ spec: { replicas: 2 }, status: { availableReplicas: 2 } });
  });

  test('rollout restart, and status waits for its end', async () => {
    const before = [...fake.cluster.pods.keys()];
    expect(await kubectl('rollout', 'restart', 'deployment/auth-service')).toContain('restarted');
    const status = await kubectl('rollout', 'status', 'deployment/auth-service', '--timeout=15s');
    expect(status).toContain('successfully rolled out');
    expect([...fake.cluster.pods.keys()].filter((name) => before.includes(name))).toEqual([]);
  });

  test('rollout history and rollout undo', async () => {
    expect(await kubectl('rollout', 'history', 'deployment/auth-service')).toMatch(/^3 /m);
    await kubectl('rollout', 'undo', 'deployment/auth-service', '--to-revision=1');
    await kubectl('rollout', 'status', 'deployment/auth-service', '--timeout=15s');
    expect(images()).toEqual(['1.0.0', '1.0.0']);
    const history = await kubectl('rollout', 'history', 'deployment/auth-service');
    expect(history).toMatch(/^4 /m);
    expect(history).not.toMatch(/^1 /m);
  });

  test('a bad image is not rolled out, and the old pods go on', async () => {
    fake.cluster.badImages.add('registry.example.com/auth:bad');
    const image = 'auth-service=registry.example.com/auth:bad';
    await kubectl('set', 'image', 'deployment/auth-service', image);
    const status = kubectl('rollout', 'status', 'deployment/auth-service', '--timeout=1s');
    await expect(status).rejects.toThrow(/timed out|exceeded/);
    expect(images().sort()).toEqual(['1.0.0', '1.0.0', 'bad']);
    await kubectl('rollout', 'undo', 'deployment/auth-service');
    await kubectl('rollout', 'status', 'deployment/auth-service', '--timeout=15s');
    expect(images()).toEqual(['1.0.0', '1.0.0']);
  });

  test('scale, with and without a precondition', async () => {
    await kubectl('scale', 'deployment/auth-service', '--replicas=3', '--current-replicas=2');
    await kubectl('rollout', 'status', 'deployment/auth-service', '--timeout=15s');
    expect(images()).toHaveLength(3);
    const wrong = kubectl(
      'scale',
      'deployment/auth-service',
      '--replicas=9',
      '--current-replicas=2',
    );
    await expect(wrong).rejects.toThrow(/Expected replicas to be 2, was 3/);
    await kubectl('scale', 'deployment/auth-service', '--replicas=2');
    await fake.settled();
    expect(images()).toHaveLength(2);
  });

  test('logs, by pod, by deployment and by label', async () => {
    const [name = ''] = fake.cluster.pods.keys();
    expect(await kubectl('logs', name, '--tail=5')).toBe(`${name} started\n`);
    expect(await kubectl('logs', 'deployment/auth-service', '--tail=1')).toContain('started');
    expect((await kubectl('logs', '-l', 'app=auth-service')).trim().split('\n')).toHaveLength(2);
  });

  test('what there is not, and who may not, is said as kubectl says it', async () => {
    await expect(kubectl('get', 'deployment', 'other')).rejects.toThrow(/NotFound.*other/);
    fake.fault = ({ method }) => (method === 'PATCH' ? forbidden('patch', 'deployments') : null);
    const restart = kubectl('rollout', 'restart', 'deployment/auth-service');
    await expect(restart).rejects.toThrow(/deployments is forbidden/);
    fake.fault = () => null;
  });
});
