import { expect, test } from 'vitest';
import { actions } from '../../src/actions/index.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { askingRights } from '../../src/gatehouse/asking-rights.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';

const plain = sampleCatalogue([
  ['rms-auth', ['prod']],
  ['rust-auth', ['prod']],
]);
const catalogue = ['rms-auth@prod', 'rust-auth@prod'].reduce<Catalogue>(
  (all, target) => withDependency(all, target, someDependency('redis')),
  plain,
);
const policy = {
  roles: {},
  grants: [{ role: 'oncall', allow: ['*'], deny: [], env: ['*'], service: ['rms-auth'] }],
};
const person = { id: 'U1', team: 'T1', roles: ['oncall'] };
const target = { service: 'rms-auth', env: 'prod' };
const may = (params: { dependency?: string }) =>
  askingRights({ config: { policy, catalogue }, actions }).may(
    { action: 'restart', target, params, askedIn: null },
    person,
  );

test('before it begins too, who asked has to have the right on everything that depends on it', () => {
  expect(may({})).toBe(true);
  expect(may({ dependency: 'redis' })).toBe(false);
});
