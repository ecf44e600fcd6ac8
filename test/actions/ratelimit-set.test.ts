import { expect, test } from 'vitest';
import { ratelimitSet } from '../../src/actions/ratelimit-set.ts';
import type { Health } from '../../src/core/health.ts';
import { stillClock } from '../support/clock.ts';
import { doIt, lookAgain, onGround, planOf, probesThat } from '../support/on-ground.ts';

const minute = 60_000;
const perMinute: Record<string, number> = { normal: 1200, tight: 60, emergency: 20 };

/** A service at this preset, with a list of everything that was done to it. */
function service(preset = 'normal', was: Health = 'up') {
  let health = was;
  const clock = stillClock();
  const done: string[] = [];
  let now = { preset, until: null as number | null };
  const on = onGround<'rateLimit' | 'probes'>(
    {
      probes: probesThat(() => health),
      rateLimit: {
        presets: () => ['normal', 'tight', 'emergency'],
        read: async () => ({ ...now, perMinute: perMinute[now.preset] ?? 0 }),
        use: async (name, lasts) => {
          done.push(`${name} ${lasts}`);
          now = { preset: name, until: lasts === null ? null : clock.now() + lasts };
        },
      },
    },
    { clock },
  );
  return {
    on,
    clock,
    done,
    turns: (now: Health) => {
      health = now;
    },
    becomes: (next: Partial<typeof now>) => {
      now = { ...now, ...next };
    },
  };
}

type On = ReturnType<typeof service>['on'];
const checked = async (typed: Record<string, string>, on: On) =>
  ratelimitSet.precheck(ratelimitSet.params.parse(typed), on);
const failed = async (typed: Record<string, string>, on: On) =>
  (await checked(typed, on)).checks.filter(({ ok }) => !ok).map(({ seen }) => seen);

test('presets are named, figures are not', () => {
  for (const preset of ['50', '', 'Tight!', 'tight;id', 'x'.repeat(41)])
    expect(ratelimitSet.params.safeParse({ preset }).success).toBe(false);
  expect(ratelimitSet.params.safeParse({ preset: 'tight', for: '3h' }).success).toBe(false);
});

test.each([
  [{ preset: 'tigth', for: '30m' }, /no preset tigth; what comes nearest is tight/],
  [{ preset: 'generous', for: '30m' }, /no preset generous; it has normal, tight, emergency/],
  [{ preset: 'tight' }, /only normal may stay: say with --for how long/],
  [{ preset: 'normal', for: '30m' }, /leave --for out/],
])('%j is refused, and no plan is made of it', async (typed, why) => {
  const { on } = service('emergency');
  expect((await failed(typed, on)).join()).toMatch(why);
  await expect(planOf(ratelimitSet, typed, on)).rejects.toMatchObject({ happened: false });
});

test('where the usual preset is in force there is nothing to do, and that is all that is wrong', async () => {
  const { on } = service();
  expect(await checked({ preset: 'normal' }, on)).toMatchObject({ ok: false, nothingToDo: true });
  expect(await checked({ preset: 'normal', for: '30m' }, on)).toMatchObject({
    ok: false,
    nothingToDo: false,
  });
  expect(await checked({ preset: 'tight', for: '30m' }, on)).toMatchObject({ ok: true });
});

test('what ends by itself leaves a newer one alone, and a person does not', async () => {
  const { on, clock, becomes } = service('tight');
  const ending = { ...on, request: { ...on.request, ends: 'R-000007' } };
  becomes({ until: clock.now() + 60 * minute });
  expect(await checked({ preset: 'normal' }, ending)).toMatchObject({
    ok: false,
    nothingToDo: true,
  });
  expect(await checked({ preset: 'normal' }, on)).toMatchObject({ ok: true });
  becomes({ until: clock.now() + minute });
  expect(await checked({ preset: 'normal' }, ending)).toMatchObject({ ok: true });
});

test.each([
  ['normal', 'tight', /^It tightens/],
  ['tight', 'emergency', /^It tightens/],
  ['emergency', 'tight', /^It loosens/],
  ['tight', 'tight', /^It stays at tight/],
  ['by-hand', 'tight', /^It replaces by-hand/],
])('from %s to %s it says what that means', async (from, preset, says) => {
  const { on, done } = service(from);
  const plan = await planOf(ratelimitSet, { preset, for: '30m' }, on);
  expect(plan.riskReasons[0]).toMatch(says);
  expect(plan).toMatchObject({
    summary: `Set the rate limit of api@prod to ${preset} for 30 m`,
    risk: 'high',
    revert: { action: 'ratelimit set', params: { preset: 'normal' }, after: 30 * minute },
  });
  expect(plan.facts[0]).toEqual({ name: 'rate limit', value: from, material: true });
  expect(done).toEqual([]);
});

test('when somebody prolongs what is in force, the plan is another one', async () => {
  const { on, clock, becomes } = service('tight');
  const material = async () =>
    (await planOf(ratelimitSet, { preset: 'normal' }, on)).facts.filter((fact) => fact.material);
  const before = await material();
  becomes({ until: clock.now() + 30 * minute });
  const prolonged = await material();
  expect(prolonged).toHaveLength(before.length + 1);
  becomes({ until: clock.now() + 60 * minute });
  expect(await material()).not.toEqual(prolonged);
});

test('the usual preset stays, and is not reverted', async () => {
  const { on, done } = service('emergency');
  const plan = await planOf(ratelimitSet, { preset: 'normal' }, on);
  expect(plan.revert).toBeUndefined();
  expect(plan.riskReasons[0]).toMatch(/^It loosens/);
  await doIt(ratelimitSet, plan, on);
  expect(done).toEqual(['normal null']);
  expect((await ratelimitSet.verify(plan, on)).ok).toBe(true);
});

test('what it is reverted with is what the action takes', async () => {
  const { on } = service('tight');
  const plan = await planOf(ratelimitSet, { preset: 'tight', for: '30m' }, on);
  const { params } = plan.revert ?? expect.fail();
  expect(await checked(params as Record<string, string>, on)).toMatchObject({ ok: true });
});

test('it is proved by the preset, its end and the checks', async () => {
  const { on, clock, becomes } = service();
  const plan = await planOf(ratelimitSet, { preset: 'tight', for: '30m' }, on);
  expect((await ratelimitSet.verify(plan, on)).ok).toBe(false);
  expect(await doIt(ratelimitSet, plan, on)).toMatchObject({ kind: 'done' });
  expect((await ratelimitSet.verify(plan, on)).ok).toBe(true);
  for (const wrong of [
    { until: null },
    { until: clock.now() - 1 },
    { until: clock.now() + 60 * minute },
    { preset: 'emergency', until: clock.now() + minute },
  ]) {
    becomes({ preset: 'tight', until: clock.now() + 30 * minute });
    expect((await ratelimitSet.verify(plan, on)).ok).toBe(true);
    becomes(wrong);
    expect((await ratelimitSet.verify(plan, on)).ok).toBe(false);
  }
});

test.each([
  ['up', 'down', false],
  ['up', 'degraded', false],
  ['degraded', 'down', false],
  ['down', 'down', true],
  ['degraded', 'degraded', true],
  ['down', 'degraded', true],
] as const)('a service that was %s and is %s afterwards: proved %s', async (was, is, ok) => {
  const { on, turns } = service('normal', was);
  const plan = await planOf(ratelimitSet, { preset: 'tight', for: '30m' }, on);
  await doIt(ratelimitSet, plan, on);
  turns(is);
  expect((await ratelimitSet.verify(plan, on)).ok).toBe(ok);
});

test('after a crash a look tells whether it has happened, where that can be told', async () => {
  const { on, becomes } = service();
  const plan = await planOf(ratelimitSet, { preset: 'tight', for: '30m' }, on);
  expect(await lookAgain(ratelimitSet, plan, on)).toMatchObject({ kind: 'failed' });
  becomes({ preset: 'tight' });
  expect(await lookAgain(ratelimitSet, plan, on)).toMatchObject({ kind: 'done' });
  becomes({ preset: 'emergency' });
  expect(await lookAgain(ratelimitSet, plan, on)).toMatchObject({ kind: 'unknown' });
  const same = service('tight');
  const again = await planOf(ratelimitSet, { preset: 'tight', for: '30m' }, same.on);
  expect(await lookAgain(ratelimitSet, again, same.on)).toMatchObject({ kind: 'unknown' });
});
