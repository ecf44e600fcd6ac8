import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRunning } from '../../../src/targets/process/find-running.ts';
import { listInstances } from '../../../src/targets/process/list-instances.ts';
import { listReleases } from '../../../src/targets/process/list-releases.ts';
import { markVerified } from '../../../src/targets/process/mark-verified.ts';
import { startDetached } from '../../../src/targets/process/start-detached.ts';
import { useRelease } from '../../../src/targets/process/use-release.ts';
import { deploymentsContract } from '../../contracts/deployments.ts';
import { lasting } from '../../support/lasting.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const never = new AbortController().signal;

let time = Date.UTC(2026, 0, 3);
const clock = { now: () => ++time, monotonic: () => 0 };

let folder: ReturnType<typeof tempFolder>;
let directory: string;
let releases: string;

beforeEach(() => {
  folder = tempFolder();
  directory = folder.path;
  releases = join(directory, 'releases');
  for (const [id, madeAt] of [
    ['old', '2026-01-01T00:00:00Z'],
    ['new', '2026-01-02T00:00:00Z'],
  ] as const) {
    mkdirSync(join(releases, id), { recursive: true });
    const verified = id === 'old';
    writeFileSync(join(releases, id, 'release.json'), JSON.stringify({ madeAt, verified }));
  }
  symlinkSync('new', join(releases, 'current'));
});

afterEach(async () => {
  for (const name of ['one', 'two']) {
    const running = await findRunning(pidFile(name)).catch(() => null);
    if (running) process.kill(running.pid, 'SIGKILL');
  }
  await folder.remove();
});

const pidFile = (name: string) => join(directory, 'run', `${name}.json`);

const place = (commands: Record<string, string[]> = { one: lasting, two: lasting }) => ({
  directory,
  releases,
  instances: Object.entries(commands).map(([name, command]) => ({ name, command })),
});

const start = (name: string) =>
  startDetached({ argv: lasting, file: pidFile(name), release: 'new', startedAt: clock.now() });

const use = (release: string, expected: string, where = place()) =>
  useRelease(where, { release, expected }, clock, never);

deploymentsContract(async () => {
  await Promise.all([start('one'), start('two')]);
  return {
    deployments: {
      use: (release, expected, signal) => useRelease(place(), { release, expected }, clock, signal),
      markVerified: (release, signal) => markVerified(releases, release, clock, signal),
    },
    releases: { history: () => listReleases(releases) },
    instances: { instances: () => listInstances(place()) },
  };
});

test('the link names the release alone, and a link that a crash has left is no obstacle', async () => {
  symlinkSync('nowhere', join(releases, 'current.old'));
  await use('old', 'new');
  expect(readlinkSync(join(releases, 'current'))).toBe('old');
  expect((await listReleases(releases)).map(({ id }) => id)).toEqual(['new', 'old']);
});

test('what was left for what is told of the last time, whatever stands broken in between', async () => {
  await use('old', 'new');
  writeFileSync(join(releases, 'switches.jsonl'), '{"at":"2026-01', { flag: 'a' });
  await use('new', 'old');
  expect(await listReleases(releases)).toMatchObject([
    { id: 'new', current: true, leftFor: 'old' },
    { id: 'old', current: false, leftFor: 'new' },
  ]);
});

test('one copy whose state nobody knows keeps all of it from being touched', async () => {
  await start('one');
  writeFileSync(pidFile('two'), '{"pid": -1');
  await expect(use('old', 'new')).rejects.toMatchObject({
    happened: false,
    message: 'nobody knows how two is',
  });
  expect(readlinkSync(join(releases, 'current'))).toBe('new');
});

test('a copy that does not come back is no switch that did not happen', async () => {
  const where = place({ one: lasting, two: ['/nonexistent/program'] });
  await expect(use('old', 'new', where)).rejects.toMatchObject({
    stuck: true,
    message: expect.stringContaining('old is the current one now, but two did not come back'),
  });
  expect(await listInstances(where)).toMatchObject([{ release: 'old' }, { health: 'down' }]);
});

test('a link that cannot be made leaves everything as it is', async () => {
  mkdirSync(join(releases, 'current.old'));
  await expect(use('old', 'new')).rejects.toMatchObject({
    happened: false,
    message: expect.stringContaining('the current release cannot be changed'),
  });
  expect(readlinkSync(join(releases, 'current'))).toBe('new');
});

test('a switch that cannot be written down is not made', async () => {
  mkdirSync(join(releases, 'switches.jsonl'));
  await expect(use('old', 'new')).rejects.toMatchObject({ happened: false });
  expect(readlinkSync(join(releases, 'current'))).toBe('new');
});

test('what was made anew under the same name since is not what was seen to run well', async () => {
  await markVerified(releases, 'new', clock, never);
  const isVerified = async () =>
    (await listReleases(releases)).find(({ id }) => id === 'new')?.verified;
  expect(await isVerified()).toBe(true);
  const note = { madeAt: '2026-01-02T00:00:01Z', verified: false };
  writeFileSync(join(releases, 'new', 'release.json'), JSON.stringify(note));
  expect(await isVerified()).toBe(false);
});

test('what a crash has cut short hides no other note, and what nobody has dated can be verified too', async () => {
  writeFileSync(join(releases, 'new', 'release.json'), '{');
  writeFileSync(join(releases, 'verified.jsonl'), '{"at":"2026-01-0');
  await markVerified(releases, 'new', clock, never);
  appendFileSync(join(releases, 'verified.jsonl'), '{"id":"old"');
  expect((await listReleases(releases)).map(({ id, verified }) => [id, verified])).toEqual([
    ['old', true],
    ['new', true],
  ]);
  await markVerified(releases, 'new', clock, never);
  expect(readFileSync(join(releases, 'verified.jsonl'), 'utf8').match(/"new"/g)).toHaveLength(1);
});
