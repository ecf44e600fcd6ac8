import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createAnswer } from './answer.ts';
import { type Part, takePart } from './front/take-part.ts';
import { createHttpServer } from './http-server.ts';
import { ownerFile, readSettings } from './layout.ts';
import { watchOwner } from './owner.ts';
import { assemble, type Parts } from './parts.ts';
import { endAll } from './processes.ts';
import { flavours } from './systems/index.ts';
import { startTraffic } from './traffic.ts';

/** Milliseconds that requests under way may take before a copy ends all the same. */
const longestLeave = 3500;

/** Runs one copy of the system in a folder until it is asked to end, or the demo is gone. */
export function runCopy(folder: string, copy: string): void {
  const settings = readSettings(folder);
  const flavour = flavours.find(({ name }) => name === settings.name);
  if (!flavour) throw new Error(`There is no system called ${settings.name}.`);
  const parts = assemble(flavour, settings);
  const part = serve(parts, folder, copy);
  const end = async (why: string) => {
    await Promise.race([part()?.leave(), wait(longestLeave)]);
    parts.log.write('stopped', { why, version: parts.version, copy, pid: process.pid });
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void end('asked to'));
  }
  watchOwner(ownerFile(settings.data), () => {
    // A sibling may hang: whoever notices first ends them all.
    void endAll(settings.data).then(() => end('the demo is gone'));
  });
}

/** Answers requests from now on; gives its part in the system once it has one. */
function serve(parts: Parts, folder: string, copy: string): () => Part | null {
  const answer = createAnswer(parts);
  const server = createHttpServer(answer, parts.figures);
  // Its front keeps connections, and would ask through one that is being closed.
  server.keepAliveTimeout = 0;
  let part: Part | null = null;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    parts.log.write('started', { version: parts.version, copy, pid: process.pid, port });
    const introduction = { system: parts.flavour.name, copy, token: parts.adminToken, port };
    part = takePart(introduction, () => readSettings(folder).front);
    startTraffic(parts, answer, part.copies);
  });
  return () => part;
}
