import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { targetName } from '../../../src/core/target.ts';
import { fromSlack } from '../../../src/handlers/grammar/from-slack.ts';
import { parse } from '../../../src/handlers/grammar/parse.ts';
import { resolve } from '../../../src/handlers/grammar/resolve.ts';
import { usageOf } from '../../../src/handlers/help/command-page.ts';
import { createRegistry } from '../../../src/handlers/registry.ts';
import { rightsOf } from '../../../src/handlers/rights.ts';
import { actionCommand } from '../../../src/handlers/runs/action-command.ts';
import type { Requestable } from '../../../src/handlers/runs/requestable.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { sampleCatalogue } from '../../support/sample-catalogue.ts';

const catalogue = sampleCatalogue([
  ['rms-auth', ['prod'], ['rms']],
  ['rust-auth', ['staging', 'prod'], []],
  ['security-platform', ['prod'], ['sec']],
]);

const action = (
  name: string,
  operands: Record<string, z.ZodType>,
  more: Partial<Requestable> = {},
): Requestable => ({
  name,
  summary: 'Changes something.',
  examples: [],
  aliases: [],
  runbook: '000',
  params: z.strictObject({ ...operands, ttl: z.string().optional() }),
  operands: Object.keys(operands),
  baseRisk: 'high',
  ...more,
});

const actions = [
  action('restart', {}),
  action('block', { address: z.string().regex(/^[\d.]+$/, 'expected an address') }),
  action('user offboard', { user: z.string().min(1) }, { everywhere: true }),
  action('deploy', { release: z.string() }),
  action('scale', { to: z.number().int() }),
  action('keys rotate', {}),
  action('cache clear', { prefix: z.string().optional() }),
  action('user role', { user: z.string(), role: z.enum(['admin', 'user']) }),
  action(
    'page',
    { user: z.string() },
    {
      params: z.strictObject({ user: z.string(), words: z.array(z.string()) }),
    },
  ),
];

const commands = actions.map((one) => actionCommand(one, fakeRuns().tools));
const policy = { roles: {}, grants: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }] };
const setting = {
  registry: createRegistry(commands),
  catalogue,
  rights: rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, catalogue),
};

/** What a command means, or the kind of its refusal. */
function read(text: string) {
  const parsed = parse(fromSlack(text));
  const resolved = parsed.ok ? resolve(parsed.value, setting) : parsed;
  if (!resolved.ok) return resolved.error;
  const { target, params } = resolved.value;
  const { dryRun, ...rest } = params as Record<string, unknown>;
  return { on: target && targetName(target), ...rest };
}

describe('operands', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['block 203.0.113.7 rust-auth@prod', 'rust-auth@prod', { address: '203.0.113.7' }],
    ['block rust-auth@prod 203.0.113.7', 'rust-auth@prod', { address: '203.0.113.7' }],
    ['block rust-auth@prod --address 203.0.113.7', 'rust-auth@prod', { address: '203.0.113.7' }],
    ['block 203.0.113.7 rust-auth --env prod', 'rust-auth@prod', { address: '203.0.113.7' }],
    [
      'block --ttl 1h 203.0.113.7 --reason "a b" rms@prod',
      'rms-auth@prod',
      { address: '203.0.113.7', ttl: '1h', reason: 'a b' },
    ],
    [
      'block <http://203.0.113.7|203.0.113.7> rust-auth@prod',
      'rust-auth@prod',
      { address: '203.0.113.7' },
    ],
    ['user offboard jane@corp.example all@prod', 'all@prod', { user: 'jane@corp.example' }],
    ['user offboard all@prod jane@corp.example', 'all@prod', { user: 'jane@corp.example' }],
    [
      'user offboard <mailto:jane@corp.example|jane@corp.example> all@prod',
      'all@prod',
      { user: 'jane@corp.example' },
    ],
    [
      'user offboard rms-auth@corp.example rust-auth@prod',
      'rust-auth@prod',
      { user: 'rms-auth@corp.example' },
    ],
    ['deploy r42 rms-auth@prod', 'rms-auth@prod', { release: 'r42' }],
    ['deploy r42 rust-auth', 'rust-auth@staging', { release: 'r42' }],
    ['scale 3 rust-auth@prod', 'rust-auth@prod', { to: 3 }],
    ['keys rotate security-platform@prod', 'security-platform@prod', {}],
    ['cache clear rms-auth@prod', 'rms-auth@prod', {}],
    ['cache clear session: rms-auth@prod', 'rms-auth@prod', { prefix: 'session:' }],
    ['user role jane admin rms@prod', 'rms-auth@prod', { user: 'jane', role: 'admin' }],
    ['user role rms@prod jane admin', 'rms-auth@prod', { user: 'jane', role: 'admin' }],
    ['user role admin rms@prod --user jane', 'rms-auth@prod', { user: 'jane', role: 'admin' }],
    // A full target beats the bare name of a service: that is then what it is done with.
    ['deploy rms rust-auth@prod', 'rust-auth@prod', { release: 'rms' }],
    ['deploy rust-auth@prod rms', 'rust-auth@prod', { release: 'rms' }],
    ['page rms@prod jane is down', 'rms-auth@prod', { user: 'jane', words: ['is', 'down'] }],
    [
      'page jane rms@prod rust-auth@prod is "down again"',
      'rms-auth@prod',
      { user: 'jane', words: ['rust-auth@prod', 'is', 'down again'] },
    ],
  ])('%s', (text, on, params) => {
    expect(read(text)).toEqual({ on, ...params });
  });

  test.each<[string, object]>([
    ['block 203.0.113.7', { kind: 'missing-target' }],
    ['user offboard jane@corp.example', { kind: 'missing-target' }],
    ['user offboard jane@corp.example all', { kind: 'missing-env', service: 'all' }],
    ['user offboard jane@corp.example all@prdo', { kind: 'unknown-env', service: 'all' }],
    ['block 203.0.113.7 rms', { kind: 'missing-env', service: 'rms-auth' }],
    ['block 203.0.113.7 rust-atuh@prod', { kind: 'unknown-service', word: 'rust-atuh' }],
    ['block rust-atuh@prod 203.0.113.7', { kind: 'unknown-service', word: 'rust-atuh' }],
    ['block 203.0.113.7 nowhere', { kind: 'unknown-service', word: 'nowhere' }],
    ['block rust-auth@prod', { kind: 'bad-value' }],
    ['block nobody rust-auth@prod', { kind: 'bad-value' }],
    ['scale many rust-auth@prod', { kind: 'bad-value' }],
    ['block 203.0.113.7 203.0.113.8 rust-auth@prod', { kind: 'too-many-words' }],
    ['block 203.0.113.7 rust-auth@prod --address 203.0.113.8', { kind: 'too-many-words' }],
    ['block --address 203.0.113.7 --address 203.0.113.8 rms@prod', { kind: 'flag-twice' }],
    ['block 203.0.113.7 all@prod', { kind: 'not-everywhere' }],
    [
      'user offboard rms-auth@prod rust-auth@prod',
      { kind: 'unclear-target', words: ['rms-auth@prod', 'rust-auth@prod'] },
    ],
    ['deploy rms rust-auth', { kind: 'unclear-target' }],
    ['deploy all@prod rms@prod', { kind: 'unclear-target' }],
  ])('%s is refused', (text, refusal) => {
    expect(read(text)).toMatchObject(refusal);
  });

  test('what looks like a target can be said as a flag', () => {
    expect(read('user offboard --user rms-auth@prod rust-auth@prod')).toEqual({
      on: 'rust-auth@prod',
      user: 'rms-auth@prod',
    });
  });

  test('are shown as words in how a command is used', () => {
    const usages = commands.slice(1, 4).map(usageOf);
    expect(usages[0]).toBe(
      'block ADDRESS SERVICE[@ENV] [--ttl VALUE] [--reason VALUE] [--dry-run] [--incident VALUE] [--break-glass]',
    );
    expect(usages[1]).toMatch(/^user offboard USER SERVICE@ENV\|all@ENV \[--ttl/);
  });
});
