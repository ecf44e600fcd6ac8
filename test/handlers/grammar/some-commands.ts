import { z } from 'zod';
import type { Policy } from '../../../src/core/policy.ts';
import type { Command } from '../../../src/handlers/command.ts';
import { parse } from '../../../src/handlers/grammar/parse.ts';
import { resolve } from '../../../src/handlers/grammar/resolve.ts';
import type { Setting } from '../../../src/handlers/grammar/setting.ts';
import { createRegistry } from '../../../src/handlers/registry.ts';
import { rightsOf } from '../../../src/handlers/rights.ts';
import { sampleCatalogue } from '../../support/sample-catalogue.ts';

const catalogueOf = (defaultEnv: string) =>
  sampleCatalogue(
    [
      ['rms-auth', ['prod'], ['rms']],
      ['rust-auth', ['staging', 'prod']],
      ['idp', ['dev', 'lab']],
      ['desk', ['lab']],
    ],
    defaultEnv,
  );

/** A command that only reads, but for what is changed. */
export const command = (name: string, change: Partial<Command> = {}): Command => ({
  name,
  summary: 'Does something.',
  examples: [],
  aliases: [],
  runbook: '000',
  group: 'Look',
  risk: 'read',
  aim: 'one',
  changes: false,
  params: z.strictObject({}),
  perform: async () => {},
  ...change,
});

const changing: Partial<Command> = { changes: true, risk: 'high', ask: async () => {} };

/** Commands of every kind: about one target, about any, about none; that read and that change something. */
export const commands: readonly Command[] = [
  command('status', { aim: 'optional', aliases: ['st'], everywhere: true }),
  command('logs', {
    aliases: ['log'],
    params: z.strictObject({
      since: z.string().optional().describe('How far back.'),
      lines: z.number().int().max(500).optional().describe('How many lines.'),
      level: z.enum(['warn', 'error']).optional(),
      allPods: z.boolean().optional(),
      words: z.array(z.string()).optional(),
    }),
  }),
  command('show env', {
    aim: 'none',
    params: z.strictObject({ env: z.string().optional(), words: z.array(z.string()).min(1) }),
  }),
  command('explain', {
    aim: 'none',
    params: z.strictObject({ words: z.string().min(1).describe('The error to explain.') }),
  }),
  command('restart', changing),
  command('drain', { ...changing, everywhere: true }),
  command('block', {
    ...changing,
    operands: ['address'],
    params: z.strictObject({
      address: z
        .string()
        .regex(/^[\d.]+$/, 'expected an address')
        .describe('Which address.'),
      note: z.string().optional(),
    }),
  }),
  command('show', {
    aim: 'optional',
    operands: ['what'],
    params: z.strictObject({ what: z.string() }),
  }),
  command('peek', {
    aim: 'optional',
    operands: ['what'],
    params: z.strictObject({ what: z.string().optional() }),
  }),
  command('trace', { params: z.strictObject({ env: z.string().optional() }) }),
  command('whoami', { aim: 'none' }),
  command('ask', { aim: 'optional', params: z.strictObject({ words: z.string() }) }),
  command('tag', {
    aim: 'none',
    params: z.strictObject({
      until: z
        .string()
        .refine((text) => text.endsWith('h'), 'expected hours')
        .optional()
        .describe('For how long, e.g. 5h.'),
      most: z.number().max(3).optional().describe('At most 3. Or fewer.'),
      words: z.array(z.enum(['red', 'green'])),
    }),
  }),
  command('note', {
    aim: 'none',
    aside: [{ key: 'about', looks: /^no-\d+$/i }],
    params: z.strictObject({
      about: z.string().optional(),
      words: z.array(z.string()).default([]),
    }),
  }),
  command('drop cache'),
  command('drop table'),
  command('claim', changing),
  command('burn', { changes: true, risk: 'destructive' }),
];

const everything: Policy = {
  roles: {},
  grants: [{ role: '*', allow: ['*'], deny: ['burn'], env: ['*'] }],
};

/** Other rules than the usual ones, under which all of it may be done but burn. */
interface Otherwise {
  grants?: Policy['grants'];
  defaultEnv?: string;
}

/** What may be typed there, and who may. */
export function settingOf({
  grants = everything.grants,
  defaultEnv = 'staging',
}: Otherwise = {}): Setting {
  const catalogue = catalogueOf(defaultEnv);
  const policy = { roles: {}, grants };
  const rights = rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, catalogue);
  return { registry: createRegistry(commands), catalogue, rights };
}

/** What a text means there, or the whole refusal. */
export function meaningOf(text: string, otherwise: Otherwise = {}) {
  const parsed = parse(text);
  const resolved = parsed.ok ? resolve(parsed.value, settingOf(otherwise)) : parsed;
  if (!resolved.ok) return resolved.error;
  const { command: found, ...rest } = resolved.value;
  return { command: found.name, ...rest };
}
