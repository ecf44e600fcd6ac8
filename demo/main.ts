import { mkdirSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fillTemplate } from './catalogue.ts';
import { currentRelease, layOut, ownerFile, placesOf } from './layout.ts';
import { claim, findOwner } from './owner.ts';
import { pickPorts } from './ports.ts';
import { end, findRunning, startDetached, writeWhole } from './processes.ts';
import { flavours } from './systems/index.ts';

const data = resolve(process.env.DEMO_DATA ?? '.gatehouse/demo');
const program = join(import.meta.dirname, 'system.ts');

async function start(): Promise<string> {
  mkdirSync(data, { recursive: true });
  const other = await findOwner(ownerFile(data));
  if (other) throw new Error(`The demo in ${data} runs already, as process ${other.pid}.`);
  await claim(ownerFile(data));
  const names = flavours.map(({ name }) => name);
  const alive = new Set<string>();
  for (const name of names) if (await findRunning(placesOf(data, name).pidFile)) alive.add(name);
  const ports = await pickPorts(join(data, 'ports.json'), names, alive);
  for (const flavour of flavours) layOut(data, flavour, ports[flavour.name] as number);
  await Promise.all(names.filter((name) => !alive.has(name)).map(startSystem));
  await Promise.all(names.map((name) => listening(ports[name] as number)));
  return writeCatalogue(ports);
}

async function startSystem(name: string): Promise<void> {
  const { directory, pidFile: file, output, releases } = placesOf(data, name);
  const release = currentRelease(releases);
  await startDetached([process.execPath, program, directory], { file, release, output });
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    const open = await new Promise<boolean>((done) => {
      const socket = createConnection({ host: '127.0.0.1', port });
      socket.once('connect', () => done(true)).once('error', () => done(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await wait(25);
  }
  throw new Error(`A system of the demo does not listen on port ${port}.`);
}

function writeCatalogue(ports: Record<string, number>): string {
  const blanks: Record<string, string> = { node: process.execPath, program };
  for (const { name } of flavours) {
    const { directory, log, releases } = placesOf(data, name);
    const own = { port: String(ports[name]), directory, log, releases };
    for (const [key, value] of Object.entries(own)) blanks[`${name}.${key}`] = value;
  }
  const config = join(data, 'gatehouse.yml');
  writeWhole(config, fillTemplate(join(import.meta.dirname, 'gatehouse.yml'), blanks));
  return config;
}

async function finish(code: number): Promise<never> {
  await Promise.all(flavours.map(({ name }) => end(placesOf(data, name).pidFile)));
  process.exit(code);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void finish(0));
process.on('disconnect', () => void finish(0));
setInterval(() => {}, 1 << 30);
const ready = { ready: true, config: await start() };
console.log(JSON.stringify(ready));
process.send?.(ready);
