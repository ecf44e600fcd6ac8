import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls } from '../../workspace/control/calls.ts';
import { methods } from '../../workspace/methods/index.ts';
import { app, channels, directMessage, groups, people } from '../../workspace/people.ts';
import { type RunningWorkspace, startWorkspace } from '../../workspace/server.ts';
import { tokens, wideManifest } from './run-workspace.ts';

let workspace: RunningWorkspace;

beforeAll(async () => {
  const rateScale = Number.POSITIVE_INFINITY;
  const manifest = wideManifest();
  workspace = await startWorkspace({ data: null, tokens, manifest, rateScale, ackMs: 5 });
});

afterAll(() => workspace.close());

const names = [
  'channel',
  'user',
  'users',
  'text',
  'blocks',
  'view',
  'ts',
  'name',
  'files',
  'limit',
];
const more = ['cursor', 'types', 'trigger_id', 'timestamp', 'view_id', 'user_id', 'channel_id'];
const rest = ['metadata', 'thread_ts', 'filename', 'length', 'title', 'type', 'link', 'message_ts'];
const control = ['as', 'message', 'state', 'values', 'value', 'actionId', 'blockId', 'group', 'do'];

/** Things that exist, and things that do not. */
const known = fc.constantFrom<unknown>(
  ...Object.values(channels),
  ...Object.values(people),
  ...Object.values(groups),
  directMessage(people.viewer),
  app.botUser,
  '__proto__',
  'constructor',
  '-1',
  '0',
  '1.1',
  '[]',
  '{}',
  '[null]',
  '{"type":"modal"}',
  '{"type":"home","blocks":[]}',
);

const body = fc.dictionary(
  fc.constantFrom(...names, ...more, ...rest, ...control),
  fc.oneof(known, fc.jsonValue({ maxDepth: 3 })),
  { maxKeys: 6 },
);

async function send(path: string, sent: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${tokens.bot}` };
  const request = { method: 'POST', headers, body: JSON.stringify(sent) };
  const response = await fetch(`${workspace.url}${path}`, request);
  return { status: response.status, answer: (await response.json()) as { ok: unknown } };
}

test('every method answers with Slack’s kind of answer, whatever it is given', async () => {
  const method = fc.constantFrom(...Object.keys(methods));
  await fc.assert(
    fc.asyncProperty(method, body, async (name, args) => {
      const { status, answer } = await send(`/api/${name}`, args);
      expect([name, status]).toEqual([name, 200]);
      expect(typeof answer.ok).toBe('boolean');
    }),
    { numRuns: 1500 },
  );
});

test('every control call answers, whatever it is given', async () => {
  const names = Object.keys(calls).filter((name) => name !== 'faults');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), body, async (name, args) => {
      const { status } = await send(`/control/${name}`, args);
      expect([200, 400]).toContain(status);
    }),
    { numRuns: 1000 },
  );
});
