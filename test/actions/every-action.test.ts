import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { actions, queries } from '../../src/actions/index.ts';
import type { Action, On } from '../../src/core/action.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/plan.ts';
import { accountSubject } from '../../src/core/suspensions.ts';
import { fromSlack } from '../../src/handlers/grammar/from-slack.ts';
import { parse } from '../../src/handlers/grammar/parse.ts';
import { resolve } from '../../src/handlers/grammar/resolve.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { rightsOf } from '../../src/handlers/rights.ts';
import { actionCommand } from '../../src/handlers/runs/action-command.ts';
import { hostileText } from '../properties/hostile-text.ts';
import { aRequest, grounds } from '../runs/grounds.ts';
import { counted, type Effect } from '../support/counted.ts';
import { fakeRuns } from '../support/fake-runner.ts';
import { someRequest } from '../support/some-request.ts';
import { jane, locked, wholeTarget } from '../support/whole-target.ts';
import { someDependency, withDependency } from '../support/with-dependency.ts';

const never = new AbortController().signal;
const target = { service: 'rms-auth', env: 'prod' };

/** One action on a target that can do everything. */
interface Case {
  /** Parameters that make sense there, as they are typed. */
  params: Record<string, unknown>;
  /** The first call that changes something when it is carried out. */
  effect: string;
  /** What has been done to the target before. */
  before?: Parameters<typeof wholeTarget>[0];
  /** Whether the account of `params.user` was taken away before. */
  afterOffboarding?: boolean;
  /** Other parameters that people may come up with. */
  plausible?: Record<string, readonly unknown[]>;
  /** Whether it is done to a dependency of the target, and not to the target itself. */
  isDependency?: true;
  /** Parameters that are sentences: people read them, and no system takes them for anything else. */
  sentences?: readonly string[];
}

const users = [jane, locked, 'admin-1@example.com', 'jnae@example.com', 'JANE@example.com', 'jane'];

/** Every action has its line: one that is missing fails the first test. */
const cases: Record<string, Case> = {
  restart: { params: {}, effect: 'lifecycle.restart', plausible: { instance: ['api', 'apo'] } },
  rollback: { params: {}, effect: 'deployments.use', plausible: { to: ['1', '2', '3', '4'] } },
  deploy: {
    params: { release: '3' },
    effect: 'deployments.use',
    plausible: { release: ['1', '2', '3', '4', 'latest'] },
  },
  scale: {
    params: { copies: 3 },
    effect: 'replicas.scale',
    plausible: { copies: [0, 1, 2, 3, 5, 6, 1_000, -1, 2.5] },
  },
  block: {
    params: { address: '203.0.113.7' },
    effect: 'denyList.deny',
    plausible: {
      address: ['203.0.113.7', '203.0.113.0/28', '10.0.0.1', '0.0.0.0/0', '0x7f.1', '203.0.113.99'],
      for: ['1h', '24h', '30d', undefined],
    },
  },
  unblock: {
    params: { address: '203.0.113.99' },
    effect: 'denyList.allow',
    plausible: { address: ['203.0.113.7', '203.0.113.99', '203.0.113.0/24', 'everybody'] },
  },
  'maintenance on': {
    params: { for: '30m' },
    effect: 'maintenance.turnOn',
    plausible: { for: ['5m', '4h', '5h', 'soon'], message: ['Back soon.', ''] },
    sentences: ['message'],
  },
  'maintenance off': {
    params: {},
    effect: 'maintenance.turnOff',
    before: { maintenance: true },
  },
  'ratelimit set': {
    params: { preset: 'tight', for: '30m' },
    effect: 'rateLimit.use',
    plausible: {
      preset: ['normal', 'tight', 'emergency', 'tihgt', '50'],
      for: ['5m', '2h', '3h', undefined],
    },
  },
  'cache clear': {
    params: { prefix: 'cache:' },
    effect: 'caches.clear',
    plausible: { prefix: ['cache:', 'cahce:', 'session:', '*'] },
  },
  'keys rotate': {
    params: {},
    effect: 'signingKeys.rotate',
    plausible: { mode: ['graceful', 'now', 'later', undefined], overlap: ['1h', '2d', undefined] },
  },
  'lockout clear': {
    params: { user: locked },
    effect: 'accounts.clearLockout',
    plausible: { user: users },
  },
  'user onboard': {
    params: { email: 'new@example.com', role: 'user' },
    effect: 'accounts.create',
    plausible: { email: [...users, 'new@example.com'], role: ['user', 'admin', 'root', undefined] },
  },
  'user offboard': {
    params: { user: jane },
    effect: 'membership.take',
    plausible: { user: users },
  },
  'user restore': {
    params: { user: jane },
    effect: 'accounts.enable',
    plausible: { user: users },
    afterOffboarding: true,
  },
  'password reset': {
    params: { user: jane },
    effect: 'accounts.resetPassword',
    plausible: { user: users },
  },
  'sessions revoke': {
    params: { user: jane },
    effect: 'sessions.revoke',
    plausible: { user: users },
  },
  'sessions revoke-all': { params: {}, effect: 'vault.keep' },
  'evidence snapshot': { params: {}, effect: 'vault.keep' },
};

/** The same actions on what a target depends on. */
const casesOfDependencies: Record<string, Case> = {
  restart: {
    params: { dependency: 'redis' },
    effect: 'lifecycle.restart',
    isDependency: true,
    plausible: { dependency: ['redis'], instance: ['api', 'apo'] },
  },
};

const caseOf = (action: Action): Case => cases[action.name] ?? expect.fail(action.name);

/** What the action works with, what its target offers itself, and what was done to either. */
interface Stage {
  on: On;
  own: On['can'];
  effects: Effect[];
  ownEffects: Effect[];
}

/** The action on a target of its own, on which every call that changes something is counted. */
async function stage({
  before = {},
  afterOffboarding,
  params,
  isDependency,
}: Case): Promise<Stage> {
  const { can: all, clock } = wholeTarget(before);
  if (afterOffboarding) {
    const user = String(params.user);
    await all.accounts.disable(user, never);
    await all.membership.take(accountSubject(target, user), someRequest);
  }
  const { can, effects } = counted(all);
  const stagesBefore = async () => [];
  const on: On = { target, can, maybe: can, request: someRequest, clock, stagesBefore };
  if (!isDependency) return { on, own: can, effects, ownEffects: effects };
  const { can: own, effects: ownEffects } = counted(wholeTarget().can);
  const dependents = async () => [{ target, can: own }];
  const dependency = { name: 'redis', loses: ['sessions'], dependents };
  return { on: { ...on, maybe: {}, dependency }, own, effects, ownEffects };
}

const whole = (
  action: Action,
  draft: Awaited<ReturnType<Action['plan']>>,
  params: object,
): Plan => ({
  ...draft,
  action: action.name,
  version: action.version,
  target,
  params: JSON.parse(JSON.stringify(params)),
  hash: '',
});

/** Does everything that only reads. Answers the plan; null when there was no sense in one. */
async function onlyLook(action: Action, on: On, params: object): Promise<Plan | null> {
  const verdict = await action.precheck(params, on);
  try {
    const plan = whole(action, await action.plan(params, on), params);
    for (const step of plan.steps) await action.probe(step, plan, on);
    await action.verify(plan, on);
    return verdict.ok ? plan : null;
  } catch (error) {
    if (error instanceof TargetError && !verdict.ok) return null; // refused, and so is the plan
    throw error;
  }
}

test('every action is tried here', () => {
  expect(Object.keys(cases).toSorted()).toEqual(actions.map(({ name }) => name).toSorted());
  const onDependencies = actions.filter(({ dependency }) => dependency !== undefined);
  expect(Object.keys(casesOfDependencies)).toEqual(onDependencies.map(({ name }) => name));
});

const all = actions.map((action) => [action.name, action, caseOf(action)] as const);
const ofDependencies = actions.flatMap((action) => {
  const found = casesOfDependencies[action.name];
  return found ? [[`${action.name} of a dependency`, action, found] as const] : [];
});

describe.each([...all, ...ofDependencies])('%s', (_title, action, tried) => {
  const { name } = action;
  const { params, plausible = {}, effect, isDependency } = tried;
  const typed = action.params.parse(params) as object;

  test('says what it is for, where it comes from and how risky it is at least', () => {
    expect(action.summary).toMatch(/^[A-Z][^\n]*\.$/);
    expect(action.runbook).toMatch(/^00[0-4] \S/);
    expect(['low', 'high', 'destructive']).toContain(action.baseRisk);
    expect(action.needs.length).toBeGreaterThan(0);
    expect(Number.isInteger(action.version)).toBe(true);
  });

  test('describes every parameter, refuses unknown ones, and its words are parameters', () => {
    const { properties = {} } = z.toJSONSchema(action.params, { io: 'input' });
    for (const [key, field] of Object.entries(properties))
      expect([key, typeof field === 'object' && field.description]).toEqual([
        key,
        expect.stringMatching(/\.$/),
      ]);
    expect(action.params.safeParse({ ...params, nonsense: '1' }).success).toBe(false);
    expect(Object.keys(properties)).toEqual(expect.arrayContaining([...(action.operands ?? [])]));
  });

  test('looking, planning, looking again and proving change nothing', async () => {
    const { on, effects, ownEffects } = await stage(tried);
    const plan = await onlyLook(action, on, typed);
    expect(plan?.steps.length).toBeGreaterThan(0);
    expect([...effects, ...ownEffects]).toEqual([]);
  });

  test('carrying it out is seen, so that the count would tell', async () => {
    const { on, effects, ownEffects } = await stage(tried);
    const plan = whole(action, await action.plan(typed, on), typed);
    for (const step of plan.steps) await action.execute(step, plan, on, never);
    expect(effects[0]?.method).toBe(effect);
    if (isDependency) expect(ownEffects).toEqual([]);
    expect((await action.verify(plan, on)).ok).toBe(true);
  });

  test('its plan says what, why it is risky, and whether it can be undone, in plain sentences', async () => {
    const { on } = await stage(tried);
    const { summary, steps, riskReasons, undo, facts, revert, risk } = await action.plan(typed, on);
    for (const text of [summary, ...steps.map(({ does }) => does)])
      expect(text).toMatch(/^[A-Z][^\n]*[^.\n]$/);
    expect(riskReasons.length).toBeGreaterThan(0);
    for (const text of [...riskReasons, undo.how]) expect(text).toMatch(/^[^\n]{10,300}$/);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    expect(new Set(facts.map((fact) => fact.name)).size).toBe(facts.length);
    const levels = ['low', 'high', 'destructive'];
    expect(levels.indexOf(risk)).toBeGreaterThanOrEqual(levels.indexOf(action.baseRisk));
    if (!revert) return;
    const other = actions.find((one) => one.name === revert.action) ?? expect.fail(revert.action);
    expect(other.params.safeParse(revert.params).success).toBe(true);
    expect(revert.after).toBeGreaterThan(0);
  });

  test('two plans of the same state are the same', async () => {
    const { on } = await stage(tried);
    expect(await action.plan(typed, on)).toEqual(await action.plan(typed, on));
  });

  const like = fc.record(
    Object.fromEntries(
      Object.entries(plausible).map(([key, values]) => [
        key,
        fc.oneof(fc.constantFrom(...values), hostileText),
      ]),
    ),
    { requiredKeys: [] },
  );

  test('whatever people ask for, only carrying it out changes anything', async () => {
    const property = fc.asyncProperty(like, async (some) => {
      const read = action.params.safeParse({ ...params, ...some });
      if (!read.success) return;
      const { on, effects, ownEffects } = await stage(tried);
      await onlyLook(action, on, read.data as object);
      expect([...effects, ...ownEffects]).toEqual([]);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  test('hostile text in any parameter is refused, or is a sentence that only people read', () => {
    const { sentences = [] } = tried;
    const texts = Object.keys(z.toJSONSchema(action.params, { io: 'input' }).properties ?? {});
    const accepted = (key: string, text: string) =>
      action.params.safeParse({ ...params, [key]: text }).success;
    for (const key of texts) {
      const isSentence = sentences.includes(key);
      const isPlain = isSentence ? plainSentence : plainWord;
      for (const text of hostile) {
        const shown = [key, text.slice(0, 40)];
        expect([...shown, accepted(key, text)]).toEqual([
          ...shown,
          isSentence && isPlain.test(text),
        ]);
      }
      const property = fc.property(
        hostileText,
        (text) => !accepted(key, text) || isPlain.test(text),
      );
      fc.assert(property, { numRuns: 200 });
    }
  });

  test('with --dry-run only its plan is made, through the runner that people use', async () => {
    const { on, own, effects, ownEffects } = await stage(tried);
    const { runner, store } = grounds({
      actions,
      targets: {
        offer: async (_, need) => own[need],
        offerOf: async (_target, _dependency, need) => on.can[need],
      },
      dependedOn: (_, dependency) => ({
        dependency: someDependency(dependency),
        dependents: [{ target, as: someDependency(dependency, { loses: ['sessions'] }) }],
      }),
      stagesBefore: () => [],
      clock: on.clock,
    });
    const params = JSON.parse(JSON.stringify(typed));
    const plan = await runner.preview(aRequest({ action: name, params }));
    expect(plan).toMatchObject({ ok: true, value: { action: name } });
    expect([...effects, ...ownEffects]).toEqual([]);
    expect(await store.runs.inStates(['requested', 'planned', 'waiting', 'approved'])).toEqual([]);
  });
});

/** What a parameter that is no sentence may consist of: nothing that means something to any interpreter. */
const plainWord = /^[\p{L}\p{N}][\p{L}\p{N}._:@+/-]{0,253}$/u;

/** One line without markup and without what cannot be seen. */
const plainSentence = /^[^\p{Cc}\p{Cf}\p{Cs}<>&`\\]{1,200}$/u;

const hostile = [
  '$(reboot)',
  '`reboot`',
  'x; reboot',
  'x | reboot',
  'x && reboot',
  "x' OR '1'='1",
  'x"; DROP TABLE users; --',
  '<!channel>',
  '<@U07ONCALL01>',
  '*bold* _text_',
  'one\ntwo',
  'one\r\nX-More: yes',
  'one\u0000two',
  'gpj.\u202eexe',
  '\u2066isolated\u2069',
  'zero\u200bwidth',
  '\u001b[31mred',
  '../../etc/passwd',
  '-rf',
  '--force',
  '{{7*7}}',
  '%00',
  '\ud800',
  'x'.repeat(100_000),
  'é'.repeat(100_000),
];

describe('what is typed', () => {
  const without: Catalogue = {
    defaultEnv: null,
    services: [
      'rms-auth',
      'enterprise-auth',
      'rust-auth',
      'security-platform',
      'identity-platform',
    ].map((name) => ({
      name,
      title: name,
      runbook: '000',
      owners: [],
      aliases: [],
      environments: ['staging', 'prod'].map((env) => ({
        name: env,
        production: env === 'prod',
        drivers: {},
      })),
    })),
  };
  const catalogue = withDependency(without, 'rms-auth@prod', someDependency('redis'));
  const commands = actions.map((action) => actionCommand(action, fakeRuns().tools));
  const policy = { roles: {}, grants: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }] };
  const setting = {
    registry: createRegistry(commands),
    catalogue,
    rights: rightsOf({ id: 'U1', team: 'T1', roles: [] }, null, policy, catalogue),
  };
  const examples = actions.flatMap(({ name, examples }) =>
    examples.map((example) => [name, example] as const),
  );

  test('every action has an example', () => {
    for (const { examples } of actions) expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples)('%s: %s means what it says', (name, example) => {
    const parsed = parse(fromSlack(example));
    const read = parsed.ok ? resolve(parsed.value, setting) : parsed;
    expect(read).toMatchObject({ ok: true, value: { command: { name } } });
    if (!read.ok) return;
    const { reason } = read.value.params as { reason: string };
    expect(reason.length).toBeGreaterThanOrEqual(5);
  });

  test('no two actions are one slip of the finger apart, nor an action and what only reads', () => {
    const names = actions.flatMap(({ name, aliases }) =>
      [name, ...aliases].map((word) => ({ word, of: name })),
    );
    const near = names.flatMap(({ word, of }) =>
      names
        .filter((other) => other.of !== of && slips(word, other.word) <= 1)
        .map((other) => [word, other.word]),
    );
    expect(near).toEqual([]);
  });

  test('every name and alias stands for one command', () => {
    const all = [...queries, ...actions].flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(all).size).toBe(all.length);
  });
});

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function slips(one: string, other: string): number {
  const known = new Map<string, number>();
  const from = (a: number, b: number): number => {
    if (a === 0 || b === 0) return a + b;
    const key = `${a} ${b}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const same = one[a - 1] === other[b - 1] ? 0 : 1;
    const swapped = one[a - 1] === other[b - 2] && one[a - 2] === other[b - 1];
    const least = Math.min(
      from(a - 1, b) + 1,
      from(a, b - 1) + 1,
      from(a - 1, b - 1) + same,
      swapped && a > 1 && b > 1 ? from(a - 2, b - 2) + 1 : Number.POSITIVE_INFINITY,
    );
    known.set(key, least);
    return least;
  };
  return from(one.length, other.length);
}

test.each([
  ['block', 'blocks', 1],
  ['restart', 'restrat', 1],
  ['maintenance on', 'maintenance off', 2],
  ['deploy', 'deploy', 0],
  ['scale', 'restart', 5],
])('from %s to %s it is %i', (one, other, many) => {
  expect(slips(one, other)).toBe(many);
});
