import { expect, test } from 'vitest';
import type { Catalogue, Dependency } from '../../src/core/catalogue.ts';
import { dependedOn } from '../../src/core/dependencies.ts';
import { targetName } from '../../src/core/target.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';

const rms = { service: 'rms-auth', env: 'prod' };
const shared = someDependency('redis', { addresses: ['localhost:6379', '/srv/redis/run/server'] });

/** Four services; of `rust-auth` only a section leads to the same Redis. */
function catalogue() {
  const plain = sampleCatalogue([
    ['rms-auth', ['prod']],
    ['rust-auth', ['staging', 'prod']],
    ['identity', ['prod']],
    ['security', ['prod']],
  ]);
  const services = plain.services.map((service) => ({
    ...service,
    environments: service.environments.map((environment) =>
      service.name === 'rust-auth' && environment.name === 'prod'
        ? { ...environment, addresses: ['localhost:6379'] }
        : environment,
    ),
  }));
  const named: [string, Dependency][] = [
    ['rms-auth@prod', shared],
    ['identity@prod', { ...shared, name: 'sessions', addresses: ['/srv/redis/run/server'] }],
    ['security@prod', { ...shared, addresses: ['localhost:6380'] }],
  ];
  return named.reduce<Catalogue>((all, [target, one]) => withDependency(all, target, one), {
    ...plain,
    services,
  });
}

test('whoever has one of its addresses depends on the same, under whatever name, and nobody else does', () => {
  const found = dependedOn(catalogue(), rms, 'redis');
  expect(found?.dependency).toEqual(shared);
  expect(found?.dependents.map(({ target, as }) => [targetName(target), as?.name ?? null])).toEqual(
    [
      ['rms-auth@prod', 'redis'],
      ['rust-auth@prod', null],
      ['identity@prod', 'sessions'],
    ],
  );
});

test('the target depends on it, also where nobody knows where it is', () => {
  const alone = withDependency(
    sampleCatalogue([
      ['rms-auth', ['prod']],
      ['rust-auth', ['prod']],
    ]),
    'rms-auth@prod',
    someDependency('proxy', { addresses: [] }),
  );
  const found = dependedOn(alone, rms, 'proxy');
  expect(found?.dependents.map(({ target }) => targetName(target))).toEqual(['rms-auth@prod']);
});

test.each([
  [rms, 'rediss'],
  [rms, 'sessions'],
  [{ service: 'rust-auth', env: 'staging' }, 'redis'],
  [{ service: 'nobody', env: 'prod' }, 'redis'],
])('%o has no dependency %s', (target, name) => {
  expect(dependedOn(catalogue(), target, name)).toBeNull();
});
