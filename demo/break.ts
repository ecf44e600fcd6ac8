import { breakages, redis, unknownCopy } from './breakages.ts';
import { dataFolder } from './data-folder.ts';
import { ownerFile } from './layout.ts';
import { listSystems } from './list-systems.ts';
import { findOwner } from './owner.ts';
import { flavours } from './systems/index.ts';

/** `npm run demo -- VERB SYSTEM`: breaks the systems of a running demo, one at a time, and heals them. */
const [verb, name, copy, ...rest] = process.argv.slice(2);
const names = flavours.map((flavour) => flavour.name);

const usage = [
  'npm run demo -- VERB SYSTEM',
  '',
  '  list     show every system',
  ...Object.entries(breakages).map(([word, { summary }]) => `  ${word.padEnd(8)} ${summary}`),
  '',
  `Systems: ${names.join(', ')}; and redis, which only goes down and starts.`,
].join('\n');

/** Why the words make no sense, or null. */
function misuse(): string | null {
  if (!verb) return 'Say what to do.';
  if (verb === 'list')
    return name === undefined ? null : 'list takes no system: it shows them all.';
  if (!Object.hasOwn(breakages, verb)) return `There is no verb ${verb}.`;
  if (!name) return `${verb} needs the name of a system.`;
  if (name === redis && verb !== 'down' && verb !== 'start')
    return 'redis only goes down and starts.';
  if (name !== redis && !names.includes(name)) return `There is no system called ${name}.`;
  const most = breakages[verb]?.ofOne && name !== redis ? 1 : 0;
  const words = [copy, ...rest].filter((word) => word !== undefined);
  return words.length > most ? 'That is one word too many: name one system.' : null;
}

async function run(): Promise<string> {
  const data = dataFolder();
  if (!(await findOwner(ownerFile(data)))) {
    throw new Error(
      `No demo runs in ${data}. Start it with npm start, or say where it is in DEMO_DATA.`,
    );
  }
  if (verb === 'list') return (await listSystems(data, names)).join('\n');
  const unknown = copy === undefined ? null : unknownCopy(data, name ?? '', copy);
  if (unknown) throw new Error(unknown);
  return breakages[verb ?? '']?.run(data, name ?? '', copy) ?? '';
}

if (/^(?:--?)?h(?:elp)?$/.test(verb ?? '')) {
  console.log(usage);
  process.exit(0);
}
const wrong = misuse();
if (wrong) {
  console.error(`${wrong}\n\n${usage}`);
  process.exit(2);
}
try {
  console.log(await run());
} catch (error) {
  const said = error instanceof Error ? error.message : String(error);
  const down =
    said === 'fetch failed' ? `${name} does not answer: it is down. Start it first.` : said;
  console.error(down);
  process.exit(1);
}
