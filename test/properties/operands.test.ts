import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actions, queries } from '../../src/actions/index.ts';
import { targetName } from '../../src/core/target.ts';
import type { Command, Invocation } from '../../src/handlers/command.ts';
import { givenIn } from '../../src/handlers/given.ts';
import { clean } from '../../src/handlers/grammar/clean.ts';
import { type Parsed, parse } from '../../src/handlers/grammar/parse.ts';
import { resolve } from '../../src/handlers/grammar/resolve.ts';
import { operandsOf, shapeOf } from '../../src/handlers/grammar/shape.ts';
import { word } from '../../src/handlers/grammar/suggest.ts';
import { leading } from '../../src/handlers/grammar/verb.ts';
import { write } from '../../src/handlers/grammar/write.ts';
import { queryCommand } from '../../src/handlers/query-command.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { rightsOf } from '../../src/handlers/rights.ts';
import { actionCommand } from '../../src/handlers/runs/action-command.ts';
import { fromForm } from '../../src/handlers/runs/from-form.ts';
import { runCommands } from '../../src/handlers/runs/run-commands.ts';
import { stopCommands } from '../../src/handlers/runs/stop-commands.ts';
import { typedInFull } from '../../src/handlers/typed-in-full.ts';
import { stillClock } from '../support/clock.ts';
import { fakeRuns } from '../support/fake-runner.ts';
import { inputs } from '../support/inputs.ts';
import { sampleCatalogue } from '../support/sample-catalogue.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';
import { bentCommand, hostileText } from './hostile-text.ts';

const runs = 5_000;

const catalogue = withDependency(
  sampleCatalogue([
    ['rms-auth', ['prod'], ['rms']],
    ['rust-auth', ['staging', 'prod'], []],
  ]),
  'rms-auth@prod',
  someDependency('redis'),
);

const clock = stillClock();
const policy = { roles: {}, grants: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }] };
const targets = { probes: async () => [], offer: async () => null, close: async () => {} };
const { tools } = fakeRuns();
const directory = { standing: () => Promise.reject(new Error('nobody is asked')) };
const changing = actions.map((action) => actionCommand(action, tools));
const registry = createRegistry([
  ...queries.map((query) => queryCommand(query, { clock, targets })),
  ...changing,
  ...runCommands({ ...tools, clock }),
  ...stopCommands({ ...tools, directory, policy }),
]);
const rights = rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, catalogue);
const setting = { registry, catalogue, rights };
const withOperands = registry.all.filter(
  ({ operands = [], aim }) => operands.length > 0 && aim !== 'none',
);

/** Where things can be done, and words that look like it or like nothing. */
const places = ['rms-auth@prod', 'rust-auth@prod', 'rust-auth@staging', 'rms@prod', 'all@prod'];
const looksLike = [
  ...places,
  'rms',
  'rust-auth',
  'all',
  'rust-atuh@prod',
  'rms-auth@prdo',
  'x@prod',
];

/** What people type as an operand: real values, names of services and hostile texts. */
const operand = fc.oneof(
  fc.constantFrom('203.0.113.7', 'jane@corp.example', 'rms-auth@corp.example', 'r42', '3', 'now'),
  fc.constantFrom('session:', 'tight', 'admin', 'graceful', '2001:db8::/64', '-1', 'on', 'yes'),
  fc.constantFrom(...looksLike, 'redis', 'Redis', 'rediss'),
  fc.constantFrom('--dry-run', '--reason', '| count', '--env prod', '"', "'; rm -rf /", '$(id)'),
  hostileText,
);

const meaning = (resolved: ReturnType<typeof resolve>) =>
  resolved.ok ? { ...told(resolved.value), ok: true } : { ok: false, refusal: resolved.error.kind };

const told = ({ command, target, env, params, filters }: Invocation) => ({
  command: command.name,
  target: target && targetName(target),
  env,
  params,
  filters,
});

const piecesFor = (command: Command, words: readonly string[]): Parsed => ({
  items: [...command.name.split(' '), ...words].map(word),
  filters: [],
});

describe('words of a command', () => {
  const some = fc.constantFrom(...withOperands);

  test('mean the same before and after the target, or nothing', () => {
    fc.assert(
      fc.property(
        some,
        fc.array(operand, { minLength: 1, maxLength: 2 }),
        fc.constantFrom(...places),
        (command, words, place) => {
          const after = resolve(piecesFor(command, [...words, place]), setting);
          const before = resolve(piecesFor(command, [place, ...words]), setting);
          if (!after.ok || !before.ok) {
            expect([after.ok, before.ok]).toEqual([false, false]);
            return;
          }
          expect(told(after.value)).toEqual(told(before.value));
          const { target, env } = after.value;
          // Whatever only looks, looks at all there is in an environment without one target.
          const where = target ? targetName(target) : `all@${env}`;
          expect(where).toBe(place.replace('rms@', 'rms-auth@'));
        },
      ),
      { numRuns: inputs(runs) },
    );
  });

  test('never make a target of one that is not named, nor production of what was not said', () => {
    fc.assert(
      fc.property(some, fc.array(operand, { maxLength: 4 }), (command, words) => {
        const resolved = resolve(piecesFor(command, words), setting);
        if (!resolved.ok || resolved.value.target === null) return;
        mustBeNamed(resolved.value, words);
      }),
      { numRuns: inputs(2 * runs) },
    );
  });

  test('are refused or done, never thrown over, and can be written and read again', () => {
    const examples = registry.all.flatMap(({ examples: texts }) => [...texts]);
    fc.assert(
      fc.property(fc.oneof(bentCommand(examples), hostileText), (text) => {
        const parsed = parse(text);
        if (!parsed.ok) return;
        const again = parse(write(parsed.value));
        if (!again.ok) return expect(again.error.kind).toBe('too-long');
        expect(meaning(resolve(again.value, setting))).toEqual(
          meaning(resolve(parsed.value, setting)),
        );
        const found = registry.find(leading(parsed.value.items));
        if (found) givenIn(found.command, parsed.value.items, found.used, catalogue);
      }),
      { numRuns: inputs(runs) },
    );
  });

  test('that all examples of all commands are made of mean something', () => {
    for (const command of changing) {
      for (const example of command.examples) {
        const parsed = parse(
          example.replaceAll(
            /(?:enterprise-auth|identity-platform|security-platform)@/g,
            'rms-auth@',
          ),
        );
        const resolved = parsed.ok ? resolve(parsed.value, setting) : parsed;
        expect(resolved.ok ? resolved.value.command.name : [example, resolved.error]).toBe(
          command.name,
        );
      }
    }
  });
});

describe('what is filled into a form', () => {
  const value = fc.oneof(operand, fc.constant(null));
  const filled = fc.constantFrom(...changing).chain((command) =>
    fc.record({
      command: fc.constant(command),
      values: fc.record({
        target: fc.oneof(fc.constantFrom(...looksLike), operand),
        reason: value,
        ...Object.fromEntries(
          shapeOf(command.params)
            .flags.filter(({ name }) => name !== 'reason')
            .map(({ name }): [string, fc.Arbitrary<string | null>] => [`param:${name}`, value]),
        ),
      }) as fc.Arbitrary<Record<string, string | null>>,
    }),
  );

  test('stays in its field, and goes to the target that was chosen', () => {
    let done = 0;
    fc.assert(
      fc.property(filled, ({ command, values }) => {
        const parsed = fromForm(command.name, values);
        if (!parsed.ok) return;
        const resolved = resolve(parsed.value, setting);
        if (!resolved.ok) return;
        done += 1;
        expect(resolved.value.command).toBe(command);
        mustHoldWhatWasFilledIn(resolved.value, values);
      }),
      { numRuns: inputs(2 * runs) },
    );
    expect(done).toBeGreaterThan(inputs(20));
  });

  test('is typed in full so that it means the same', () => {
    fc.assert(
      fc.property(filled, ({ command, values }) => {
        const parsed = fromForm(command.name, values);
        const resolved = parsed.ok ? resolve(parsed.value, setting) : parsed;
        if (!parsed.ok || !resolved.ok || (values['param:dry-run'] ?? '') !== '') return;
        const given = givenIn(
          command,
          parsed.value.items,
          command.name.split(' ').length,
          catalogue,
        );
        if (!given.target?.includes('@')) return;
        const again = parse(typedInFull(command, given));
        if (!again.ok) return;
        expect(meaning(resolve(again.value, setting))).toEqual(meaning(resolved));
      }),
      { numRuns: inputs(runs) },
    );
  });
});

test('no two commands that change something are one slip of the finger apart', () => {
  const names = registry.all
    .filter(({ changes }) => changes)
    .flatMap(({ name, aliases }) => [name, ...aliases].map((text) => ({ name, text })));
  const close = names.flatMap((one, index) =>
    names
      .slice(index + 1)
      .filter((other) => other.name !== one.name && isOneSlip(one.text, other.text))
      .map((other) => [one.text, other.text]),
  );
  expect(close).toEqual([]);
});

/** The target is one of the words; without its environment only where that is not of production. */
function mustBeNamed({ command, target }: Invocation, words: readonly string[]): void {
  const { service = '', env = '' } = target ?? {};
  const names = service === 'rms-auth' ? [service, 'rms'] : [service];
  const said = words.map((text) => text.toLowerCase());
  const isNamed = names.some((name) => said.includes(`${name}@${env}`));
  const mayBeImplied = !command.changes || (env === 'staging' && service !== 'all');
  if (!isNamed && !(mayBeImplied && names.some((name) => said.includes(name))))
    throw new Error(`${command.name} ${JSON.stringify(words)} means ${service}@${env}`);
  if (service === 'all') expect(command.everywhere).toBe(true);
  if (said.filter((text) => places.includes(text)).length > 1)
    throw new Error(`${JSON.stringify(words)} names two targets`);
}

/** Nothing that was filled in has become anything else than what its field is for. */
function mustHoldWhatWasFilledIn(
  { command, target, params }: Invocation,
  values: Record<string, string | null>,
): void {
  const chosen = String(values.target)
    .trim()
    .toLowerCase()
    .replace(/^rms(?=@|$)/, 'rms-auth');
  expect([chosen, `${chosen}@staging`]).toContain(target && targetName(target));
  const given = params as Record<string, unknown>;
  expect(given.reason ?? '').toBe(filledIn(values.reason));
  for (const { key, name } of operandsOf(command, shapeOf(command.params))) {
    const text = filledIn(values[`param:${name}`]);
    const got = given[key];
    if (text && typeof got === 'string') expect(got.toLowerCase()).toBe(text.toLowerCase());
  }
}

/** What a field says: one with nothing but characters of no width says nothing. */
function filledIn(value: string | null | undefined): string {
  const text = clean(value ?? '');
  return text.ok ? text.value.trim() : 'refused';
}

/** Whether one letter too many, too few, another one or two swapped make one of the other. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  const restA = a.slice(from);
  const restB = b.slice(from);
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
}
