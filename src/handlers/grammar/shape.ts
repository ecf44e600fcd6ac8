import { z } from 'zod';

/** What a command takes after its target, read from its schema. */
export interface Shape {
  flags: readonly Flag[];
  /** Whether it takes further words, and whether as a list or as one text. */
  words: 'none' | 'list' | 'text';
  /** What those words are. */
  about: string;
  /** Whether there has to be one. */
  needsWords: boolean;
}

/** One flag of a command. */
export interface Flag {
  /** As it is typed, without dashes: `dry-run`. */
  name: string;
  /** What is taken for it as well and shown nowhere: the `aliases` of the schema. */
  aliases: readonly string[];
  /** As the schema calls it: `dryRun`. */
  key: string;
  kind: 'switch' | 'number' | 'text';
  required: boolean;
  about: string;
  /** What people call it, where that is not its name: the `title` of the schema. */
  title: string | null;
  /** The only values it can have, where there are few; null when it takes others. */
  choices: readonly string[] | null;
  /** What it is when it is not given; null when that is nothing. */
  fallback: string | null;
}

/** The parameters of a command that are typed as words, in their order. */
export const operandsOf = (
  { operands = [] }: { operands?: readonly string[] },
  { flags }: Shape,
): Flag[] => operands.flatMap((key) => flags.filter((flag) => flag.key === key));

/** The flag that is typed like this, whatever its case. */
export function flagTyped(flags: readonly Flag[], typed: string): Flag | undefined {
  const name = typed.toLowerCase();
  return (
    flags.find((flag) => flag.name === name) ?? flags.find(({ aliases }) => aliases.includes(name))
  );
}

const known = new WeakMap<z.ZodType, Shape>();

/** The shape of a schema; worked out on first use and then remembered. */
export function shapeOf(schema: z.ZodType): Shape {
  const remembered = known.get(schema);
  if (remembered) return remembered;
  const shape = read(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  known.set(schema, shape);
  return shape;
}

type Field = z.core.JSONSchema.BaseSchema;

function read(schema: Field): Shape {
  const fields = Object.entries(schema.properties ?? {}) as [string, Field][];
  const words = fields.find(([key]) => key === 'words')?.[1];
  const flags = fields.filter(([key]) => key !== 'words');
  return {
    flags: flags.map(([key, field]) => toFlag(key, field, schema.required ?? [])),
    words: words === undefined ? 'none' : words.type === 'string' ? 'text' : 'list',
    about: words?.description ?? '',
    needsWords: schema.required?.includes('words') ?? false,
  };
}

const toFlag = (key: string, field: Field, required: readonly string[]): Flag => ({
  name: key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  aliases: textsIn(field.aliases),
  key,
  kind: kindOf(field.type),
  required: required.includes(key),
  about: field.description ?? '',
  title: field.title ?? null,
  choices: field.enum?.every(isText) ? field.enum : null,
  fallback: isText(field.default) ? field.default : null,
});

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);

const isText = (value: unknown): value is string => typeof value === 'string';

const kindOf = (type: Field['type']): Flag['kind'] => {
  if (type === 'boolean') return 'switch';
  return type === 'number' || type === 'integer' ? 'number' : 'text';
};
