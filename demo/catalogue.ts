import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, visit } from 'yaml';
import type { Flavour } from './flavour.ts';
import { placesOf } from './layout.ts';
import { writeWhole } from './processes.ts';
import { systemProgram } from './start-system.ts';

/** What the template's `<…>` stand for, such as `rms-auth.port`. */
type Blanks = Readonly<Record<string, string>>;

/** Writes the catalogue of a demo that runs, and returns its path. */
export function writeCatalogue(
  data: string,
  flavours: readonly Flavour[],
  ports: Readonly<Record<string, number>>,
  redisPort: number | null,
): string {
  const blanks: Record<string, string> = {
    node: process.execPath,
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
  writeWhole(config, fillTemplate(template, blanks, redisPort !== null));
  return config;
}

/** Fills a template in. A blank that nobody knows is an error, so that a typing mistake shows. */
export function fillTemplate(template: string, blanks: Blanks, withRedis: boolean): string {
  const document = parseDocument(template);
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string') node.value = fill(node.value, blanks);
    },
    Pair(_key, { key }) {
      const isRedis = String(key) === 'redis';
      return isRedis && !withRedis ? visit.REMOVE : undefined;
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
