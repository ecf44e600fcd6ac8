import { expect, test } from 'vitest';
import { cacheClear } from '../../src/actions/cache-clear.ts';
import { TargetError } from '../../src/core/errors.ts';
import type { Health } from '../../src/core/health.ts';
import { doIt, lookAgain, onGround, planOf, probesThat } from '../support/on-ground.ts';

/** A service with so many entries; `refills` come back at once. */
function service(how: { has?: number; refills?: number; removes?: number; health?: Health } = {}) {
  const { has = 400, refills = 0, removes = has, health = 'up' } = how;
  const done: string[] = [];
  let size = has;
  const on = onGround<'caches' | 'probes'>({
    probes: probesThat(() => health),
    caches: {
      prefixes: () => ['cache:', 'page:'],
      size: async () => size,
      clear: async (prefix) => {
        done.push(prefix);
        size = has - removes + refills;
        return removes;
      },
    },
  });
  return { on, done };
}

test.each(['*', '', 'cache:*', 'a b', '-n', 'x'.repeat(101), "cache:'; FLUSHALL"])(
  'the prefix %j is none',
  (prefix) => {
    expect(cacheClear.params.safeParse({ prefix }).success).toBe(false);
  },
);

test.each([
  ['cahce:', /cahce: is no cache that can be cleared; what comes nearest is cache:/],
  ['session:', /session: is no cache that can be cleared; it has cache:, page:/],
])('what the file does not list is refused: %s', async (prefix, why) => {
  const { on } = service();
  const verdict = await cacheClear.precheck({ prefix }, on);
  expect(verdict).toMatchObject({ ok: false, checks: [{ seen: expect.stringMatching(why) }] });
  await expect(planOf(cacheClear, { prefix }, on)).rejects.toMatchObject({ happened: false });
});

test('the plan says how many entries there are, which makes no other plan', async () => {
  const { on, done } = service();
  expect((await cacheClear.precheck({ prefix: 'cache:' }, on)).ok).toBe(true);
  const plan = await planOf(cacheClear, { prefix: 'cache:' }, on);
  expect(plan).toMatchObject({
    summary: 'Clear the cache cache: of api@prod',
    risk: 'high',
    undo: { possible: false },
  });
  expect(plan.facts[0]).toEqual({ name: 'entries under cache:', value: '400', material: false });
  expect(done).toEqual([]);
});

test.each([
  ['all of it is gone', {}, 'done'],
  ['it fills again', { refills: 30 }, 'done'],
  ['a small one is full again', { has: 3, refills: 3 }, 'done'],
  ['as much is there as was', { refills: 400 }, 'unknown'],
  ['nothing was removed', { removes: 0 }, 'unknown'],
])('when %s it is %s', async (_, how, kind) => {
  const { on, done } = service(how);
  const plan = await planOf(cacheClear, { prefix: 'cache:' }, on);
  const outcome = await doIt(cacheClear, plan, on);
  expect(outcome.kind).toBe(kind);
  expect(JSON.stringify(outcome)).toMatch(/\d+ entries were removed, \d+ are there now/);
  expect(done).toEqual(['cache:']);
});

test('what was removed is never called not done because of the look afterwards', async () => {
  const { on } = service();
  const plan = await planOf(cacheClear, { prefix: 'cache:' }, on);
  const away = new TargetError('Redis is gone', { retryable: true, happened: false });
  const size = () => Promise.reject(away);
  const outcome = doIt(cacheClear, plan, {
    ...on,
    can: { ...on.can, caches: { ...on.can.caches, size } },
  });
  expect(await outcome).toEqual({
    kind: 'unknown',
    why: '400 entries were removed; how many are left: Redis is gone',
  });
});

test('it is proved by the checks, and says how many there are since', async () => {
  const { on } = service();
  const plan = await planOf(cacheClear, { prefix: 'cache:' }, on);
  await doIt(cacheClear, plan, on);
  expect(await cacheClear.verify(plan, on)).toMatchObject({
    ok: true,
    checks: [{ name: 'entries under cache:', seen: '0 since then' }, { name: 'ready' }],
  });
  const ill = service({ health: 'down' });
  expect((await cacheClear.verify(plan, ill.on)).ok).toBe(false);
  const before = await planOf(cacheClear, { prefix: 'cache:' }, ill.on);
  expect((await cacheClear.verify(before, ill.on)).ok).toBe(true);
});

test('after a crash only an empty cache tells that it has happened', async () => {
  const { on } = service();
  const plan = await planOf(cacheClear, { prefix: 'cache:' }, on);
  expect(await lookAgain(cacheClear, plan, on)).toMatchObject({ kind: 'unknown' });
  await doIt(cacheClear, plan, on);
  expect(await lookAgain(cacheClear, plan, on)).toMatchObject({ kind: 'done' });
});
