import { expect, test } from 'vitest';
import { restart } from '../../../src/actions/restart.ts';
import type { Instance, RolloutState } from '../../../src/core/capabilities.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { someRequest } from '../../support/some-request.ts';

const never = new AbortController().signal;
const copy = (id: string, startedAt = 1_000): Instance => ({
  id,
  health: 'up',
  startedAt,
  release: 'r1',
});

/** A service whose copies are only ever replaced all together. */
function service() {
  const copies = [copy('a'), copy('b')];
  const state: RolloutState = {
    id: 'first',
    mark: null,
    complete: true,
    hindrance: null,
    detail: '2 of 2',
  };
  const replaced: string[] = [];
  const on = {
    target: { service: 'api', env: 'prod' },
    clock: { now: () => 90_000, monotonic: () => 0 },
    maybe: {},
    request: { ...someRequest } as { run: string | null } & typeof someRequest,
    can: {
      instances: { instances: async () => copies },
      probes: {
        list: () => [
          { name: 'health', run: async () => ({ health: 'up', detail: '200' }) as const },
        ],
      },
      lifecycle: {
        restart: async () => expect.fail('no copy is restarted alone'),
        rollout: {
          read: async () => ({ ...state }),
          replace: async (mark: string, expected: string) => {
            replaced.push(`${mark} from ${expected}`);
            Object.assign(state, { id: 'second', mark });
            copies.splice(0, 2, copy('c'), copy('d'));
          },
        },
      },
    },
  };
  return { copies, state, replaced, on };
}

const whole = async (on: ReturnType<typeof service>['on']): Promise<Plan> => ({
  ...(await restart.plan({}, on)),
  action: 'restart',
  version: 2,
  target: on.target,
  params: {},
  hash: '',
});

test('the plan is one step, about what the copies are made from and which ones they are', async () => {
  const { on, replaced } = service();
  const { steps, facts } = await whole(on);
  expect(steps.map(({ does }) => does)).toEqual(['Replace a, b by new copies, some at a time']);
  expect(facts.filter(({ material }) => material).map(({ name }) => name)).toEqual([
    'made from',
    'a',
    'b',
  ]);
  expect(replaced).toEqual([]);
});

test('it is marked with the run, done on what was planned for, and proved by new copies', async () => {
  const { on, replaced } = service();
  const plan = await whole(on);
  expect((await restart.verify(plan, on)).ok).toBe(false);
  expect(await restart.execute(plan.steps[0] as never, plan, on, never)).toMatchObject({
    kind: 'done',
  });
  expect(replaced).toEqual(['R-000001 from first']);
  expect((await restart.verify(plan, on)).ok).toBe(true);
});

test('a copy that was there before is no proof, and neither is a rollout half way', async () => {
  const { on, copies, state } = service();
  const plan = await whole(on);
  await restart.execute(plan.steps[0] as never, plan, on, never);
  copies[0] = copy('a');
  expect((await restart.verify(plan, on)).ok).toBe(false);
  copies[0] = copy('c');
  state.complete = false;
  expect((await restart.verify(plan, on)).ok).toBe(false);
});

test('without a run nothing is replaced', async () => {
  const { on, replaced } = service();
  const plan = await whole(on);
  on.request.run = null;
  await expect(restart.execute(plan.steps[0] as never, plan, on, never)).rejects.toMatchObject({
    happened: false,
  });
  expect(replaced).toEqual([]);
});

test.each([
  ['this run has replaced them', { id: 'second', mark: 'R-000001' }, 'done'],
  ['this run has begun', { id: 'second', mark: 'R-000001', complete: false }, 'unknown'],
  ['nothing has changed', {}, 'failed'],
  ['somebody else has replaced them', { id: 'third', mark: 'R-OTHER' }, 'unknown'],
])('after a crash the mark tells: %s', async (_, now, kind) => {
  const { on, state } = service();
  const plan = await whole(on);
  Object.assign(state, now);
  expect((await restart.probe(plan.steps[0] as never, plan, on)).kind).toBe(kind);
});

test.each([
  ['one copy alone', { instance: 'a' }, null, /leave out --instance/],
  ['while something else goes on', {}, 'a rollout is under way', /a rollout is under way/],
])('there is no sense in planning for %s', async (_, params, hindrance, says) => {
  const { on, state } = service();
  state.hindrance = hindrance;
  const verdict = await restart.precheck(params, on);
  expect(verdict.ok).toBe(false);
  expect(verdict.checks.map(({ seen }) => seen).join()).toMatch(says);
});
