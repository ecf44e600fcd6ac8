import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { usualPace } from '../../src/core/pace.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pace-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The pace of a file that says this about it, or what is wrong with it. */
function read(pace: string | null) {
  const path = join(folder, 'gatehouse.yml');
  const said = pace === null ? '' : `, pace: ${pace}`;
  writeFileSync(path, `version: 1\nslack: { team: T0GATE${said} }\nservices: {}\n`);
  const loaded = loadConfig({ env: {}, drivers: [], path });
  return loaded.ok
    ? loaded.value.pace
    : loaded.error.map(({ path: place, says }) => `${place}: ${says}`);
}

test('the pace is what Slack publishes when the file says nothing', () => {
  expect(read(null)).toEqual(usualPace);
  expect(usualPace).toMatchObject({
    'chat.postMessage': { most: 300, within: 60_000 },
    'chat.update': { most: 50, within: 60_000 },
  });
});

test('the pace is what the file says, method by method', () => {
  const { 'pins.add': _, ...others } = usualPace;
  expect(read('{ chat.postMessage: 600/1m, pins.add: none }')).toEqual({
    ...others,
    'chat.postMessage': { most: 600, within: 60_000 },
  });
  expect(read('{ all: none }')).toEqual({});
  const own = { most: 20, within: 60_000 };
  expect(read('{ all: none, chat.update: 20/1m }')).toEqual({ 'chat.update': own });
});

test.each([
  ['{ chat.postmessage: 300/1m }', '.chat.postmessage: expected all or one of chat.postMessage'],
  ['{ chat.postMessage: 0/1m }', '.chat.postMessage: expected so many within a while'],
  ['{ chat.postMessage: 300/1s }', '.chat.postMessage: expected so many within a while'],
  ['{ chat.postMessage: fast }', '.chat.postMessage: expected so many within a while'],
  ['none', ': expected keys and values'],
])('a pace of %s is refused, and it is said what was expected', (pace, expected) => {
  expect(read(pace)).toEqual([expect.stringContaining(`slack.pace${expected}`)]);
});
