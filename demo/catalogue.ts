import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPair, parseDocument, visit } from 'yaml';
import type { Flavour } from './flavour.ts';
import { ownerFile, placesOf } from './layout.ts';
import { writeWhole } from './processes.ts';
import { redisFolder, warden } from './redis-server.ts';
import { systemProgram } from './start-system.ts';

/** What the template's `<…>` stand for, such as `rms-auth.port`. */
type Blanks = Readonly<Record<string, string>>;

/** Writes the catalogue of a demo that runs, and returns its path; without the program of Redis there is none. */
export function writeCatalogue(
  data: string,
  flavours: readonly Flavour[],
  ports: Readonly<Record<string, number>>,
  redis: string | null,
): string {
  const blanks: Record<string, string> = {
    ...blanksOfRedis(data, redis ?? ''),
    program: systemProgram,
    evidence: join(data, 'evidence'),
  };
  for (const [name, port] of Object.entries(ports)) blanks[`${name}.port`] = String(port);
  for (const { name } of flavours) {
    const { directory, log, releases, adminToken } = placesOf(data, name);
    Object.assign(blanks, {
      [`${name}.directory`]: directory,
      [`${name}.log`]: log,
      [`${name}.releases`]: releases,
      [`${name}.token`]: adminToken,
    });
  }
  const config = join(data, 'gatehouse.yml');
  const template = readFileSync(join(import.meta.dirname, 'gatehouse.yml'), 'utf8');
  writeWhole(config, fillTemplate(template, blanks, redis !== null));
  return config;
}

/** What the command that restarts Redis is made of. */
export const blanksOfRedis = (data: string, program: string): Blanks => ({
  node: process.execPath,
  owner: ownerFile(data),
  'redis.warden': warden,
  'redis.directory': redisFolder(data),
  'redis.program': program,
});

/** What stands in place of every Redis that there is not. */
const missing = {
  loses: [],
  why_not:
    'redis-server is not installed on this machine, so that rms-auth keeps its sessions itself and there is no Redis to restart; install it and start the demo again',
};

/**
 * Fills a template in. A blank that nobody knows is an error, so that a typing mistake shows. Without Redis a
 * section goes away, and a dependency says what is missing.
 */
export function fillTemplate(template: string, blanks: Blanks, withRedis: boolean): string {
  const document = parseDocument(template);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string') node.value = fill(node.value, blanks);
    },
    Pair(_key, pair, path) {
      if (withRedis || String(pair.key) !== 'redis') return undefined;
      const above = path.findLast(isPair);
      if (String(above?.key) !== 'dependencies') return visit.REMOVE;
      pair.value = document.createNode(missing);
      return visit.SKIP;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

const fill = (text: string, blanks: Blanks): string =>
  text.replace(/<([^>]*)>/g, (_whole, name: string) => {
    const value = blanks[name];
    if (value === undefined) throw new Error(`the template asks for <${name}>, which nobody knows`);
    return value;
  });
