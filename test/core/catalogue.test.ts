import { expect, test } from 'vitest';
import { type Catalogue, isProduction, targetsIn } from '../../src/core/catalogue.ts';

const service = (name: string, environments: Record<string, boolean>) => ({
  name,
  title: name,
  runbook: '000',
  owners: [],
  aliases: [],
  environments: Object.entries(environments).map(([env, production]) => ({
    name: env,
    production,
    drivers: {},
  })),
});

const catalogue: Catalogue = {
  defaultEnv: null,
  services: [
    service('rms-auth', { prod: true, lab: true }),
    service('rust-auth', { prod: true, lab: false, dev: false }),
  ],
};

test.each([
  ['rms-auth', 'prod', true],
  ['rust-auth', 'lab', false],
  ['rust-auth', 'dev', false],
  ['all', 'prod', true],
  ['all', 'lab', true],
  ['all', 'dev', false],
  ['all', 'nowhere', true],
  ['rms-auth', 'dev', true],
  ['nobody', 'dev', true],
])('whether people depend on %s@%s: %s', (name, env, is) => {
  expect(isProduction(catalogue, { service: name, env })).toBe(is);
});

test('all of an environment are the services that have it', () => {
  expect(targetsIn(catalogue, 'dev')).toEqual([{ service: 'rust-auth', env: 'dev' }]);
  expect(targetsIn(catalogue, 'lab').map(({ service: name }) => name)).toEqual([
    'rms-auth',
    'rust-auth',
  ]);
});
