import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../src/config/load-config.ts';
import { problemLine } from '../../src/config/problem.ts';
import { defineDriver } from '../../src/core/driver.ts';
import { Secret } from '../../src/core/secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pinger = defineDriver({
  name: 'pinger',
  summary: 'Pings.',
  options: z.strictObject({ url: z.union([z.instanceof(Secret), z.string()]).describe('Where.') }),
  open: () => Promise.reject(new Error('never opened here')),
});

const good = `version: 1
slack: { team: T0GATE }
roles:
  oncall: { members: ["user:U0ONE", "group:S0ONE"] }
grants:
  - { role: oncall, allow: ["risk:read"] }
services:
  rust-auth:
    title: Rust auth
    runbook: "002"
    aliases: [rust]
    environments:
      prod: { pinger: { url: "env:PING_URL" } }
      staging: {}
`;

const load = (text: string, env: Record<string, string> = { PING_URL: 'canary-url' }) => {
  const path = join(folder, 'gatehouse.yml');
  writeFileSync(path, text);
  return loadConfig({ env, drivers: [pinger], path });
};

const complaints = (text: string, env?: Record<string, string>) => {
  const result = load(text, env);
  if (result.ok) throw new Error('expected mistakes, found none');
  return result.error.map((problem) => problemLine(problem).replace(`${folder}/`, ''));
};

describe('a right configuration', () => {
  test('becomes a catalogue and a policy', () => {
    const result = load(good);
    if (!result.ok) throw new Error(result.error.map(problemLine).join('\n'));
    const { catalogue, policy, slack, team } = result.value;
    expect(team).toBe('T0GATE');
    expect(slack).toBeNull();
    expect(policy.grants).toEqual([
      { role: ['oncall'], allow: ['risk:read'], deny: [], env: ['*'], service: ['*'] },
    ]);
    expect(catalogue.services[0]).toMatchObject({ name: 'rust-auth', aliases: ['rust'] });
    expect(
      catalogue.services[0]?.environments.map(({ name, production }) => [name, production]),
    ).toEqual([
      ['prod', true],
      ['staging', false],
    ]);
  });

  test('lets every member read when it grants nothing', () => {
    const result = load(good.replace(/grants:\n.*\n/, ''));
    expect(result.ok && result.value.policy.grants[0]?.allow).toEqual(['risk:read']);
  });

  test('holds secrets in a form that nothing prints', () => {
    const result = load(good, { PING_URL: 'canary-url', DATABASE_URL: 'postgres://canary-db' });
    if (!result.ok) throw new Error('expected it to load');
    expect(result.value.secrets.map((secret) => secret.reveal()).sort()).toEqual([
      'canary-url',
      'postgres://canary-db',
    ]);
    const shown = [
      inspect(result.value, { depth: 9 }),
      JSON.stringify(result.value),
      `${result.value.secrets}`,
    ];
    for (const text of shown) {
      expect(text).toContain('[secret]');
      expect(text).not.toContain('canary');
    }
  });

  test('reads a secret from a file beside it, without the last line break', () => {
    writeFileSync(join(folder, 'url.txt'), 'from-a-file\n');
    const result = load(good.replace('env:PING_URL', 'file:url.txt'));
    expect(result.ok && result.value.secrets[0]?.reveal()).toBe('from-a-file');
  });
});

describe('a wrong configuration', () => {
  test('has every mistake reported at once, with line, path and what was expected', () => {
    const text = good
      .replace('T0GATE', 'nonsense')
      .replace('title: Rust auth', 'titel: Rust auth')
      .replace('"user:U0ONE"', '"jo"')
      .replace('staging: {}', 'staging: { ponger: {} }');
    expect(complaints(text)).toEqual([
      'gatehouse.yml:2:10  slack.team: expected the Slack id of the workspace, T…',
      'gatehouse.yml:4:23  roles.oncall.members.0: expected user:U… or group:S… with the Slack id, or oncall: and the name of an on-call list',
      'gatehouse.yml:8:3  services.rust-auth.title: is missing; expected a text',
      'gatehouse.yml:9:5  services.rust-auth.titel: unknown key',
      'gatehouse.yml:14:18  services.rust-auth.environments.staging.ponger: unknown key',
    ]);
  });

  test.each([
    ['an environment called so', 'prod', good],
    [
      'one that is said to be of production',
      'blue',
      good.replace('staging: {}', 'blue: { production: true }'),
    ],
  ])('cannot make production the default: %s', (_, env, text) => {
    const [line] = complaints(`${text}defaults: { env: ${env} }\n`);
    expect(line).toContain(
      `gatehouse.yml:15:13  defaults.env: ${env} is an environment of production`,
    );
  });

  test('cannot give one alias to two services, nor a grant to a role that is not there', () => {
    const second = `  other:\n    title: Other\n    runbook: "000"\n    aliases: [rust]\n    environments: { dev: {} }\n`;
    const lines = complaints(`${good.replace('role: oncall', 'role: boss')}${second}`);
    expect(lines[1]).toContain('services.other.aliases.0: rust already means rust-auth');
    expect(lines[0]).toContain(
      'gatehouse.yml:6:7  grants.0.role: there is no role called boss; expected one of oncall',
    );
  });

  test.each([
    ['allow: ["risk:reed"]', 'allow.0: there is no risk:reed; expected one of risk:read, '],
    ['allow: [status], deny: ["*", "risk:hihg"]', 'deny.1: there is no risk:hihg; '],
    ['allow: ["*"], env: prdo', 'env: no service has an environment called prdo; expected * or'],
  ])('cannot forbid or allow what there is not: %s', (wrong, says) => {
    const [line] = complaints(good.replace('allow: ["risk:read"]', wrong));
    expect(line).toContain(`grants.0.${says}`);
  });

  test.each([
    ['a tag', 'version: !!js/function "x"\n', 'Unresolved tag'],
    ['a key twice', 'version: 1\nversion: 1\n', 'Map keys must be unique'],
    ['broken YAML', 'version: [1\n', 'Flow sequence'],
  ])('may not hold %s', (_, text, says) => {
    expect(complaints(text)[0]).toMatch(/^gatehouse\.yml:\d+:\d+ {2}/);
    expect(complaints(text)[0]).toContain(says);
  });

  test('names a variable that a secret refers to and nobody set', () => {
    expect(complaints(good, {})).toEqual([
      'gatehouse.yml:13:25  services.rust-auth.environments.prod.pinger.url: the environment variable PING_URL is not set',
    ]);
  });

  test('says which of the values has to be in quotes', () => {
    expect(complaints(good.replace('"002"', '002'))).toEqual([
      'gatehouse.yml:10:5  services.rust-auth.runbook: expected a text: put it in quotes',
    ]);
  });

  test.each(['banana', 'mysql://x', 'postgres://'])('cannot have %s for a database', (url) => {
    expect(complaints(good, { PING_URL: 'p', DATABASE_URL: url })).toEqual([
      'environment  DATABASE_URL: expected an address such as postgres://user@host:5432/name',
    ]);
  });

  test('says what to do when the file is not there', () => {
    const result = loadConfig({ env: {}, drivers: [], path: join(folder, 'none.yml') });
    expect(result.ok ? '' : problemLine(result.error[0] as never)).toContain(
      'Copy gatehouse.example.yml',
    );
  });

  test('never throws, whatever the file holds', () => {
    const broken = fc
      .tuple(fc.nat(good.length), fc.nat(6), fc.string())
      .map(([at, length, text]) => good.slice(0, at) + text + good.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), broken), (text) => {
        const result = load(text);
        expect(result.ok || result.error.length > 0).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Slack’s tokens', () => {
  const bot = { SLACK_BOT_TOKEN: 'b', PING_URL: 'p' };

  test('are all there for Socket Mode', () => {
    const result = load(good, { ...bot, SLACK_APP_TOKEN: 'a' });
    expect(result.ok && result.value.slack?.mode).toBe('socket');
  });

  test.each([
    ['SLACK_APP_TOKEN', bot],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'a', PING_URL: 'p' }],
    ['SLACK_SIGNING_SECRET', { ...bot, GATEHOUSE_SLACK_MODE: 'http' }],
  ])('name the one that is missing: %s', (name, env) => {
    expect(complaints(good, env)).toEqual([
      expect.stringContaining(`environment  ${name}: not set`),
    ]);
  });
});
