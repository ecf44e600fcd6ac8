import { expect, test } from 'vitest';
import { keysRotate } from '../../src/actions/keys-rotate.ts';
import type { SigningKey } from '../../src/core/capabilities.ts';
import type { Health } from '../../src/core/health.ts';
import { stillClock } from '../support/clock.ts';
import { doIt, lookAgain, onGround, planOf, probesThat } from '../support/on-ground.ts';

const hour = 3_600_000;
const key = (id: string, current = false, until: number | null = null): SigningKey => ({
  id,
  current,
  until,
});

/** A service with these keys, with a list of everything that was done to it. */
function service(
  keys: SigningKey[] = [key('k2', true), key('k1', false, 1_700_000_500_000)],
  { sessions = 7 as number | null, health = 'up' as Health } = {},
) {
  const clock = stillClock();
  const done: string[] = [];
  let now: readonly SigningKey[] = keys;
  const on = onGround<'signingKeys' | 'probes'>(
    {
      probes: probesThat(() => health),
      signingKeys: {
        keys: async () => now,
        rotate: async (expected, overlap) => {
          done.push(`${expected} ${overlap}`);
          const old = now.map(({ id }) => key(id, false, clock.now() + overlap));
          now = [key('k3', true), ...(overlap === 0 ? [] : old)];
        },
      },
    },
    {
      clock,
      maybe: {
        sessions: {
          remains: () => null,
          count: async () => sessions,
          revoke: async () => {},
          revokeAll: async () => {},
        },
      },
    },
  );
  return {
    on,
    done,
    clock,
    becomes: (next: readonly SigningKey[]) => {
      now = next;
    },
  };
}

test('with an overlap it is of high risk, and says what becomes of the tokens', async () => {
  const { on, done } = service();
  const plan = await planOf(keysRotate, { overlap: '2h' }, on);
  expect(plan).toMatchObject({
    summary: 'Rotate the signing key of api@prod',
    risk: 'high',
    undo: { possible: false },
    steps: [{ args: { expected: 'k2', overlap: 2 * hour }, repeatable: false }],
  });
  expect(plan.steps[0]?.does).toBe('Sign with a new key, and go on accepting k2 for 2 h');
  expect(plan.riskReasons[0]).toBe(
    'Tokens that k2 signed are accepted for 2 h more and are refused then',
  );
  expect(plan.facts.slice(0, 3)).toEqual([
    { name: 'signing key', value: 'k2', material: true },
    { name: 'accepted keys', value: 'k2, k1', material: false },
    { name: 'sessions', value: '7', material: false },
  ]);
  expect(done).toEqual([]);
});

test('without a word about it the old key is accepted for an hour', async () => {
  const { on } = service();
  expect((await planOf(keysRotate, {}, on)).steps[0]?.args).toEqual({
    expected: 'k2',
    overlap: hour,
  });
});

test('at once it is destructive, and says that every token that was signed ends', async () => {
  const { on } = service();
  const plan = await planOf(keysRotate, { mode: 'now' }, on);
  expect(plan).toMatchObject({
    summary: 'Rotate the signing key of api@prod at once',
    risk: 'destructive',
    steps: [{ args: { expected: 'k2', overlap: 0 } }],
  });
  expect(plan.riskReasons[0]).toBe(
    'Every token that k2 and k1 signed is refused at once: everybody, in 7 sessions, has to sign in again',
  );
});

test('how many sessions there are need not be known', async () => {
  const { on } = service(undefined, { sessions: null });
  const { facts, riskReasons } = await planOf(keysRotate, { mode: 'now' }, on);
  expect(facts.some(({ name }) => name === 'sessions')).toBe(false);
  expect(riskReasons[0]).toMatch(/everybody has to sign in again/);
});

test.each([
  [
    'an overlap and none',
    [key('k1', true)],
    { mode: 'now', overlap: '1h' },
    /now leaves no overlap/,
  ],
  ['no key that signs', [key('k1')], {}, /nobody knows which key signs/],
])('%s is refused, and no plan is made of it', async (_, keys, typed, why) => {
  const { on } = service(keys);
  const verdict = await keysRotate.precheck(keysRotate.params.parse(typed), on);
  expect(verdict.ok).toBe(false);
  expect(verdict.checks.map(({ seen }) => seen).join()).toMatch(why);
  await expect(planOf(keysRotate, typed, on)).rejects.toMatchObject({ happened: false });
});

test('another key that signs is another plan, an older one that ends is none', async () => {
  const { on, becomes } = service();
  const material = async () =>
    (await planOf(keysRotate, {}, on)).facts.filter((fact) => fact.material);
  const before = await material();
  becomes([key('k2', true)]);
  expect(await material()).toEqual(before);
  becomes([key('k9', true), key('k2', false, 1_700_000_500_000)]);
  expect(await material()).not.toEqual(before);
});

test('with an overlap it is proved by a new key, and by the old one being accepted so long', async () => {
  const { on, done, clock, becomes } = service();
  const plan = await planOf(keysRotate, {}, on);
  expect((await keysRotate.verify(plan, on)).ok).toBe(false);
  expect(await doIt(keysRotate, plan, on)).toMatchObject({ kind: 'done' });
  expect(done).toEqual([`k2 ${hour}`]);
  expect((await keysRotate.verify(plan, on)).ok).toBe(true);
  for (const wrong of [
    [key('k3', true)],
    [key('k3', true), key('k2', false, null)],
    [key('k3', true), key('k2', false, clock.now() + 2 * hour)],
    [key('k2', true), key('k3')],
  ]) {
    becomes(wrong);
    expect((await keysRotate.verify(plan, on)).ok).toBe(false);
  }
});

test('at once it is proved by no old key being accepted', async () => {
  const { on, clock, becomes } = service();
  const plan = await planOf(keysRotate, { mode: 'now' }, on);
  await doIt(keysRotate, plan, on);
  expect((await keysRotate.verify(plan, on)).ok).toBe(true);
  for (const old of ['k2', 'k1']) {
    becomes([key('k3', true), key(old, false, clock.now() + 1)]);
    expect((await keysRotate.verify(plan, on)).ok).toBe(false);
  }
});

test('the same key is no new one, also where it is the only one', async () => {
  const { on } = service([key('k2', true)]);
  const plan = await planOf(keysRotate, { mode: 'now' }, on);
  expect((await keysRotate.verify(plan, on)).ok).toBe(false);
});

test('a service that is not well with it is no proof', async () => {
  const plan = await planOf(keysRotate, {}, service().on);
  const { on } = service(undefined, { health: 'down' });
  await doIt(keysRotate, plan, on);
  expect((await keysRotate.verify(plan, on)).ok).toBe(false);
});

test('after a crash a look tells whether it has happened', async () => {
  const { on, clock, becomes } = service();
  const plan = await planOf(keysRotate, { mode: 'now' }, on);
  expect(await lookAgain(keysRotate, plan, on)).toMatchObject({ kind: 'failed' });
  await doIt(keysRotate, plan, on);
  expect(await lookAgain(keysRotate, plan, on)).toMatchObject({ kind: 'done' });
  becomes([key('k7', true), key('k2', false, clock.now() + hour)]);
  expect(await lookAgain(keysRotate, plan, on)).toMatchObject({ kind: 'unknown' });
});
