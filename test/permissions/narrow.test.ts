import { expect, test } from 'vitest';
import { targetName } from '../../src/core/target.ts';
import { narrow } from '../../src/permissions/narrow.ts';
import { linted } from './lint/linted-house.ts';

const { catalogue } = linted();
const left = (may: (name: string) => boolean) =>
  narrow(catalogue, (target) => may(targetName(target)));

test('a catalogue that somebody may see all of is whole', () => {
  expect(left(() => true)).toEqual(catalogue);
});

test('of a service only the environments stay that somebody may see, and all else of it', () => {
  const { services, defaultEnv } = left((name) => name === 'rust-auth@prod');
  expect(defaultEnv).toBe(catalogue.defaultEnv);
  const [before] = catalogue.services.filter(({ name }) => name === 'rust-auth');
  expect(services).toEqual([
    { ...before, environments: before?.environments.filter(({ name }) => name === 'prod') },
  ]);
});

test('a service of which somebody may see nothing is not there', () => {
  expect(left((name) => name.startsWith('rms')).services.map(({ name }) => name)).toEqual([
    'rms-auth',
  ]);
  expect(left(() => false).services).toEqual([]);
});
