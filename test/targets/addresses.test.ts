import { expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { placeOf } from '../../src/targets/address.ts';
import { drivers } from '../../src/targets/index.ts';

test.each([
  ['redis://127.0.0.1', 'localhost:6379'],
  ['redis://LOCALHOST:6379/3', 'localhost:6379'],
  ['rediss://[::1]:6379', 'localhost:6379'],
  ['redis://:a-password@127.0.0.5:6380/0?family=4', 'localhost:6380'],
  ['redis://Cache.Example.com.:6379', 'cache.example.com:6379'],
  ['redis://cache.example.com', 'cache.example.com:6379'],
  ['redis://127.0.0.1.example.com', '127.0.0.1.example.com:6379'],
  ['redis:///srv/redis.sock', 'socket /srv/redis.sock'],
  ['postgres://reader@db/auth?host=/run/pg', 'socket /run/pg'],
  ['postgres://reader@db/auth?host=Other&port=5433', 'other:5433'],
])('%s leads to %s', (url, place) => {
  expect(placeOf(url, 6379)).toBe(place);
  expect(placeOf(new Secret(url), 6379)).toBe(place);
});

const addressesOf = (name: string, options: unknown): readonly string[] => {
  const driver = drivers.find((one) => one.name === name) ?? expect.fail(name);
  return driver.addresses?.(driver.options.parse(options)) ?? [];
};

test('a process is where its pid file is, a deployment where its cluster and its name are', () => {
  const command = ['true'];
  const instances = [
    { name: 'a', command },
    { name: 'b', command },
  ];
  expect(addressesOf('process', { directory: '/srv/x/../redis/', instances })).toEqual([
    '/srv/redis/run/a',
    '/srv/redis/run/b',
  ]);
  const one = addressesOf('kubernetes', { namespace: 'auth', deployment: 'redis' });
  const other = addressesOf('kubernetes', { namespace: 'auth', deployment: 'api' });
  expect(one).toHaveLength(1);
  expect(one).not.toEqual(other);
});

test('databases are what a service depends on; what runs the service is not', () => {
  const names = drivers.filter(({ isDependency }) => isDependency).map(({ name }) => name);
  expect(names).toEqual(['redis', 'postgres']);
});
