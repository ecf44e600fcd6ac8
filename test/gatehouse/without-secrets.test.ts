import { expect, test } from 'vitest';
import { createRedactor } from '../../src/core/redactor.ts';
import type { RunPatch } from '../../src/core/transition.ts';
import { runsWithoutSecrets } from '../../src/gatehouse/without-secrets.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { virtualTime } from '../runs/virtual-time.ts';

const secret = 'xoxb-canary-of-a-target-0123456789';
const entry = { event: 'run.test', actor: 'gatehouse', facts: { said: `it told ${secret}` } };
const named = { id: 'R-1', target: { service: 'one', env: 'prod' }, action: 'restart', params: {} };
const asked = { ...named, requestedBy: { id: 'U1', team: 'T1' }, askedIn: null };

test('what a target says is written down without secrets, and a step keeps its name', async () => {
  const store = memoryStore(virtualTime());
  const runs = runsWithoutSecrets(store.runs, createRedactor());
  const run = await runs.create({ ...asked, reason: secret }, entry);
  const outcome = { kind: 'failed' as const, why: `refused ${secret}` };
  const patch: RunPatch = {
    why: `broke with ${secret}`,
    steps: [{ id: secret, intentAt: 1, outcome }],
    votes: [{ person: 'U2', kind: 'deny', roles: [], planHash: 'h', note: secret, at: 1 }],
    verdict: { ok: false, checks: [{ name: 'it', ok: false, seen: secret }] },
  };
  const change = { id: run.id, version: run.version, patch, audit: entry, jobs: [], messages: [] };
  expect((await runs.transition(change)).kind).toBe('done');
  const kept = await runs.find('R-1');
  expect(kept?.steps[0]?.id).toBe(secret);
  const rest = { ...kept, steps: kept?.steps.map((step) => step.outcome) };
  const records = await store.audit.find({ subject: 'R-1', limit: 10 });
  expect(JSON.stringify([rest, records])).not.toContain('canary');
  expect(JSON.stringify([rest, records]).match(/\[secret\]/g)).toHaveLength(7);
});
