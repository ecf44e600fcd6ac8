import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createRedisClient } from '../../demo/redis-client.ts';
import { findRedis } from '../../demo/redis-server.ts';
import { restart } from '../../src/actions/restart.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { dependedOn } from '../../src/core/dependencies.ts';
import { realSleep } from '../../src/runs/sleep.ts';
import { drivers } from '../../src/targets/index.ts';
import { findRunning } from '../../src/targets/process/find-running.ts';
import { startDetached } from '../../src/targets/process/start-detached.ts';
import { createTargets } from '../../src/targets/targets.ts';
import { aRequest, ballot, granted, grounds } from '../runs/grounds.ts';
import { freePort } from '../support/free-port.ts';
import { patience } from '../support/patience.ts';
import { tempFolder } from '../support/temp-folder.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** A real Redis that two services of a configuration file share; the process is found by its pid file. */
describe.skipIf(!findRedis())('a Redis of two services', () => {
  const folder = tempFolder();
  const file = join(folder.path, 'run', 'server.json');
  let port = 0;
  let argv: string[] = [];

  beforeAll(async () => {
    port = await freePort();
    const at = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path];
    // It should not outlive the tests when they are killed.
    const wrap = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig=TERM'] : [];
    argv = [...wrap, findRedis() ?? '', ...at, '--save', '', '--appendonly', 'no'];
    await startDetached({ argv, file, release: '', startedAt: clock.now() });
    const ping = () => createRedisClient(port).send('PING');
    await vi.waitFor(async () => expect(await ping()).toBe('PONG'), patience);
  });
  afterAll(async () => {
    const running = await findRunning(file);
    if (running) process.kill(running.pid, 'SIGKILL');
    await folder.remove();
  });

  /** The catalogue, as the file says it: only the first service knows how its Redis is restarted. */
  function catalogue() {
    const path = join(folder.path, 'gatehouse.yml');
    const own = {
      directory: folder.path,
      instances: [{ name: 'server', command: argv, ready: `tcp://127.0.0.1:${port}` }],
    };
    const service = (host: string, dependencies: object) => ({
      title: 'x',
      runbook: '000',
      environments: { prod: { redis: { url: `redis://${host}:${port}` }, dependencies } },
    });
    const services = {
      'rms-auth': service('127.0.0.1', { redis: { loses: [], process: own } }),
      'rust-auth': service('localhost', {}),
    };
    // What is JSON is YAML as well.
    writeFileSync(path, JSON.stringify({ version: 1, slack: { team: 'T0GATE' }, services }));
    const loaded = loadConfig({ env: {}, drivers, path });
    return loaded.ok ? loaded.value.catalogue : expect.fail(JSON.stringify(loaded.error));
  }

  test('is restarted with both in its plan, and proved by both; the process is another one', async () => {
    const known = catalogue();
    const targets = createTargets({ catalogue: known, drivers, clock });
    const house = grounds({
      actions: [restart],
      targets,
      sleep: realSleep, // what it waits for is a real process
      dependedOn: (target, name) => dependedOn(known, target, name),
    });
    const before = JSON.parse(readFileSync(file, 'utf8')).pid;
    const reason = 'no connection gets through since 14:05';
    const run = granted(
      await house.runner.request(aRequest({ params: { dependency: 'redis' }, reason })),
    );
    const facts = new Map(run.plan?.facts.map(({ name, value }) => [name, value]));
    expect(facts.get('depend on it')).toBe('rms-auth@prod, rust-auth@prod');
    for (const name of ['rms-auth@prod', 'rust-auth@prod'])
      expect(facts.get(name)).toMatch(/^\w+: /);
    expect(run.plan?.risk).toBe('destructive');
    expect(
      await targets.offerOf?.({ service: 'rust-auth', env: 'prod' }, 'redis', 'lifecycle'),
    ).toBeNull();

    const typedTarget = 'rms-auth@prod';
    for (const who of ['m1', 'm2']) await house.runner.vote(ballot(run, who, { typedTarget }));
    await expect
      .poll(async () => (await house.find(run.id)).state, { timeout: patience })
      .toMatch(/succeeded|failed|interrupted|superseded/);
    const done = await house.find(run.id);
    expect([done.state, done.why]).toEqual(['succeeded', null]);
    expect(done.verdict?.checks.map(({ name }) => name)).toEqual([
      'server',
      'redis ping',
      'redis info',
      'rms-auth@prod',
      'rust-auth@prod',
    ]);
    expect(JSON.parse(readFileSync(file, 'utf8')).pid).not.toBe(before);
    await targets.close();
  });
});
