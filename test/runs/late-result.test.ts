import { describe, expect, test } from 'vitest';
import type { StepOutcome } from '../../src/core/action.ts';
import { TargetError } from '../../src/core/errors.ts';
import { approvalsAnywhere } from '../support/approvals-anywhere.ts';
import { aRequest, granted, grounds, storyOf } from './grounds.ts';

const nothing = { ...approvalsAnywhere.production.high, name: 'none', slots: [] };
const approvals = () => ({
  ...approvalsAnywhere,
  production: { low: nothing, high: nothing, destructive: nothing },
});

/** A run whose step, or whose way back, was given up: what comes of it then is said afterwards. */
async function givenUp(what: 'execute' | 'compensate') {
  const late = Promise.withResolvers<StepOutcome>();
  const slow = { [what]: () => late.promise };
  const failing = { verify: async () => ({ ok: false, checks: [] }) };
  const ground = grounds({ approvals, action: { ...(what === 'compensate' && failing), ...slow } });
  const { runner, time, find, store } = ground;
  const { id } = granted(await runner.request(aRequest()));
  await time.pass(300_000);
  const before = await find(id);
  expect(before.state).toBe('interrupted');
  const told = async () => {
    await time.pass(60_000);
    return { run: await find(id), story: await storyOf(store, id) };
  };
  return { ...ground, ...late, before, told };
}

const last = async ({ store, before }: Awaited<ReturnType<typeof givenUp>>) =>
  (await store.audit.find({ subject: before.id, limit: 1 }))[0];

describe('what comes of a step after it was given up', () => {
  test('is written down, and nothing follows from it', async () => {
    const ground = await givenUp('execute');
    ground.resolve({ kind: 'done', seen: 'it runs after all' });
    const { run, story } = await ground.told();
    const { version: _now, changedAt: _at, ...rest } = run;
    expect(ground.before).toMatchObject(rest);
    expect(story.at(-1)).toBe('run.late-result gatehouse');
    expect(await last(ground)).toMatchObject({
      actor: 'gatehouse',
      facts: { step: 'one', outcome: { kind: 'done', seen: 'it runs after all' } },
    });
    expect(await ground.store.audit.verify()).toMatchObject({ ok: true });
  });

  test('is nothing when it was broken off: that tells nobody anything', async () => {
    const ground = await givenUp('execute');
    ground.reject(new TargetError('aborted', { retryable: false, happened: true }));
    expect((await ground.told()).run).toEqual(ground.before);
  });

  test('is written down of what was to be taken back as well', async () => {
    const ground = await givenUp('compensate');
    ground.resolve({ kind: 'failed', why: 'it stays' });
    expect((await ground.told()).run.state).toBe('interrupted');
    expect(await last(ground)).toMatchObject({
      event: 'run.late-result',
      facts: { step: 'compensation', outcome: { kind: 'failed', why: 'it stays' } },
    });
  });

  test('is lost, and said so in the log, where it cannot be written down', async () => {
    const ground = await givenUp('execute');
    ground.store.runs.transition = () => Promise.reject(new Error('no line'));
    ground.resolve({ kind: 'done', seen: 'it runs' });
    expect((await ground.told()).run).toEqual(ground.before);
    expect(JSON.stringify(ground.log)).toContain('came too late');
  });
});
