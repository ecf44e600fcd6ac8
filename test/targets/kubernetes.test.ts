import { afterAll, afterEach, describe } from 'vitest';
import type { Offer } from '../../src/core/driver.ts';
import { kubernetes as driver } from '../../src/targets/kubernetes.ts';
import { replicasContract } from '../contracts/replicas.ts';
import { realClock } from '../support/clock.ts';
import { type FakeKubernetes, startFakeKubernetes } from '../support/fake-kubernetes/start.ts';
import { tempFolder } from '../support/temp-folder.ts';

const target = { service: 'rust-auth', env: 'prod' };
const folder = tempFolder();
const undo: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await end();
});
afterAll(() => folder.remove());

const image = 'registry.example.com/auth';

async function start(replicas = 2): Promise<FakeKubernetes> {
  const fake = await startFakeKubernetes();
  undo.push(fake.stop);
  await fake.deploy({ name: 'auth-service', image: `${image}:1.4.2`, replicas });
  return fake;
}

async function open(fake: FakeKubernetes): Promise<Required<Offer['capabilities']>> {
  const options = driver.options.parse({
    kubeconfig: fake.kubeconfig,
    namespace: 'auth',
    deployment: 'auth-service',
    most_replicas: 4,
  });
  const offer = await driver.open(options, target, { clock: realClock });
  undo.push(offer.close);
  return offer.capabilities as Required<Offer['capabilities']>;
}

describe('replicas', () => {
  replicasContract(async () => (await open(await start())).replicas);
});
