import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { kubernetes } from '../src/targets/kubernetes.ts';
import { realClock } from './support/clock.ts';
import { startFakeCognito } from './support/fake-cognito/start.ts';
import { startFakeKubernetes } from './support/fake-kubernetes/start.ts';
import { aPool } from './targets/cognito/a-pool.ts';

const never = new AbortController().signal;
const undo: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of undo.reverse()) await end();
});

interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

const documents = parseAllDocuments(readFileSync('docs/rights/kubernetes.yml', 'utf8')).map((one) =>
  one.toJS(),
);
const rules: Rule[] = documents.find(({ kind }) => kind === 'Role').rules;

test('the role for Kubernetes allows exactly what its driver asks for', async () => {
  const fake = await startFakeKubernetes();
  undo.push(fake.stop);
  await fake.deploy({ name: 'auth-service', image: 'auth:1' });
  await fake.setImage('auth-service', 'auth:2');
  const { kubeconfig } = fake;
  const section = { kubeconfig, namespace: 'auth', deployment: 'auth-service' };
  const options = kubernetes.options.parse(section);
  const target = { service: 'rust-auth', env: 'prod' };
  const { capabilities: can, close } = await kubernetes.open(options, target, { clock: realClock });
  undo.push(close);
  await Promise.all((can.probes?.list() ?? []).map((probe) => probe.run(never)));
  await can.instances?.instances(never);
  await can.logs?.read({ since: 0, grep: null, limit: 10 }, never);
  const [to, from] = ((await can.releases?.history(never)) ?? []).toReversed();
  await can.deployments?.use(to?.id ?? '', from?.id ?? '', never);
  const rollout = can.lifecycle?.rollout;
  await rollout?.replace('R-1', (await rollout.read(never)).id, never);
  const { wanted = 0 } = (await can.replicas?.read(never)) ?? {};
  await can.replicas?.scale(wanted + 1, wanted, never);

  const allowed = rules.flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  );
  expect(allowed.sort()).toEqual([...new Set(fake.requests.map(rightFor))].sort());
});

/** The verb and the resource that a request needs. */
function rightFor(request: string): string {
  const [method = '', path = ''] = request.split(' ');
  const [, resource, name, sub] =
    /\/namespaces\/auth\/(\w+)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
  const verb = method === 'PATCH' ? 'patch' : name === undefined ? 'list' : 'get';
  return `${verb} ${resource}${sub === undefined ? '' : `/${sub}`}`;
}

test('it holds in one namespace, names the deployment it may change, and nothing that leads further', () => {
  expect(documents.map(({ kind }) => kind)).not.toContain('ClusterRole');
  for (const { apiGroups, resources, resourceNames, verbs } of rules) {
    expect([...apiGroups, ...resources, ...verbs].join()).not.toContain('*');
    expect(verbs.every((verb) => ['get', 'list', 'patch'].includes(verb))).toBe(true);
    const known = ['deployments', 'deployments/scale', 'replicasets', 'pods', 'pods/log'];
    expect(resources.every((resource) => known.includes(resource))).toBe(true);
    if (verbs.includes('patch')) expect(resourceNames).toEqual(['auth-service']);
  }
});

test('the policy for Cognito allows exactly what its driver asks for, in one pool', async () => {
  const fake = await startFakeCognito();
  undo.push(fake.stop);
  const pool = await aPool(fake.endpoint);
  undo.push(pool.close);
  const user = await pool.person();
  fake.asked.length = 0;
  const { accounts, sessions, probes } = pool.can;
  await Promise.all(probes.list().map((probe) => probe.run(never)));
  await accounts.find(user, never);
  await accounts.admins(never);
  await accounts.create(pool.nobody(), 'user', never);
  await accounts.disable(user, never);
  await accounts.enable(user, never);
  await accounts.resetPassword(user, never);
  await sessions.revoke(user, never);
  const { Statement } = JSON.parse(readFileSync('docs/rights/cognito.json', 'utf8'));
  const [allow, ...others] = Statement;
  expect(allow.Action).toEqual([...new Set(fake.asked)].map((one) => `cognito-idp:${one}`).sort());
  expect(allow.Resource).toMatch(/:userpool\/[\w-]+$/);
  expect(others.every(({ Effect }: { Effect: string }) => Effect === 'Deny')).toBe(true);
});
