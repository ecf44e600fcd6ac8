import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { pickPorts } from '../../demo/ports.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folders: { remove(): Promise<void> }[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove();
});

function newFile(): string {
  const folder = tempFolder();
  folders.push(folder);
  return join(folder.path, 'ports.json');
}

const names = ['api', 'front', 'redis'];
const nobody = new Set<string>();

test('many demos that start at once never get the same port, although nobody listens there yet', async () => {
  const picked = await Promise.all(
    Array.from({ length: 100 }, () => pickPorts(newFile(), names, nobody)),
  );
  const ports = picked.flatMap((one) => Object.values(one));
  expect(new Set(ports).size).toBe(100 * names.length);
});

test('no port is one that the system gives to a connection by itself', async () => {
  const ports = Object.values(await pickPorts(newFile(), names, nobody));
  expect(ports).toEqual(names.map(() => expect.any(Number)));
  for (const port of ports) expect(port).toBeLessThan(32_768);
});

test('a port of last time is kept, unless somebody claimed it or listens there meanwhile', async () => {
  const file = newFile();
  const { api, front, redis } = await pickedElsewhere(file);
  const claim = createSocket('udp4').bind({ port: front, address: '127.0.0.1', exclusive: true });
  const squatter = createServer().listen(redis, '127.0.0.1');
  await Promise.all([once(claim, 'listening'), once(squatter, 'listening')]);
  const again = await pickPorts(file, names, nobody);
  expect(again.api).toBe(api);
  expect(again.front).not.toBe(front);
  expect(again.redis).not.toBe(redis);
  claim.close();
  squatter.close();
});

test('what runs from an earlier start keeps the port that it listens at', async () => {
  const file = newFile();
  const { redis } = await pickedElsewhere(file);
  const running = createServer().listen(redis, '127.0.0.1');
  await once(running, 'listening');
  expect((await pickPorts(file, names, new Set(['redis']))).redis).toBe(redis);
  running.close();
});

/** Ports that a process picked which has ended since: its claims ended with it. */
async function pickedElsewhere(
  file: string,
): Promise<{ api: number; front: number; redis: number }> {
  const program = `import { pickPorts } from ${JSON.stringify(join(import.meta.dirname, '../../demo/ports.ts'))};
    await pickPorts(${JSON.stringify(file)}, ${JSON.stringify(names)}, new Set());`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program]);
  return JSON.parse(readFileSync(file, 'utf8'));
}
