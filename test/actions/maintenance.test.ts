import { expect, test } from 'vitest';
import { maintenanceOff } from '../../src/actions/maintenance-off.ts';
import { maintenanceOn } from '../../src/actions/maintenance-on.ts';
import { stillClock } from '../support/clock.ts';
import { doIt, lookAgain, onGround, planOf, probesThat } from '../support/on-ground.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;
const minute = 60_000;
const asked = { for: '30m', message: 'Back at noon.' };
type State = { on: boolean; message: string | null; until: number | null };
const off: State = { on: false, message: null, until: null };

/** A service in this state, with a list of everything that was done to it. */
function service(state: State = off, request = someRequest) {
  const clock = stillClock();
  const done: string[] = [];
  let now = state;
  const on = onGround<'maintenance' | 'probes'>(
    {
      probes: probesThat(() => 'up'),
      maintenance: {
        read: async () => now,
        turnOn: async (message, lasts) => {
          done.push(`on ${lasts}: ${message}`);
          now = { on: true, message, until: clock.now() + lasts };
        },
        turnOff: async () => {
          done.push('off');
          now = off;
        },
      },
    },
    { clock, request },
  );
  return {
    on,
    clock,
    done,
    becomes: (next: Partial<State>) => {
      now = { ...now, ...next };
    },
  };
}

const until = (ms: number): State => ({ on: true, message: 'now', until: 1_700_000_000_000 + ms });

test('it needs an end of at most four hours', () => {
  const ends = (text?: string) => maintenanceOn.params.safeParse(text ? { for: text } : {}).success;
  expect(ends()).toBe(false);
  expect(['4m', '4h1m', 'for ever', '-5m', '1'].map(ends)).toEqual(Array(5).fill(false));
  expect(['5m', '4h', '1h30m'].map(ends)).toEqual([true, true, true]);
});

test.each(['<b>x', 'a & b', 'a\nb', 'a\u202eb', 'a`b', '', 'x'.repeat(201), '\ud800', 'a\\b'])(
  'the message %j is refused',
  (message) => {
    expect(maintenanceOn.params.safeParse({ for: '1h', message }).success).toBe(false);
  },
);

test('the plan says for how long, with which words, and that it ends by itself', async () => {
  const { on, done } = service();
  expect((await maintenanceOn.precheck(maintenanceOn.params.parse(asked), on)).ok).toBe(true);
  const plan = await planOf(maintenanceOn, asked, on);
  expect(plan).toMatchObject({
    summary: 'Turn maintenance of api@prod on for 30 m',
    risk: 'high',
    revert: { action: 'maintenance off', params: {}, after: 30 * minute },
    undo: { possible: true, how: expect.stringContaining('ends by itself after 30 m') },
    steps: [{ does: 'Turn maintenance on for 30 m, with the message “Back at noon.”' }],
  });
  expect(plan.facts[0]).toEqual({ name: 'maintenance', value: 'off', material: true });
  expect(plan.riskReasons[0]).toMatch(/^Nobody can sign in/);
  expect(maintenanceOff.params.safeParse(plan.revert?.params).success).toBe(true);
  expect(done).toEqual([]);
});

test('where it is on already, the plan says so, and another end is another plan', async () => {
  const { on, becomes } = service(until(10 * minute));
  const plan = await planOf(maintenanceOn, asked, on);
  expect(plan.riskReasons[1]).toMatch(/on already/);
  expect(plan.facts[0]?.value).toMatch(/^on until 2023-11-14T22:23:20.000Z, with .*“now”/);
  becomes({ until: 1_700_000_000_000 + 20 * minute });
  expect((await planOf(maintenanceOn, asked, on)).facts[0]).not.toEqual(plan.facts[0]);
});

test('it is proved by reading back the words and the end', async () => {
  const { on, done, becomes } = service();
  const plan = await planOf(maintenanceOn, asked, on);
  expect((await maintenanceOn.verify(plan, on)).ok).toBe(false);
  expect(await doIt(maintenanceOn, plan, on)).toMatchObject({ kind: 'done' });
  expect(done).toEqual([`on ${30 * minute}: Back at noon.`]);
  expect((await maintenanceOn.verify(plan, on)).ok).toBe(true);
  becomes({ message: 'other words' });
  expect((await maintenanceOn.verify(plan, on)).ok).toBe(false);
});

test.each([
  ['no end', null],
  ['an end that is over', -1],
  ['a later end than was approved', 36 * minute],
])('%s is no proof', async (_, left) => {
  const { on, clock, becomes } = service();
  const plan = await planOf(maintenanceOn, asked, on);
  await doIt(maintenanceOn, plan, on);
  becomes({ until: left === null ? null : clock.now() + left });
  const { checks } = await maintenanceOn.verify(plan, on);
  expect(checks.find(({ name }) => name === 'end')?.ok).toBe(false);
});

test('it is taken back only where it was off before', async () => {
  const one = service();
  const plan = await planOf(maintenanceOn, asked, one.on);
  expect(await maintenanceOn.compensate?.(plan, one.on, never)).toMatchObject({ kind: 'done' });
  expect(one.done).toEqual(['off']);
  const two = service(until(10 * minute));
  const other = await planOf(maintenanceOn, asked, two.on);
  expect(await maintenanceOn.compensate?.(other, two.on, never)).toMatchObject({ kind: 'failed' });
  expect(two.done).toEqual([]);
});

test('after a crash a look tells whether it has happened, where that can be told', async () => {
  const { on, becomes } = service();
  const plan = await planOf(maintenanceOn, asked, on);
  expect(await lookAgain(maintenanceOn, plan, on)).toMatchObject({ kind: 'failed' });
  becomes({ on: true, message: 'Back at noon.', until: null });
  expect(await lookAgain(maintenanceOn, plan, on)).toMatchObject({ kind: 'done' });
  becomes({ message: 'somebody else has turned it on' });
  expect(await lookAgain(maintenanceOn, plan, on)).toMatchObject({ kind: 'unknown' });
});

test('off is planned where it is on, done and proved', async () => {
  const { on, done } = service(until(minute));
  expect((await maintenanceOff.precheck({}, on)).ok).toBe(true);
  const plan = await planOf(maintenanceOff, {}, on);
  expect(plan).toMatchObject({ summary: 'Turn maintenance of api@prod off', risk: 'high' });
  expect((await maintenanceOff.verify(plan, on)).ok).toBe(false);
  expect(await lookAgain(maintenanceOff, plan, on)).toMatchObject({ kind: 'failed' });
  await doIt(maintenanceOff, plan, on);
  expect(done).toEqual(['off']);
  expect((await maintenanceOff.verify(plan, on)).ok).toBe(true);
  expect(await lookAgain(maintenanceOff, plan, on)).toMatchObject({ kind: 'done' });
});

test('what ends by itself leaves a newer one alone, and a person does not', async () => {
  const ends = { ...someRequest, ends: 'R-000007' };
  const check = (left: number, request = ends) =>
    maintenanceOff.precheck({}, service(until(left), request).on);
  expect(await check(60 * minute)).toMatchObject({ ok: false, nothingToDo: true });
  expect(await check(1 * minute)).toMatchObject({ ok: true });
  expect(await check(60 * minute, someRequest as typeof ends)).toMatchObject({ ok: true });
});

test('where it is off already there is nothing to do', async () => {
  expect(await maintenanceOff.precheck({}, service().on)).toMatchObject({
    ok: false,
    nothingToDo: true,
    checks: [{ seen: 'it is off' }],
  });
});
