import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCatalogue } from './catalogue.ts';
import { openFronts } from './front/fronts.ts';
import { layOut, ownerFile, placesOf } from './layout.ts';
import { claim, findOwner } from './owner.ts';
import { pickPorts } from './ports.ts';
import { endAll, findRunning } from './processes.ts';
import { findRedis, redisPidFile, startRedis } from './redis-server.ts';
import { startSystem } from './start-system.ts';
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
  // What runs from an earlier start keeps its port.
  const taken = (await findRunning(redisPidFile(data))) ? ['redis'] : [];
  const wanted = [...names, 'front', 'redis'];
  const ports = await pickPorts(join(data, 'ports.json'), wanted, new Set(taken));
  const redisPort = redis ? (ports.redis ?? null) : null;
  for (const flavour of flavours) {
    const own = flavour.name === 'rms-auth' ? redisPort : null;
    const port = ports[flavour.name] as number;
    const front = ports.front as number;
    layOut(flavour, { name: flavour.name, port, front, data, redisPort: own });
  }
  const fronted = names.map((name) => ({
    name,
    port: ports[name] as number,
    token: tokenOf(data, name),
  }));
  await openFronts(fronted, ports.front as number);
  await Promise.all([
    ...names.map((name) => startSystem(data, name)),
    redis && startRedis(data, redis, ports.redis as number),
  ]);
  return writeCatalogue(data, flavours, ports, redis);
}

const tokenOf = (data: string, name: string): string =>
  readFileSync(placesOf(data, name).adminToken, 'utf8').trim();
