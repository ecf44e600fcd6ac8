import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { writeWhole } from './processes.ts';

/** A port for each name: the one of last time where it is free, else another. Kept in `file`. */
export async function pickPorts(
  file: string,
  names: readonly string[],
  taken: ReadonlySet<string>,
): Promise<Record<string, number>> {
  const before = readPorts(file);
  const ports: Record<string, number> = {};
  for (const name of names) {
    const known = before[name];
    ports[name] = known && (taken.has(name) || (await isFree(known))) ? known : await freePort();
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

const isFree = (port: number): Promise<boolean> =>
  listen(port).then(
    () => true,
    () => false,
  );

const freePort = (): Promise<number> => listen(0);

function listen(port: number): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => done(found));
    });
  });
}
