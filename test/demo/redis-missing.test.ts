import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { blanksOfRedis, fillTemplate } from '../../demo/catalogue.ts';
import { flavours } from '../../demo/systems/index.ts';
import { restart } from '../../src/actions/restart.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { dependedOn } from '../../src/core/dependencies.ts';
import { drivers } from '../../src/targets/index.ts';
import { createTargets } from '../../src/targets/targets.ts';
import { runRefusalSentence } from '../../src/views/runs/run-refusal.ts';
import { aRequest, grounds } from '../runs/grounds.ts';
import { stillClock } from '../support/clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
afterAll(() => folder.remove());

test('where redis-server is missing the demo refuses to restart it, and says what is missing', async () => {
  const template = readFileSync(join(import.meta.dirname, '../../demo/gatehouse.yml'), 'utf8');
  const token = join(folder.path, 'admin.token');
  writeFileSync(token, 'a-token-of-some-length\n');
  const path = join(folder.path, 'gatehouse.yml');
  const places = { port: '4100', directory: '/srv', log: '/srv/log', releases: '/srv/r', token };
  const blanks = flavours.flatMap(({ name }) =>
    Object.entries(places).map(([place, value]) => [`${name}.${place}`, value]),
  );
  const others = { program: '/srv/system.ts', evidence: '/srv/evidence' };
  const filled = { ...Object.fromEntries(blanks), ...blanksOfRedis('/srv', ''), ...others };
  writeFileSync(path, fillTemplate(template, filled, false));
  const loaded = loadConfig({ env: {}, drivers, path });
  if (!loaded.ok) return expect.fail(JSON.stringify(loaded.error));
  const { catalogue } = loaded.value;
  const { runner, store } = grounds({
    actions: [restart],
    targets: createTargets({ catalogue, drivers, clock: stillClock() }),
    dependedOn: (target, name) => dependedOn(catalogue, target, name),
  });
  const request = aRequest({ params: { dependency: 'redis' } });
  for (const refused of [await runner.preview(request), await runner.request(request)]) {
    expect(refused.ok ? '' : runRefusalSentence(refused.error)).toMatch(
      /cannot be done from here, so nothing was asked for: redis-server is not installed on this machine.*install it and start the demo again\.$/,
    );
  }
  expect(await store.runs.inStates(['requested', 'waiting'])).toEqual([]);
});
