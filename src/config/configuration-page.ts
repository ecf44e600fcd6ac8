import { z } from 'zod';
import type { Driver } from '../core/driver.ts';
import { environmentSchema } from './environment.ts';
import { fileSchema } from './file-schema.ts';

/** The part of a JSON schema that the page shows. */
interface Shape {
  type?: string | undefined;
  description?: string | undefined;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  required?: string[];
  anyOf?: Shape[];
}

/** docs/configuration.md, made from the schemas, so that it cannot say anything else than they do. */
export function configurationPage(drivers: readonly Driver[]): string {
  const file = shapeOf(fileSchema([]));
  const services = file.properties?.services;
  return [
    '# Configuration',
    '',
    '<!-- Made from the schemas by `npm run docs`; a test fails when it is stale. -->',
    '',
    'Environment variables hold secrets and addresses; one YAML file holds people, roles, services and channels. `npm run check -- FILE` reports every mistake with file, line and what was expected; `--connect` also tries each check and the Slack tokens. Any text of the file may be `env:NAME` or `file:PATH`: then it is a secret, read from there, and never shown.',
    '',
    '## Environment variables',
    '',
    table(rows(shapeOf(environmentSchema))),
    '## The file',
    '',
    'Unknown keys are mistakes. `gatehouse.example.yml` shows the whole of it.',
    '',
    table([
      ...rows({ ...file, properties: without(file.properties, 'services') }),
      ...(services ? rows(services, 'services') : []),
    ]),
    '## Drivers',
    '',
    'Each section under an environment belongs to one driver.',
    '',
    ...drivers.map((driver) => driverPart(driver)),
  ].join('\n');
}

const driverPart = ({ name, summary, options }: Driver): string =>
  `### ${name}\n\n${summary}\n\n${table(rows(shapeOf(options)))}`;

const shapeOf = (schema: z.ZodType): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;

const without = (all: Record<string, Shape> = {}, name: string): Record<string, Shape> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));

interface Row {
  path: string;
  meaning: string;
  fallback: string;
}

/** A row for the shape itself when it has something to say, and for all that lies below it. */
function rows(shape: Shape, path = '', needed = false): Row[] {
  const own = path !== '' && shape.description ? [row(shape, path, needed)] : [];
  const below = Object.entries(shape.properties ?? {}).flatMap(([name, inner]) =>
    rows(inner, path === '' ? name : `${path}.${name}`, shape.required?.includes(name)),
  );
  const { additionalProperties: values, items } = shape;
  const named = typeof values === 'object' ? rows(values, `${path}.<name>`) : [];
  const listed = items ? rows(items, `${path}[]`) : [];
  return [...own, ...below, ...named, ...listed];
}

function row(shape: Shape, path: string, needed: boolean): Row {
  const choices = shape.enum ? ` One of ${shape.enum.map((one) => `\`${one}\``).join(', ')}.` : '';
  const given = shape.default === undefined ? '' : `\`${JSON.stringify(shape.default)}\``;
  return {
    path,
    meaning: `${shape.description}${choices}`,
    fallback: given || (needed ? 'required' : ''),
  };
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const table = (all: readonly Row[]): string =>
  [
    '| key | meaning | default |',
    '|---|---|---|',
    ...all.map(
      ({ path, meaning, fallback }) => `| \`${path}\` | ${cell(meaning)} | ${cell(fallback)} |`,
    ),
    '',
  ].join('\n');
