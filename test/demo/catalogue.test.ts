import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { blanksOfRedis, fillTemplate } from '../../demo/catalogue.ts';
import { redisCommand, redisPidFile } from '../../demo/redis-server.ts';
import { flavours } from '../../demo/systems/index.ts';
import { readConfigFile } from '../../src/config/load-config.ts';
import { drivers } from '../../src/targets/index.ts';
import { channels, groups, people, team } from '../../workspace/people.ts';

const template = readFileSync(join(import.meta.dirname, '../../demo/gatehouse.yml'), 'utf8');

const blanks: Record<string, string> = {
  ...blanksOfRedis('/srv/demo', '/usr/bin/redis-server'),
  node: '/opt/a folder/node',
  program: '/srv/demo/system.ts',
  'redis.port': '6400',
  evidence: '/srv/it\'s: #1 "demo"/evidence',
};
for (const [index, { name }] of flavours.entries()) {
  blanks[`${name}.port`] = String(4100 + index);
  for (const place of ['directory', 'log', 'releases', 'token']) {
    blanks[`${name}.${place}`] = `/srv/it's: #1 "demo"/${name}/${place}`;
  }
}

function configOf(withRedis: boolean) {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const path = join(folder, 'gatehouse.yml');
  const token = join(folder, 'admin.token');
  writeFileSync(token, 'a-token-of-some-length\n');
  const tokens = Object.fromEntries(flavours.map(({ name }) => [`${name}.token`, token]));
  writeFileSync(path, fillTemplate(template, { ...blanks, ...tokens }, withRedis));
  const read = readConfigFile(path, {}, drivers);
  rmSync(folder, { recursive: true });
  return read;
}

test.each([true, false])(
  'what the demo writes is a configuration without mistakes (redis: %s)',
  (withRedis) => {
    const read = configOf(withRedis);
    expect(read.ok ? [] : read.error).toEqual([]);
    if (!read.ok) return;
    expect(Object.keys(read.value.services)).toEqual(flavours.map(({ name }) => name));
    const { prod } = read.value.services['rms-auth']?.environments ?? {};
    expect('redis' in (prod ?? {})).toBe(withRedis);
    const { redis } = prod?.dependencies ?? {};
    expect(redis?.why_not ?? 'it can').toMatch(
      withRedis ? /^it can$/ : /not installed.*install it/,
    );
  },
);

test('paths go in as they are, whatever is in them', () => {
  const { services } = parse(fillTemplate(template, blanks, true));
  const { process: section } = services['rust-auth'].environments.prod;
  expect(section.directory).toBe(blanks['rust-auth.directory']);
  expect(section.instances[0].command).toEqual([
    blanks.node,
    blanks.program,
    blanks['rust-auth.directory'],
    'api',
  ]);
});

test('Redis is restarted with the command that it was started with', () => {
  const data = '/srv/demo';
  const filled = fillTemplate(template, { ...blanks, ...blanksOfRedis(data, '/bin/redis') }, true);
  const { redis } = parse(filled).services['rms-auth'].environments.prod.dependencies;
  const [{ name, command }] = redis.process.instances;
  expect(command).toEqual(redisCommand(data, '/bin/redis', 6400));
  expect(join(redis.process.directory, 'run', `${name}.json`)).toBe(redisPidFile(data));
});

test('a blank that nobody fills is an error', () => {
  expect(() => fillTemplate('log: <rms-auth.lgo>', blanks, true)).toThrow(
    'the template asks for <rms-auth.lgo>, which nobody knows',
  );
});

test('people, channels and team are those of the local workspace', () => {
  const known: string[] = [team.id, ...[groups, channels, people].flatMap(Object.values)];
  const named = template.match(/\b[TCSU]0[0-9A-Z]+\b/g) ?? [];
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
});

test('every check asks a path that the system answers with health or a page', () => {
  const { services } = parse(template);
  for (const { name, health, paths } of flavours) {
    const answered = [...Object.keys(health), '/metrics', paths.jwks];
    for (const { url } of services[name].environments.prod.http.checks) {
      expect(answered).toContain(url.slice(url.indexOf('>') + 1));
    }
  }
});
