import { describe, expect, test } from 'vitest';
import { actions } from '../../../src/actions/index.ts';
import type { Catalogue } from '../../../src/core/catalogue.ts';
import type { GrantRule } from '../../../src/core/policy.ts';
import { targetName } from '../../../src/core/target.ts';
import { givenIn } from '../../../src/handlers/given.ts';
import { fromSlack } from '../../../src/handlers/grammar/from-slack.ts';
import { parse } from '../../../src/handlers/grammar/parse.ts';
import { resolve } from '../../../src/handlers/grammar/resolve.ts';
import type { Setting } from '../../../src/handlers/grammar/setting.ts';
import { pageOf, usageOf } from '../../../src/handlers/help/command-page.ts';
import { createRegistry } from '../../../src/handlers/registry.ts';
import { rightsOf } from '../../../src/handlers/rights.ts';
import { actionCommand } from '../../../src/handlers/runs/action-command.ts';
import { typedInFull } from '../../../src/handlers/typed-in-full.ts';
import { fakeRuns } from '../../support/fake-runner.ts';
import { sampleCatalogue } from '../../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../../support/with-dependency.ts';

const services = sampleCatalogue([
  ['rms-auth', ['prod'], ['rms']],
  ['rust-auth', ['staging', 'prod']],
  ['identity', ['prod']],
]);
const redis = someDependency('redis');
const proxy = someDependency('nginx');
const catalogue = [
  ['rms-auth@prod', redis] as const,
  ['rms-auth@prod', proxy] as const,
  ['rust-auth@prod', redis] as const,
].reduce<Catalogue>((all, [target, one]) => withDependency(all, target, one), services);

const commands = actions.map((action) => actionCommand(action, fakeRuns().tools));
const registry = createRegistry(commands);
const restart = commands.find(({ name }) => name === 'restart') ?? expect.fail('there is none');
const everything = { role: '*', allow: ['*'], deny: [], env: ['*'] };

function settingOf(grants: readonly GrantRule[] = [everything], known = catalogue) {
  const policy = { roles: {}, grants };
  const rights = rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, known);
  return { registry, catalogue: known, rights };
}

function read(text: string, setting: Setting = settingOf()) {
  const parsed = parse(fromSlack(text));
  const resolved = parsed.ok ? resolve(parsed.value, setting) : parsed;
  if (!resolved.ok) return resolved.error;
  const { target, params } = resolved.value;
  const { dependency, instance, reason } = params as Record<string, unknown>;
  return { on: target && targetName(target), dependency, instance, reason };
}

describe('a dependency is named', () => {
  test.each([
    ['restart rms-auth@prod redis'],
    ['restart redis rms-auth@prod'],
    ['restart rms@prod Redis'],
    ['restart rms-auth@prod --dependency redis'],
    ['restart rms-auth@prod --dependency=redis'],
    ['restart rms-auth@prod --reason "a b" redis'],
    ['restart --reason "a b" redis rms@prod'],
    ['restart rms redis --env prod'],
    ['bounce rms-auth@prod redis'],
  ])('by %s', (text) => {
    expect(read(text)).toMatchObject({ on: 'rms-auth@prod', dependency: 'redis' });
  });

  test('of what the incident of the channel is about, where no target is named', () => {
    const standing = { service: 'rms-auth', env: 'prod' };
    expect(read('restart redis', { ...settingOf(), standing })).toMatchObject({
      on: 'rms-auth@prod',
      dependency: 'redis',
    });
  });

  test('and without one it is about the service, as ever', () => {
    const about = read('restart rms-auth@prod --instance api');
    expect(about).toMatchObject({ on: 'rms-auth@prod', instance: 'api' });
    expect(about).not.toHaveProperty('dependency', 'redis');
  });

  test('in the help after its target, and typed in full so as well', () => {
    expect(usageOf(restart)).toMatch(
      /^restart SERVICE\[@ENV\] \[DEPENDENCY\] \[--instance VALUE\]/,
    );
    const flags = new Map([['dependency', 'redis']]);
    expect(typedInFull(restart, { target: 'rms-auth@prod', flags, words: [] })).toBe(
      'restart rms-auth@prod redis',
    );
  });
});

test('the help names those that can be restarted where the person may, with a button for the plan', () => {
  const some = [{ ...everything, service: ['rms-auth', 'identity'] }];
  const closed = withDependency(
    catalogue,
    'identity@prod',
    someDependency('postgres', { whyNot: 'somebody else does it' }),
  );
  const { facts, next } = pageOf(restart, settingOf(some, closed));
  expect(facts).toContainEqual({
    name: 'dependencies',
    value: 'nginx of rms-auth@prod', // rust-auth has the same redis
  });
  const buttons = next.map(({ command }) => command);
  expect(buttons).toContain('plan restart rms-auth@prod nginx');
  expect(buttons).not.toContain('plan restart rms-auth@prod redis');
});

describe('a dependency that is none', () => {
  test.each([
    ['restart rms-auth@prod rediss', ['redis'], 'restart rms-auth@prod redis'],
    [
      'restart rms-auth@prod --dependency rediss',
      ['redis'],
      'restart rms-auth@prod --dependency redis',
    ],
    [
      'restart rms-auth@prod --dependency=ngnix',
      ['nginx'],
      'restart rms-auth@prod --dependency=nginx',
    ],
    ['restart rms-auth@prod postgres', [], null],
  ])('is refused with the nearest real ones: %s', (text, words, button) => {
    const refused = read(text);
    expect(refused).toMatchObject({
      kind: 'unknown-dependency',
      target: 'rms-auth@prod',
      known: ['redis', 'nginx'],
      near: { words },
    });
    const [next] = 'near' in refused ? refused.near.next : [];
    expect(next?.command.replaceAll("'", '') ?? null).toBe(button);
  });

  test.each([
    ['restart rust-auth@prod nginx', 'rust-auth@prod', ['redis']],
    ['restart identity@prod redis', 'identity@prod', []],
  ])('of this target, though one of another, is refused: %s', (text, target, known) => {
    expect(read(text)).toMatchObject({ kind: 'unknown-dependency', target, known });
  });

  test('is refused also where the catalogue knows none at all', () => {
    expect(read('restart rms-auth@prod redis', settingOf(undefined, services))).toMatchObject({
      kind: 'unknown-dependency',
      word: 'redis',
      known: [],
    });
  });

  test('is a word too many where a reason has no quotes', () => {
    expect(read('restart rms-auth@prod --reason memory leak')).toMatchObject({
      kind: 'too-many-words',
      word: 'leak',
    });
    expect(read('restart rms-auth@prod redis rust-auth@prod')).toMatchObject({
      kind: 'too-many-words',
      word: 'rust-auth@prod',
    });
  });

  test('hides no misspelt service, and is never taken for one', () => {
    expect(read('restart rms-auht')).toMatchObject({
      kind: 'unknown-service',
      near: { words: ['rms-auth'] },
    });
    expect(read('restart redis')).toMatchObject({ kind: 'missing-target' });
    const parsed = parse('restart redis');
    if (!parsed.ok) return expect.fail('it cannot be read');
    const given = givenIn(restart, parsed.value.items, 1, catalogue);
    expect([given.target, given.flags.get('dependency')]).toEqual([null, 'redis']);
  });
});

test('whoever may not restart everything that depends on it may not restart it', () => {
  const some = [{ ...everything, service: ['rms-auth'] }];
  expect(read('restart rms-auth@prod', settingOf(some))).toMatchObject({ on: 'rms-auth@prod' });
  expect(read('restart rms-auth@prod nginx', settingOf(some))).toMatchObject({
    dependency: 'nginx',
  });
  for (const text of ['restart rms-auth@prod redis', 'restart rms-auth@prod redis --dry-run']) {
    expect(read(text, settingOf(some))).toMatchObject({
      kind: 'not-allowed',
      service: 'rust-auth',
    });
  }
});
