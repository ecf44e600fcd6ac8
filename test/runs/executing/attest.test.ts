import { expect, test } from 'vitest';
import type { Action } from '../../../src/core/action.ts';
import { aRequest, ballot, granted, grounds } from '../grounds.ts';

/** An action that writes down what was proved, and everything that happened, in order. */
function proving(change: Partial<Action> = {}, attest?: Action['attest']) {
  const happened: string[] = [];
  let stop: string | null = null;
  const ground = grounds({
    stopped: async () => stop,
    action: {
      verify: async () => {
        happened.push('looked');
        return { ok: true, checks: [{ name: 'health', ok: true, seen: 'up' }] };
      },
      attest: async (...about) => {
        happened.push('wrote');
        return (await attest?.(...about)) ?? 'it is marked';
      },
      compensate: async () => ({ kind: 'done', seen: 'back' }),
      ...change,
    },
  });
  const finish = async () => {
    const { runner, time, find } = ground;
    const run = granted(await runner.request(aRequest()));
    granted(await runner.vote(ballot(run, 'm1')));
    await time.pass(60_000);
    return find(run.id);
  };
  const halt = () => {
    stop = 'All changes are stopped: drill.';
  };
  return { ...ground, happened, finish, halt };
}

const written = (ok: boolean, seen: string) => ({ name: 'written down', ok, seen });

test('what was proved is written down in the target after it was proved, and said', async () => {
  const { happened, finish, store } = proving();
  const run = await finish();
  expect([run.state, happened]).toEqual(['succeeded', ['looked', 'wrote']]);
  expect(run.verdict?.checks.at(-1)).toEqual(written(true, 'it is marked'));
  const [last] = await store.audit.find({ subject: run.id, limit: 1 });
  expect(JSON.stringify(last?.facts)).toContain('it is marked');
});

test('what was not proved is not', async () => {
  const looks = async () => ({ ok: false, checks: [{ name: 'health', ok: false, seen: 'down' }] });
  const { happened, finish } = proving({ verify: looks });
  expect([(await finish()).state, happened]).toEqual(['compensated', []]);
});

test('what had nothing to do is not either', async () => {
  const draft = { summary: '', facts: [], steps: [], risk: 'high', riskReasons: [] } as const;
  const plan = async () => ({ ...draft, undo: { possible: false, how: '' } });
  const { happened, finish } = proving({ plan });
  expect([(await finish()).state, happened]).toEqual(['succeeded', []]);
});

test('where it cannot be written down the run has succeeded all the same, and says so', async () => {
  const refuse = () => Promise.reject(new Error('read-only file system'));
  const run = await proving({}, refuse).finish();
  expect(run).toMatchObject({ state: 'succeeded', verdict: { ok: true } });
  expect(run.verdict?.checks.at(-1)).toEqual(written(false, 'it was not: read-only file system'));
});

test('while all changes are stopped nothing is written down', async () => {
  const world = proving({
    verify: async () => {
      world.halt();
      return { ok: true, checks: [] };
    },
  });
  const run = await world.finish();
  expect([run.state, world.happened]).toEqual(['succeeded', []]);
  expect(run.verdict?.checks).toEqual([
    written(false, 'it was not: All changes are stopped: drill.'),
  ]);
});

test('one that hangs holds nothing up for ever', async () => {
  const run = await proving({}, () => new Promise(() => {})).finish();
  expect(run.state).toBe('succeeded');
  expect(run.verdict?.checks.at(-1)?.seen).toContain('no answer within');
});
