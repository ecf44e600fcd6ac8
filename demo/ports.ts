import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { writeWhole } from './processes.ts';

/**
 * Ports below those that systems give away by themselves (Linux from 32768 on, others from 49152): a
 * port of the demo has nobody listening until its first copy is there, and whenever none is, and no
 * connection of somebody else may sit on it meanwhile.
 */
const [first, many] = [10_240, 9_760];

/**
 * A port for each name: the one of last time where it is free, else another. Kept in `file`, and
 * claimed for as long as this process lives: no other demo takes it, also while nobody listens there.
 */
export async function pickPorts(
  file: string,
  names: readonly string[],
  taken: ReadonlySet<string>,
): Promise<Record<string, number>> {
  const before = readPorts(file);
  const ports: Record<string, number> = {};
  for (const name of names) {
    const known = before[name];
    const isKept =
      known !== undefined && ((await claim(known, taken.has(name))) || taken.has(name));
    ports[name] = isKept ? known : await claimAny();
  }
  writeWhole(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}

function readPorts(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

async function claimAny(): Promise<number> {
  const start = randomInt(many);
  for (let tries = 0; tries < many; tries += 1) {
    const port = first + ((start + tries) % many);
    if (await claim(port, false)) return port;
  }
  throw new Error(`No port from ${first} to ${first + many - 1} is free.`);
}

/** The claim is the UDP port of the same number: the system gives it to one process, until that ends. */
async function claim(port: number, mayBeListenedTo: boolean): Promise<boolean> {
  const holder = createSocket('udp4');
  holder.bind({ port, address: '127.0.0.1', exclusive: true });
  if (!(await succeeds(once(holder, 'listening')))) return false;
  if (!mayBeListenedTo && !(await nobodyListens(port))) {
    holder.close();
    return false;
  }
  holder.unref();
  return true;
}

async function nobodyListens(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  if (!(await succeeds(once(server, 'listening')))) return false;
  server.close();
  await once(server, 'close');
  return true;
}

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
