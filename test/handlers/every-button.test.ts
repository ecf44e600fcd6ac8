import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actions, queries } from '../../src/actions/index.ts';
import type { Capabilities } from '../../src/core/capabilities.ts';
import type { Catalogue } from '../../src/core/catalogue.ts';
import type { Policy } from '../../src/core/policy.ts';
import { createDesk } from '../../src/handlers/create-desk.ts';
import type { Answer } from '../../src/handlers/desk.ts';
import type { Message, View } from '../../src/views/blocks/message.ts';
import { checkMessage, checkView } from '../../workspace/blocks/check.ts';
import { stillClock } from '../support/clock.ts';
import { fakeRuns } from '../support/fake-runner.ts';
import { quietLog } from '../support/quiet-log.ts';

const catalogue: Catalogue = {
  defaultEnv: 'staging',
  services: ['rms-auth', 'rust-auth'].map((name) => ({
    name,
    title: name,
    runbook: '000',
    owners: ['user:UOWNER'],
    aliases: [],
    environments: ['staging', 'prod'].map((env) => ({
      name: env,
      production: env === 'prod',
      drivers: {},
    })),
  })),
};

const clock = stillClock();
const offers: Partial<Capabilities> = {
  probes: { list: () => [] },
  instances: {
    instances: async () => [{ id: 'pid 1', health: 'up', startedAt: 0, release: 'r1' }],
  },
  logs: {
    read: async ({ grep }) => ({ lines: [`error "quoted" ${grep}`], total: 1, complete: true }),
  },
  releases: { history: async () => [{ id: 'r1', at: 0, current: true, verified: true }] },
  lifecycle: { restart: () => Promise.reject(new Error('only reading here')) },
  deployments: {
    use: () => Promise.reject(new Error('only reading here')),
    markVerified: () => Promise.reject(new Error('only reading here')),
  },
};

const deskFor = (policy: Policy, roles: readonly string[]) =>
  createDesk({
    queries,
    actions,
    running: fakeRuns().tools,
    catalogue,
    policy,
    directory: { standing: async (id, team) => ({ kind: 'member', person: { id, team, roles } }) },
    targets: {
      probes: async () => [
        { name: 'health', run: async () => ({ health: 'degraded', detail: '500' }) },
      ],
      offer: async (_target, capability) => offers[capability] ?? null,
      close: async () => {},
    },
    clock,
    log: quietLog,
    redact: (text) => text,
    botName: 'Gatehouse',
  });

type Shown = Message | View;

/** Presses every button that can be reached, each once, and gives what came of each. */
async function pressAll(policy: Policy, roles: readonly string[]): Promise<Map<string, Shown>> {
  const desk = deskFor(policy, roles);
  const shown = new Map<string, Shown>();
  const show = (command: string) => async (what: Shown) => void shown.set(command, what);
  const by = { asker: { id: 'U1', team: 'T1' }, place: { channel: 'C1', thread: null } };
  const answer = (command: string): Answer => ({
    say: show(command),
    home: show(command),
    attach: async () => {},
    replace: async () => {},
    open: show(command),
  });
  await desk.handle({ kind: 'home', ...by }, answer('the Home tab'));
  const waiting = ['', 'logs rust-auth@prod --grep "a \\"b\\" | c"', 'statsu', 'logs'];
  for (let command = waiting.shift(); command !== undefined; command = waiting.shift()) {
    await desk.handle({ kind: 'click', action: 'ask:1', value: command, ...by }, answer(command));
    const known = [...shown.keys(), ...waiting];
    waiting.push(
      ...[...shown.values()]
        .flatMap(buttonsIn)
        .filter((next) => !known.includes(next))
        .slice(0, 1),
    );
    if (waiting.length === 0)
      waiting.push(
        ...new Set([...shown.values()].flatMap(buttonsIn).filter((next) => !shown.has(next))),
      );
  }
  return shown;
}

/** What every button types, and every choice of a menu. */
const buttonsIn = (shown: unknown): string[] => {
  if (Array.isArray(shown)) return shown.flatMap(buttonsIn);
  if (typeof shown !== 'object' || shown === null) return [];
  const { action_id: action, value, options = [] } = shown as Pressable;
  const typed = action?.startsWith('ask') ? [value, ...options.map((one) => one.value)] : [];
  return [...typed.filter((one) => one !== undefined), ...Object.values(shown).flatMap(buttonsIn)];
};

interface Pressable {
  action_id?: string;
  value?: string;
  options?: { value: string }[];
}

const everybody: Policy = {
  roles: {},
  grants: [{ role: '*', allow: ['*'], deny: [], env: ['*'] }],
};
const typedWrong = ['statsu', 'logs'];

test('every button that anything shows leads to an answer, and Slack takes each', async () => {
  const shown = await pressAll(everybody, []);
  expect(shown.size).toBeGreaterThan(30);
  for (const [command, what] of shown) {
    const refusal =
      'text' in what ? checkMessage({ ...what, method: 'chat.update' }) : checkView(what as never);
    expect(refusal, command).toBeNull();
    // A form says what is still missing in it.
    if (typedWrong.includes(command) || ('type' in what && what.type === 'modal')) continue;
    expect(JSON.stringify(what), command).not.toMatch(
      /There is no (?:command|service)|needs a target|cannot be used|has no (?:flag|environment)|did not work|broke/,
    );
  }
});

test('nobody is shown a button that they may not press', async () => {
  const pattern = fc.constantFrom(
    '*',
    'status',
    'logs',
    'help',
    'whoami',
    'explain',
    'runs',
    'run',
    'audit',
    'risk:read',
    'risk:read-sensitive',
  );
  const rule = fc.record({
    role: fc.constantFrom('*', 'oncall'),
    allow: fc.array(pattern, { maxLength: 3 }),
    deny: fc.array(pattern, { maxLength: 1 }),
    env: fc.subarray(['staging', 'prod'], { minLength: 1 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 3 }),
      fc.subarray(['oncall']),
      async (grants, roles) => {
        const shown = await pressAll({ roles: {}, grants }, roles);
        const typed = new Set(['', 'statsu', 'logs', 'logs rust-auth@prod --grep "a \\"b\\" | c"']);
        for (const [command, what] of shown) {
          if (!typed.has(command))
            expect(JSON.stringify(what), command).not.toContain('may not use');
        }
      },
    ),
    { numRuns: 40 },
  );
});
