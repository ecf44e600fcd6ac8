import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { dependedOn } from '../../src/core/dependencies.ts';
import { targetName } from '../../src/core/target.ts';
import { drivers } from '../../src/targets/index.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

/** Services by name, each with these lines in its only environment. */
function load(services: Record<string, string>, env: Record<string, string> = {}) {
  const path = join(folder.path, 'gatehouse.yml');
  const lines = Object.entries(services).map(
    ([name, prod]) =>
      `  ${name}: { title: x, runbook: '000', environments: { prod: { ${prod} } } }`,
  );
  const file = `version: 1\nslack: { team: T0GATE }\nservices:\n${lines.join('\n')}\n`;
  writeFileSync(path, file);
  return loadConfig({ env, drivers, path });
}

const process = 'process: { directory: /srv/redis, instances: [{ name: a, command: [redis] }] }';
const redis = 'redis: { url: "redis://127.0.0.1:6379/0" }';

test('one is named with what is lost with it, what restarts it and the section that reaches it', () => {
  const loaded = load({
    one: `${redis}, dependencies: { redis: { loses: [sessions], ${process} } }`,
  });
  const prod = loaded.ok ? loaded.value.catalogue.services[0]?.environments[0] : undefined;
  expect(Object.keys(prod?.drivers ?? {})).toEqual(['redis']);
  expect(prod?.dependencies).toEqual([
    {
      name: 'redis',
      loses: ['sessions'],
      whyNot: null,
      section: 'redis',
      addresses: ['/srv/redis/run/a', 'localhost:6379'],
      drivers: { process: expect.objectContaining({ directory: '/srv/redis' }) },
    },
  ]);
});

test('what is only reached is a dependency as well, of which nobody has said how it is restarted', () => {
  const loaded = load(
    {
      one: `${redis}, dependencies: { cache: { loses: [], section: redis, ${process} } }`,
      two: 'redis: { url: "env:THE_URL" }',
    },
    { THE_URL: 'redis://:some-password@localhost' },
  );
  if (!loaded.ok) return expect.fail(loaded.error.map(problemLine).join('\n'));
  const { catalogue } = loaded.value;
  const found = dependedOn(catalogue, { service: 'two', env: 'prod' }, 'redis');
  expect(found?.dependency.whyNot).toMatch(/does not say how.*dependencies\.redis of two@prod/);
  expect(found?.dependents.map(({ target, as }) => [targetName(target), as?.name])).toEqual([
    ['one@prod', 'cache'],
    ['two@prod', 'redis'],
  ]);
  expect(JSON.stringify(found?.dependency.addresses)).not.toContain('some-password');
});

test('a secret of a dependency is kept as any other', () => {
  const loaded = load(
    {
      one: 'dependencies: { redis: { loses: [], redis: { url: "env:THE_URL" }, why_not: x } }',
    },
    { THE_URL: 'redis://:some-password@localhost' },
  );
  expect(loaded.ok && loaded.value.secrets.map((one) => one.reveal())).toEqual([
    'redis://:some-password@localhost',
  ]);
});

test.each([
  [
    `${process.replace('redis', 'x')}, dependencies: { x: { loses: [], section: process, ${process} } }`,
    /dependencies\.x\.section: process is no section here.*expected one of redis, postgres, which this environment has none of/,
  ],
  [
    `${redis}, dependencies: { x: { loses: [], section: redsi, ${process} } }`,
    /dependencies\.x\.section: redsi is no section here.*expected redis/,
  ],
  [`dependencies: { x: { loses: [], section: postgres, ${process} } }`, /dependencies\.x\.section/],
  [
    `${redis}, dependencies: { redis: { loses: [] } }`,
    /dependencies\.redis: expected a section that restarts it, such as process, or why_not/,
  ],
  [`${redis}, dependencies: { redis: { ${process} } }`, /dependencies\.redis\.loses/],
  [
    `${redis}, dependencies: { redis: { loses: [], ${process}, shell: "service redis restart" } }`,
    /dependencies\.redis\.shell: unknown key/,
  ],
  [`dependencies: { 'A B': { loses: [], why_not: x } }`, /expected a name of lower-case letters/],
])('%s is a mistake, and where', (prod, says) => {
  const loaded = load({ one: prod });
  expect(loaded.ok ? '' : loaded.error.map(problemLine).join('\n')).toMatch(says);
});
