import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { TargetError } from '../../../src/core/errors.ts';
import { copiesProbe } from '../../../src/targets/process/copies-probe.ts';
import { findRunning, type PidFile } from '../../../src/targets/process/find-running.ts';
import { listInstances } from '../../../src/targets/process/list-instances.ts';
import { processOptions } from '../../../src/targets/process/options.ts';
import type { Place } from '../../../src/targets/process/place.ts';
import { unreadiness } from '../../../src/targets/process/readiness.ts';
import { restartInstance } from '../../../src/targets/process/restart-instance.ts';
import { readReplicas, scaleCopies } from '../../../src/targets/process/scale-copies.ts';
import { startDetached } from '../../../src/targets/process/start-detached.ts';
import { startIdentity } from '../../../src/targets/process/start-identity.ts';
import { readWanted } from '../../../src/targets/process/wanted.ts';
import { replicasContract } from '../../contracts/replicas.ts';
import { lasting, lasts } from '../../support/lasting.ts';
import { patience } from '../../support/patience.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const never = new AbortController().signal;
const names = ['one', 'two', 'three', 'four'];

let now = 1_000;
const clock = { now: () => ++now, monotonic: () => 0 };
let folder: ReturnType<typeof tempFolder>;

beforeEach(() => {
  folder = tempFolder();
});
afterEach(async () => {
  for (const name of names) {
    const running = await findRunning(pidFile(name)).catch(() => null);
    if (running) process.kill(running.pid, 'SIGKILL');
  }
  await folder.remove();
});

const pidFile = (name: string) => join(folder.path, 'run', `${name}.json`);

/** Two of four copies are wanted; what is given for a copy is another one than the usual. */
const placeWith = (others: Record<string, Partial<Place['instances'][number]>> = {}): Place => ({
  directory: folder.path,
  instances: names.map((name) => ({ name, command: lasting, ...others[name] })),
  copies: 2,
  ready_within: patience,
});

const start = (name: string) =>
  startDetached({
    argv: lasting,
    file: pidFile(name),
    release: 'r1',
    startedAt: clock.now(),
  });
const startTwo = () => Promise.all([start('one'), start('two')]);
const scale = (to: number, expected: number, place = placeWith(), signal = never) =>
  scaleCopies(place, { to, expected }, clock, signal);
const idsOf = async (place = placeWith()) =>
  (await listInstances(place)).map(({ id, health }) => `${id} ${health}`);
const probed = (place = placeWith()) => copiesProbe(place).run(never);
const isAlive = async ({ pid, start: identity }: PidFile) =>
  (await startIdentity(pid)) === identity;

/** An address that answers with this status until it is told another one. */
async function answering(status: number) {
  let current = status;
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(current).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return {
    ready: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked: () => asked,
    say: (next: number) => {
      current = next;
    },
  };
}

describe('replicas', () => {
  replicasContract(async () => {
    await startTwo();
    const place = placeWith();
    return {
      read: (signal) => readReplicas(place, signal),
      scale: (to, expected, signal) => scaleCopies(place, { to, expected }, clock, signal),
    };
  });
});

test('the copies that are added are the next ones, and none that runs is touched', async () => {
  const before = await startTwo();
  await scale(3, 2);
  expect(await idsOf()).toEqual(['one up', 'two up', 'three up']);
  expect(await Promise.all(before.map(isAlive))).toEqual([true, true]);
});

test('the last ones end, kindly, and what they were doing is done first', async () => {
  const told = join(folder.path, 'told');
  const leaves = `process.on('SIGTERM', () => setTimeout(() => { require('node:fs').writeFileSync(${JSON.stringify(told)}, ''); process.exit() }, 50)); ${lasts} require('node:fs').writeFileSync(${JSON.stringify(`${told}-able`)}, '')`;
  const place = placeWith({ two: { command: [process.execPath, '-e', leaves] } });
  await start('one');
  await restartInstance(place, { instance: 'two', startedAt: null }, clock, never);
  await expect.poll(() => existsSync(`${told}-able`)).toBe(true);
  await scale(1, 2, place);
  expect(existsSync(told)).toBe(true);
  expect(await idsOf(place)).toEqual(['one up']);
});

test('none at all is refused, and nothing is done', async () => {
  await startTwo();
  await expect(scale(0, 2)).rejects.toMatchObject({ happened: false });
  expect(await idsOf()).toEqual(['one up', 'two up']);
});

test('a wanted copy that does not run is started too: as many are ready in the end as are wanted', async () => {
  const [, two] = await startTwo();
  process.kill(two.pid, 'SIGKILL');
  await expect.poll(() => isAlive(two)).toBe(false);
  await scale(3, 2);
  expect(await readReplicas(placeWith(), never)).toEqual({ wanted: 3, ready: 3, most: 4 });
});

test('a copy that ends again is told, and all of it can be taken back', async () => {
  const { ready } = await answering(503);
  const ending = [process.execPath, '-e', 'setTimeout(() => {}, 200)'];
  const place = placeWith({ three: { command: ending, ready } });
  await startTwo();
  await expect(scale(4, 2, place)).rejects.toMatchObject({
    stuck: true,
    message: expect.stringMatching(
      /^three was started: it has ended again; its last words are in /,
    ),
  });
  expect(await readReplicas(place, never)).toEqual({ wanted: 4, ready: 3, most: 4 });
  await scale(2, 4, place);
  expect(await idsOf(place)).toEqual(['one up', 'two up']);
});

test('a copy that runs and takes no requests is not ready, and that is told with its answer', async () => {
  const { ready, asked } = await answering(503);
  const place = placeWith({ three: { ready } });
  await startTwo();
  const called = new AbortController();
  const scaling = expect(scale(3, 2, place, called.signal)).rejects.toMatchObject({
    stuck: true,
    message: 'three was started and is not ready in time: it answers 503',
  });
  await expect.poll(asked).toBeGreaterThan(2);
  called.abort();
  await scaling;
  expect(await readReplicas(place, never)).toMatchObject({ wanted: 3, ready: 2 });
  expect(await probed(place)).toEqual({
    health: 'degraded',
    detail: '2 of 3 ready, release r1 and unknown, three answers 503',
  });
});

test('one that only has to take connections is ready when somebody takes them there', async () => {
  const { ready } = await answering(503);
  const tcp = ready.replace(/^http(.*)\/$/, 'tcp$1');
  expect(await unreadiness({ ready: tcp }, never)).toBeNull();
  expect(await unreadiness({ ready: 'tcp://127.0.0.1:1' }, never)).toBe('takes no connections');
  const readAs = (as: string) => {
    const instances = [{ name: 'one', command: ['x'], ready: as }];
    return processOptions.safeParse({ directory: '/srv', instances }).success;
  };
  expect([tcp, 'tcp://127.0.0.1', 'tcp://127.0.0.1:1/x', 'ftp://127.0.0.1:1'].map(readAs)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('a restart is done when the new one is ready, not when it runs', async () => {
  const site = await answering(503);
  const place = placeWith({ one: { ready: site.ready } });
  const { startedAt } = await start('one');
  const order: string[] = [];
  const restarting = restartInstance(place, { instance: 'one', startedAt }, clock, never).then(() =>
    order.push('restarted'),
  );
  await expect.poll(site.asked).toBeGreaterThan(2);
  order.push('ready');
  site.say(200);
  await restarting;
  expect(order).toEqual(['ready', 'restarted']);
});

test('one that does not come back is no restart that has happened', async () => {
  const { ready } = await answering(500);
  const place = { ...placeWith({ one: { ready } }), ready_within: 1_000 };
  const { startedAt } = await start('one');
  await expect(
    restartInstance(place, { instance: 'one', startedAt }, clock, never),
  ).rejects.toMatchObject({
    stuck: true,
    happened: true,
    message: expect.stringContaining('one was started and is not ready within 1 s: it '),
  });
});

test('one whose state nobody knows keeps all of it from being scaled', async () => {
  await startTwo();
  writeFileSync(pidFile('three'), '{"pid": -1');
  await expect(scale(3, 2)).rejects.toMatchObject({ happened: false });
  expect(await readWanted(placeWith())).toBe(2);
});

test.each(['', '{"wanted":0}', '{"wanted":"3"}', 'null', '{"wanted":2.5}'])(
  'when %j stands where the number wanted should, nothing is known and nothing is done',
  async (text) => {
    await startTwo();
    writeFileSync(join(folder.path, 'copies.json'), text);
    await expect(listInstances(placeWith())).rejects.toThrow('how many copies are wanted');
    await expect(scale(3, 2)).rejects.toMatchObject({ happened: false });
    expect(await findRunning(pidFile('three'))).toBeNull();
  },
);

test('whatever stands there, the number is one that there may be, or a fault', async () => {
  const file = join(folder.path, 'copies.json');
  const numbers = fc.oneof(fc.integer(), fc.double(), fc.nat(6)).map((wanted) => ({ wanted }));
  const texts = fc.oneof(
    fc.json(),
    fc.string(),
    numbers.map((value) => JSON.stringify(value)),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      writeFileSync(file, text);
      const read = await readWanted(placeWith()).catch((error) => error);
      expect(read instanceof TargetError || [1, 2, 3, 4].includes(read)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

describe('the probe', () => {
  test('says how many are ready, and which is not', async () => {
    const [one, two] = await startTwo();
    expect(await probed()).toEqual({ health: 'up', detail: '2 of 2 ready, release r1' });
    process.kill(two.pid, 'SIGKILL');
    await expect
      .poll(() => probed())
      .toEqual({ health: 'degraded', detail: '1 of 2 ready, release r1, two does not run' });
    process.kill(one.pid, 'SIGKILL');
    await expect.poll(() => probed()).toMatchObject({ health: 'down' });
  });

  test('says what runs and is not wanted, and does not call that well', async () => {
    await startTwo();
    await start('four');
    expect(await probed()).toEqual({
      health: 'degraded',
      detail: '3 of 2 ready, release r1, four runs and is not wanted',
    });
    expect(await idsOf()).toEqual(['one up', 'two up', 'four up']);
    expect(await readReplicas(placeWith(), never)).toMatchObject({ wanted: 2, ready: 3 });
    await scale(1, 2);
    expect(await idsOf()).toEqual(['one up']);
  });

  test('one that cannot be found out is not called ready', async () => {
    await startTwo();
    mkdirSync(join(folder.path, 'run'), { recursive: true });
    writeFileSync(pidFile('two'), 'nothing that makes sense');
    expect(await probed()).toMatchObject({
      health: 'degraded',
      detail: expect.stringContaining('1 of 2 ready'),
    });
  });
});
