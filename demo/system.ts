import { createServer } from 'node:http';
import { join } from 'node:path';
import { currentRelease, readSettings } from './layout.ts';
import { watchOwner } from './owner.ts';
import { flavours } from './systems/index.ts';

/** One system of the demo as a process of its own: `node demo/system.ts FOLDER`. */
const directory = process.argv[2] ?? '';
const settings = readSettings(directory);
const flavour = flavours.find(({ name }) => name === settings.name);
if (!flavour) throw new Error(`There is no system called ${settings.name}.`);
const version = currentRelease(join(directory, 'releases'));

const server = createServer((request, response) => {
  const health = flavour.health[request.url ?? ''];
  const facts = { service: flavour.service, version, timestamp: new Date().toISOString() };
  response.writeHead(health ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(health ? health(facts) : { error: 'not found' }));
});
server.listen(settings.port, '127.0.0.1');

const end = () => process.exit(0);
process.on('SIGTERM', end);
watchOwner(settings.owner, end);
