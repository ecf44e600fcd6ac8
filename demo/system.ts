import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAnswer } from './answer.ts';
import { type Part, takePart } from './front/take-part.ts';
import { createHttpServer } from './http-server.ts';
import { ownerFile, readSettings } from './layout.ts';
import { watchOwner } from './owner.ts';
import { assemble } from './parts.ts';
import { endAll } from './processes.ts';
import { flavours } from './systems/index.ts';
import { startTraffic } from './traffic.ts';

/** One copy of a system of the demo as a process of its own: `node demo/system.ts FOLDER COPY`. */
const [, , folder = '', copy = 'api'] = process.argv;
const settings = readSettings(folder);
const flavour = flavours.find(({ name }) => name === settings.name);
if (!flavour) throw new Error(`There is no system called ${settings.name}.`);

/** Milliseconds that requests under way may take before this copy ends all the same. */
const longestLeave = 3500;

const parts = assemble(flavour, settings);
const answer = createAnswer(parts);
const server = createHttpServer(answer, parts.figures);
// Its front keeps connections, and would ask through one that is being closed.
server.keepAliveTimeout = 0;
let part: Part | null = null;

async function end(why: string): Promise<void> {
  await Promise.race([part?.leave(), wait(longestLeave)]);
  parts.log.write('stopped', { why, version: parts.version, copy, pid: process.pid });
  process.exit(0);
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  parts.log.write('started', { version: parts.version, copy, pid: process.pid, port });
  const introduction = { system: settings.name, copy, token: parts.adminToken, port };
  part = takePart(introduction, () => readSettings(folder).front);
  startTraffic(parts, answer, part.copies);
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void end('asked to'));
}
watchOwner(ownerFile(settings.data), () => {
  // A sibling may hang: whoever notices first ends them all.
  void endAll(settings.data).then(() => end('the demo is gone'));
});
