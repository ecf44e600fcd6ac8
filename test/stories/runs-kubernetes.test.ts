import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { people } from '../../workspace/people.ts';
import type { Message } from '../../workspace/protocol.ts';
import { type FakeKubernetes, startFakeKubernetes } from '../support/fake-kubernetes/start.ts';
import { type Person, textOf } from '../support/person.ts';
import { runCatalogue } from '../support/run-catalogue.ts';
import { openRunHouse, pressing, type RunHouse, runIdIn, toldAlone } from '../support/run-house.ts';

/** Each test has a deployment of its own, so that no run is in the way of another. */
const names = [
  'restarted',
  'crashing',
  'rolled',
  'spoilt',
  'stuck',
  'scaled',
  'pressed',
  'changed',
] as const;

let cluster: FakeKubernetes;
let house: RunHouse;
let engineer: Person;
let manager: Person;

beforeAll(async () => {
  cluster = await startFakeKubernetes();
  const sections = names.map((deployment) => [
    deployment,
    { kubernetes: { kubeconfig: cluster.kubeconfig, namespace: 'auth', deployment } },
  ]);
  house = await openRunHouse([], { catalogue: () => runCatalogue(Object.fromEntries(sections)) });
  engineer = house.person(people.onCall1);
  manager = house.person(people.manager1);
});
afterAll(async () => {
  await house.close();
  await cluster.stop();
});
beforeEach(() => {
  cluster.fault = () => null;
});

const image = (tag: string) => `registry.example.com/auth:${tag}`;
const deploy = async (name: string, ...tags: string[]) => {
  const [first = '', ...others] = tags;
  await cluster.deploy({ name, image: image(first), replicas: 2, progressDeadlineSeconds: 1 });
  for (const tag of others) await cluster.setImage(name, image(tag));
};
const ask = (typed: string): Promise<Message> => toldAlone(engineer, () => engineer.types(typed));
const podsOf = (name: string) =>
  [...cluster.cluster.pods.values()].filter(({ metadata }) => metadata.labels?.app === name);
const tagsOf = (name: string) =>
  podsOf(name).map(({ spec }) => spec.containers[0]?.image.split(':')[1]);
const patches = () => cluster.requests.filter((request) => request.startsWith('PATCH'));
const verifiedAll = () => {
  for (const { metadata } of cluster.cluster.replicaSets.values()) {
    const hash = metadata.labels?.['pod-template-hash'] ?? '';
    metadata.annotations = { ...metadata.annotations, 'gatehouse/verified': hash };
  }
};

/** Asks, has it approved, and gives the run's id. */
async function approved(typed: string): Promise<string> {
  const run = runIdIn(await ask(typed));
  await pressing(manager, await house.card(run, 'waiting'), 'Approve');
  return run;
}

test('a restart replaces every pod, marked with the run, and is proved by the rollout', async () => {
  await deploy('restarted', '1.0.0');
  const before = podsOf('restarted').map(({ metadata }) => metadata.name);
  const run = runIdIn(await ask('restart restarted@prod --reason "memory leak"'));
  const waiting = await house.card(run, 'waiting');
  expect(textOf(waiting)).toContain(`1. Replace ${before.toSorted().join(', ')} by new copies`);
  expect(patches()).toEqual([]);
  await pressing(manager, waiting, 'Approve');
  const end = textOf(await house.card(run, 'done and proved'));
  expect(end).toMatch(/✓ \*copies\*: all 2 are new/);
  expect(end).toMatch(/✓ \*rollout\*: up/);
  const after = podsOf('restarted').map(({ metadata }) => metadata.name);
  expect(after.filter((name) => before.includes(name))).toEqual([]);
  const { template } = cluster.cluster.deployments.get('restarted')?.spec ?? expect.fail('none');
  expect(template.metadata.annotations).toEqual({ 'kubectl.kubernetes.io/restartedAt': run });
  expect(patches()).toHaveLength(1);
});

test('pods that crash again are not called restarted', async () => {
  await deploy('crashing', '0.9.0');
  cluster.cluster.crashing.add(image('0.9.0'));
  const run = await approved('restart crashing@prod --reason "hangs since 14:05"');
  const ended = await house.reaches(run, 'failed');
  expect(ended.why).toMatch(/Kubernetes gives its rollout up.*CrashLoopBackOff/s);
});

test('one of the pods cannot be restarted alone, and that is said', async () => {
  await deploy('pressed', '1.0.0');
  const told = textOf(await ask('restart pressed@prod --instance api --reason "memory leak"'));
  expect(told).toContain('its copies are replaced together, not one of them');
});

test('a rollback gives the whole release back, and does not go forth again', async () => {
  await deploy('rolled', '1.0.0', '1.1.0');
  const blind = textOf(await ask('rollback rolled@prod --reason "sign-ins fail since 1.1.0"'));
  expect(blind).toContain('there is nothing older');
  verifiedAll();
  const run = await approved('rollback rolled@prod --reason "sign-ins fail since 1.1.0"');
  const end = textOf(await house.card(run, 'done and proved'));
  expect(end).toMatch(/✓ \*current release\*: 1\.0\.0-[0-9a-f]{8}/);
  expect(tagsOf('rolled')).toEqual(['1.0.0', '1.0.0']);
  const history = textOf(await ask('history rolled@prod'));
  expect(history).toMatch(/1\.1\.0-[0-9a-f]{8}\*: .*rolled back to 1\.0\.0/);
});

test('an old release that does not come up any more is left again, as the plan said', async () => {
  await deploy('spoilt', '0.8.0', '1.1.0');
  verifiedAll();
  cluster.cluster.badImages.add(image('0.8.0'));
  const run = await approved('rollback spoilt@prod --reason "sign-ins fail since 1.1.0"');
  const ended = await house.reaches(run, 'compensated');
  expect(ended.why).toMatch(/Kubernetes gives its rollout up.*ImagePullBackOff/s);
  expect(tagsOf('spoilt')).toEqual(['1.1.0', '1.1.0']);
});

test('a release that does not come up is left for the one that still serves', async () => {
  await deploy('stuck', '1.0.0');
  cluster.cluster.badImages.add(image('1.2.0'));
  await cluster.setImage('stuck', image('1.2.0'));
  expect(textOf(await ask('status stuck@prod'))).toContain('ImagePullBackOff');
  const run = await approved('rollback stuck@prod --reason "1.2.0 does not come up"');
  await house.reaches(run, 'succeeded');
  expect(tagsOf('stuck')).toEqual(['1.0.0', '1.0.0']);
});

test('up to twice as many copies the requester confirms; fewer need a manager', async () => {
  await deploy('scaled', '1.0.0');
  const run = runIdIn(await ask('scale scaled@prod 4 --reason "responses take over a second"'));
  const waiting = await house.card(run, 'waiting');
  expect(textOf(waiting)).toMatch(/Scale scaled@prod from 2 to 4[\s\S]*low/);
  await pressing(engineer, waiting, 'Confirm');
  expect(textOf(await house.card(run, 'done and proved'))).toContain('4 are wanted, 4 are ready');
  expect(podsOf('scaled')).toHaveLength(4);
  const down = await approved('scale scaled@prod 2 --reason "the rush is over now"');
  await house.reaches(down, 'succeeded');
  expect(podsOf('scaled')).toHaveLength(2);
  expect((await house.run(down)).plan?.risk).toBe('high');
});

test.each([
  ['0', /switch maintenance on instead/],
  ['2', /2 are wanted already/],
  ['11', /at most 10 are allowed/],
])('to %s copies it is not scaled, and the sentence says why', async (copies, says) => {
  const told = textOf(await ask(`scale scaled@prod ${copies} --reason "a good reason"`));
  expect(told).toMatch(says);
});

test('what somebody has scaled by hand since the approval is left alone', async () => {
  await deploy('changed', '1.0.0');
  const run = runIdIn(await ask('scale changed@prod 5 --reason "responses take over a second"'));
  const waiting = await house.card(run, 'waiting');
  const { spec, metadata } = cluster.cluster.deployments.get('changed') ?? expect.fail('none');
  spec.replicas = 3;
  metadata.generation = 2;
  await cluster.settled();
  const before = patches().length;
  await pressing(manager, waiting, 'Approve');
  const ended = await house.reaches(run, 'superseded');
  expect(ended.why).toMatch(/copies wanted/);
  expect(patches()).toHaveLength(before);
  expect(spec.replicas).toBe(3);
});
