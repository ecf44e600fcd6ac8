import { createAnswer } from './answer.ts';
import { createHttpServer } from './http-server.ts';
import { ownerFile, readSettings } from './layout.ts';
import { watchOwner } from './owner.ts';
import { assemble } from './parts.ts';
import { endAll } from './processes.ts';
import { flavours } from './systems/index.ts';
import { startTraffic } from './traffic.ts';

/** One system of the demo as a process of its own: `node demo/system.ts FOLDER`. */
const settings = readSettings(process.argv[2] ?? '');
const flavour = flavours.find(({ name }) => name === settings.name);
if (!flavour) throw new Error(`There is no system called ${settings.name}.`);

const parts = assemble(flavour, settings);
const answer = createAnswer(parts);
const server = createHttpServer(answer);

function end(why: string): void {
  parts.log.write('stopped', { why, version: parts.version, pid: process.pid });
  parts.file.save();
  process.exit(0);
}

server.listen(settings.port, '127.0.0.1', () => {
  parts.log.write('started', {
    version: parts.version,
    pid: process.pid,
    port: settings.port,
  });
  startTraffic(parts, answer);
});
process.on('SIGTERM', () => end('asked to'));
process.on('SIGINT', () => end('asked to'));
watchOwner(ownerFile(settings.data), () => {
  // A sibling may hang: whoever notices first ends them all.
  void endAll(settings.data).then(() => end('the demo is gone'));
});
