import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeCatalogue } from './catalogue.ts';
import { layOut, ownerFile, placesOf } from './layout.ts';
import { claim, findOwner } from './owner.ts';
import { pickPorts } from './ports.ts';
import { endAll, findRunning } from './processes.ts';
import { findRedis, redisPidFile, startRedis } from './redis-server.ts';
import { listening, startSystem } from './start-system.ts';
import { flavours } from './systems/index.ts';

const names = flavours.map(({ name }) => name);

/**
 * Lays the demo out in a folder, starts what does not run yet, and returns the path of the catalogue
 * that describes it. Throws when another process owns the demo there.
 */
export async function startDemo(data: string, tell: (line: string) => void): Promise<string> {
  mkdirSync(data, { recursive: true });
  const other = await findOwner(ownerFile(data));
  if (other) {
    throw new Error(
      `The demo in ${data} runs already, as process ${other.pid}. End that one first, or name another folder in GATEHOUSE_DATA.`,
    );
  }
  await claim(ownerFile(data));
  return bringUp(data, tell).catch(async (error) => {
    await endAll(data);
    throw error;
  });
}

async function bringUp(data: string, tell: (line: string) => void): Promise<string> {
  const redis = findRedis();
  if (!redis) tell('redis-server is not installed, so rms-auth keeps its sessions itself.');
  const ports = await pickPorts(join(data, 'ports.json'), [...names, 'redis'], await running(data));
  const redisPort = redis ? (ports.redis ?? null) : null;
  for (const flavour of flavours) {
    const own = flavour.name === 'rms-auth' ? redisPort : null;
    const port = ports[flavour.name] as number;
    layOut(flavour, { name: flavour.name, port, data, redisPort: own });
  }
  await Promise.all([
    ...names.map((name) => startSystem(data, name)),
    redis && startRedis(data, redis, ports.redis as number),
  ]);
  await Promise.all(names.map((name) => listening(ports[name] as number, name)));
  return writeCatalogue(data, flavours, ports, redisPort);
}

/** The names that still run from an earlier start: they keep their ports. */
async function running(data: string): Promise<Set<string>> {
  const files = [...names.map((name) => [name, placesOf(data, name).pidFile] as const)];
  const found = new Set<string>();
  for (const [name, file] of [...files, ['redis', redisPidFile(data)] as const]) {
    if (await findRunning(file)) found.add(name);
  }
  return found;
}
