import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { platform } from 'node:os';
import { describe, expect, test } from 'vitest';
import { identityInStat, startIdentity } from '../../../src/targets/process/start-identity.ts';

test('the identity of a process stays the same while it runs', async () => {
  const first = await startIdentity(process.pid);
  expect(first).not.toBeNull();
  expect(await startIdentity(process.pid)).toBe(first);
});

test('a process that ended has none', async () => {
  const child = spawn('true');
  await once(child, 'exit');
  expect(await startIdentity(child.pid ?? 0)).toBeNull();
});

describe.skipIf(platform() !== 'linux')('on Linux', () => {
  const stat = (name: string, state: string) =>
    `42 (${name}) ${state} ${Array.from({ length: 40 }, (_, index) => index + 4).join(' ')}`;

  test('a program may have any name', () => {
    expect(identityInStat(stat('node', 'S'))).toBe('22');
    expect(identityInStat(stat('a) Z (b', 'S'))).toBe('22');
  });

  test('a zombie does not run', () => expect(identityInStat(stat('node', 'Z'))).toBeNull());
});
