import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Catalogue } from '../../src/core/catalogue.ts';
import type { Person, Standing } from '../../src/core/person.ts';
import type { Policy } from '../../src/core/policy.ts';
import { targetName } from '../../src/core/target.ts';
import type { Command } from '../../src/handlers/command.ts';
import { deskOf } from '../../src/handlers/create-desk.ts';
import type { Answer } from '../../src/handlers/desk.ts';
import { parse } from '../../src/handlers/grammar/parse.ts';
import { resolve } from '../../src/handlers/grammar/resolve.ts';
import { whoami } from '../../src/handlers/help/whoami.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { rightsOf } from '../../src/handlers/rights.ts';
import { canPress } from '../../src/handlers/usable.ts';
import type { Message } from '../../src/views/blocks/message.ts';
import { stillClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const command = (name: string, more: Partial<Command> = {}): Command => ({
  name,
  summary: 'Does something.',
  examples: [name],
  aliases: [],
  risk: 'read',
  aim: 'none',
  runbook: '000',
  group: 'Look',
  changes: false,
  params: z.object({}),
  perform: async () => {},
  ...more,
});

const anyWords = z.object({ words: z.string() });
const commands = [
  command('services'),
  command('explain', { params: anyWords }),
  command('status', { aim: 'optional' }),
  command('logs', { aim: 'one', risk: 'read-sensitive' }),
  command('restart', { aim: 'one', risk: 'high', changes: true }),
];

const service = (name: string, ...envs: string[]) => ({
  name,
  title: name,
  runbook: '000',
  owners: [],
  aliases: [],
  environments: envs.map((env) => ({ name: env, production: env === 'prod', drivers: {} })),
});

const catalogue: Catalogue = {
  defaultEnv: 'staging',
  services: [service('rust-auth', 'staging', 'prod'), service('lab-auth', 'lab')],
};

const all = ['*'] as const;
const rule = (role: string, allow: readonly string[], deny: readonly string[] = []) =>
  ({ role, allow, deny, env: all }) as const;
const policyOf = (...grants: Policy['grants']): Policy => ({ roles: {}, grants });
const engineer: Person = { id: 'U1', team: 'T1', roles: ['oncall'] };

/** What comes of a text for an engineer: what would be done, or the kind of refusal. */
function outcomeOf(text: string, policy: Policy, unverified: string | null = null): string {
  const rights = rightsOf(engineer, unverified, policy, catalogue);
  const parsed = parse(text);
  if (!parsed.ok) return parsed.error.kind;
  const found = resolve(parsed.value, { registry: createRegistry(commands), catalogue, rights });
  if (!found.ok) return found.error.kind;
  const { command: what, target } = found.value;
  return target ? `${what.name} ${targetName(target)}` : what.name;
}

describe('a command that no rule allows, or one forbids, is refused', () => {
  test.each(['services', 'explain kill -9', 'status', 'status rust-auth@prod', 'logs rust-auth'])(
    '%s',
    (text) => {
      const free = policyOf(rule('*', all));
      expect(outcomeOf(text, free)).not.toBe('not-allowed');
      const [name = ''] = text.split(' ');
      expect(outcomeOf(text, policyOf(...free.grants, rule('oncall', [], [name])))).toBe(
        'not-allowed',
      );
      expect(outcomeOf(text, policyOf(rule('manager', all)))).toBe('not-allowed');
    },
  );
});

describe('while roles cannot be looked up', () => {
  test('what is free for every member may be read, and nothing else, though a rule gives it to all', () => {
    const policy = policyOf(rule('*', all));
    expect(outcomeOf('status', policy, 'timeout')).toBe('status');
    expect(outcomeOf('logs rust-auth@prod', policy, 'timeout')).toBe('not-verified');
    expect(outcomeOf('restart rust-auth@prod', policy, 'timeout')).toBe('not-verified');
  });

  test('roles that somebody remembers count for nothing', () => {
    const policy = policyOf(rule('oncall', ['risk:read']));
    expect(outcomeOf('status', policy)).toBe('status');
    expect(outcomeOf('status', policy, 'timeout')).toBe('not-verified');
  });
});

test('a button never types a change, nor what the person may not use', () => {
  const setting = (policy: Policy) => ({
    registry: createRegistry(commands),
    catalogue,
    rights: rightsOf(engineer, null, policy, catalogue),
  });
  const free = setting(policyOf(rule('*', all)));
  const press = (text: string, where = free) => canPress({ label: 'x', command: text }, where);
  expect(press('status rust-auth@prod')).toBe(true);
  expect(press('restart rust-auth@prod')).toBe(false);
  expect(press('"restart" lab-auth@lab')).toBe(false);
  expect(press('status', setting(policyOf(rule('manager', all))))).toBe(false);
});

test('the only environment of a service is taken for reading, and never for a change', () => {
  const policy = policyOf(rule('*', all));
  expect(outcomeOf('logs lab-auth', policy)).toBe('logs lab-auth@lab');
  expect(outcomeOf('restart lab-auth', policy)).toBe('missing-env');
  expect(outcomeOf('restart lab-auth@lab', policy)).toBe('restart lab-auth@lab');
});

test('a directory that never answers leaves a person unverified, and delays no answer for ever', async () => {
  const policy = policyOf(rule('*', ['risk:read']));
  const desk = deskOf(createRegistry([whoami(policy)]), {
    catalogue,
    policy,
    directory: { standing: () => new Promise<Standing>(() => {}) },
    clock: stillClock(),
    log: quietLog,
    redact: (text) => text,
  });
  const said: Message[] = [];
  const answer = { say: async (message: Message) => void said.push(message) };
  const asker = { id: 'U1', team: 'T1' };
  const place = { channel: 'C1', thread: null };
  const asked = { kind: 'command', text: 'whoami', asker, place } as const;
  await desk.handle(asked, answer as unknown as Answer);
  expect(JSON.stringify(said)).toContain('could not be looked up: no answer within 2 s');
});

describe('a grant for one service', () => {
  const grants = [
    rule('*', ['risk:read']),
    { ...rule('oncall', ['restart', 'logs']), service: ['rust-auth'] },
  ];
  const rights = rightsOf(engineer, null, policyOf(...grants), catalogue);
  const restart = commands.find(({ name }) => name === 'restart') as Command;

  test('allows it there, and says of another that no rule does, with its name', () => {
    expect(outcomeOf('restart rust-auth@prod', policyOf(...grants))).toBe('restart rust-auth@prod');
    expect(rights.may(restart, { service: 'lab-auth', env: 'lab' })).toMatchObject({
      ok: false,
      error: { kind: 'not-allowed', env: 'lab', service: 'lab-auth', roles: [] },
    });
    expect(rights.reach(restart).map(targetName)).toEqual(['rust-auth@staging', 'rust-auth@prod']);
  });

  test('allows it on all services of an environment only where it allows it on each', () => {
    expect(rights.may(restart, { service: 'all', env: 'prod' }).ok).toBe(true);
    expect(rights.may(restart, { service: 'all', env: 'lab' }).ok).toBe(false);
    const denied = { ...rule('*', [], ['restart']), service: ['rust-auth'] };
    const most = policyOf(rule('*', all), denied);
    const more = { ...catalogue, services: [service('a-auth', 'prod'), ...catalogue.services] };
    const others = rightsOf(engineer, null, most, more);
    expect(others.may(restart, { service: 'a-auth', env: 'prod' }).ok).toBe(true);
    expect(others.may(restart, { service: 'all', env: 'prod' }).ok).toBe(false);
    expect(others.may(restart, { service: 'all', env: 'lab' }).ok).toBe(true);
  });
});

test('a grant for a channel counts where it is asked, and nowhere that nobody knows', () => {
  const policy = policyOf({ ...rule('oncall', all), channels: ['COPS'] });
  const restart = commands.find(({ name }) => name === 'restart') as Command;
  const target = { service: 'rust-auth', env: 'prod' };
  const may = (channel: string | null) =>
    rightsOf(engineer, null, policy, catalogue, channel).may(restart, target).ok;
  expect([may('COPS'), may('COTHER'), may(null)]).toEqual([true, false, false]);
});
