import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Policy } from '../../src/core/policy.ts';
import { createRedactor } from '../../src/core/redactor.ts';
import type { Command } from '../../src/handlers/command.ts';
import { deskOf } from '../../src/handlers/create-desk.ts';
import type { Answer } from '../../src/handlers/desk.ts';
import { createRegistry } from '../../src/handlers/registry.ts';
import { runDeclared } from '../../src/handlers/runs/run-declared.ts';
import type { RunTools } from '../../src/handlers/runs/run-tools.ts';
import { stillClock } from '../support/clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const secret = 'hunter2-hunter2';
const policy: Policy = {
  roles: {},
  grants: [{ role: '*', allow: ['risk:read'], deny: [], env: ['*'] }],
};

const status: Command = {
  name: 'status',
  summary: 'Shows how it is.',
  examples: ['status'],
  aliases: [],
  risk: 'read',
  aim: 'none',
  runbook: '000',
  group: 'Look',
  changes: false,
  params: z.object({}),
  perform: async (_invocation, { report }) => {
    const detail = `refused password=${secret}`;
    const row = { health: 'down', name: 'rust-auth@prod', detail, at: 0 } as const;
    await report({ title: 'Status', parts: [{ kind: 'states', rows: [row] }], next: [] }, []);
  },
};

/** The Home tab as somebody gets it, where runs are kept like this. */
async function homeOver(inStates: RunTools['runs']['inStates']): Promise<string> {
  const desk = deskOf(createRegistry([status, { ...status, ...runDeclared }]), {
    catalogue: { defaultEnv: null, services: [] },
    policy,
    directory: {
      standing: async (id, team) => ({ kind: 'member', person: { id, team, roles: [] } }),
    },
    clock: stillClock(),
    log: quietLog,
    redact: createRedactor().redact,
    running: { runs: { inStates } } as unknown as RunTools,
  });
  const homes: unknown[] = [];
  const answer = { home: async (view: unknown) => void homes.push(view) };
  const asked = { kind: 'home', asker: { id: 'U1', team: 'T1' } } as const;
  await desk.handle(asked, answer as unknown as Answer);
  return JSON.stringify(homes);
}

test('what a target says is shown in the Home tab without the secrets in it', async () => {
  const home = await homeOver(async () => []);
  expect(home).toContain('password=[secret]');
  expect(home).not.toContain(secret);
});

test('the Home tab does not wait for a database that hangs, and says what is missing', async () => {
  const home = await homeOver(() => new Promise(() => {}));
  expect(home).toContain('The runs cannot be read now');
  expect(home).toContain('rust-auth@prod');
});
