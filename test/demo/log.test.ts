import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog, usualEvents } from '../../demo/log.ts';
import { readLog } from '../../src/targets/process/read-log.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-log-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a log that grows moves to .1 and .2, and no further', async () => {
  const path = join(folder, 'app.log');
  const keys = { event: 'event', user: 'user', address: 'source_ip' };
  const log = openLog(path, 'auth-service', { keys, events: usualEvents });
  for (let index = 0; index < 90; index += 1)
    log.write('failed', { error: 'x'.repeat(100_000), index });
  expect(readdirSync(folder).sort()).toEqual(['app.log', 'app.log.1', 'app.log.2']);
  for (const name of readdirSync(folder)) {
    expect(statSync(join(folder, name)).size).toBeLessThan(2.2 * 1024 * 1024);
  }
  const wanted = { since: 0, grep: '"index":', limit: 30 };
  const { lines } = await readLog(path, wanted, new AbortController().signal);
  expect(lines.map((line) => JSON.parse(line).index)).toEqual(
    Array.from({ length: 30 }, (_, index) => 60 + index),
  );
});
