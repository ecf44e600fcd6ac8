import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bareEnv } from '../support/bare-env.ts';
import { launch } from '../support/launch.ts';
import { tempFolder } from '../support/temp-folder.ts';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The processes that a process has started and that still run. */
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .map(Number)
    .filter((child) => child > 0 && isAlive(child));

/** What a process was started with, so that one that is left can be told from the others; '' once it has ended. */
const commandOf = (pid: number): string => {
  const words = ['-o', 'pid=,stat=,etime=,args=', '-p', String(pid)];
  const { stdout } = spawnSync('ps', words, { encoding: 'utf8' });
  // Who has ended and is only waited for by nobody yet runs no more.
  return /^\s*\d+\s+Z/.test(stdout) ? '' : stdout.trim();
};

test('when what `npm start` runs is killed without a warning, nothing that it brought is left', async () => {
  const folder = tempFolder();
  const house = await launch(folder.path, bareEnv);
  const pid = house.launcher.pid ?? 0;
  const systems = globSync(join(folder.path, 'demo/systems/*/run/*.json')).map(
    (file) => JSON.parse(readFileSync(file, 'utf8')).pid,
  );
  const brought = [...childrenOf(pid), ...systems];
  expect(brought.length).toBeGreaterThanOrEqual(8); // the bot, Slack, the demo and its five systems
  process.kill(pid, 'SIGKILL');
  await house.end();
  const left = () => brought.map(commandOf).filter((command) => command !== '');
  await expect.poll(left).toEqual([]);
  await folder.remove();
});
