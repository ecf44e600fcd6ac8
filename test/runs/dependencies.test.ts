import { describe, expect, test } from 'vitest';
import type { Action } from '../../src/core/action.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import type { Dependency } from '../../src/core/catalogue.ts';
import type { Depended } from '../../src/core/dependencies.ts';
import type { Target } from '../../src/core/target.ts';
import type { Window } from '../../src/core/window.ts';
import { lockFor, whoIsInTheWay } from '../../src/runs/claiming/run-lock.ts';
import type { RunRequest } from '../../src/runs/runner.ts';
import { runRefusalSentence } from '../../src/views/runs/run-refusal.ts';
import { approvalsAnywhere, setsAnywhere } from '../support/approvals-anywhere.ts';
import { someDependency } from '../support/with-dependency.ts';
import { actionOn, aRequest, ballot, granted, grounds } from './grounds.ts';
import { settle } from './virtual-time.ts';

const at = (service: string, env = 'prod'): Target => ({ service, env });
const confirm = setsAnywhere.confirm ?? approvalsAnywhere.elsewhere.low;
const other = { id: 'other', team: 'T1' };
const asks = (change: Partial<RunRequest> = {}) =>
  aRequest({ params: { dependency: 'redis' }, ...change });

/** What the dependency of `rms-auth@prod` is, and who depends on it besides. */
interface Setting {
  others?: readonly Target[];
  as?: Dependency;
  otherAs?: Dependency | null;
  action?: Partial<Action>;
}

/** A Redis that is restarted for `rms-auth@prod`; what it does is noted, and each run waits in it until let go. */
function houseWith({ others = [], as = someDependency('redis'), otherAs = null, action }: Setting) {
  const machine = { release: '1', effects: [] as string[] };
  const going: (() => void)[] = [];
  const found: Depended = {
    dependency: as,
    dependents: [
      { target: at('rms-auth'), as },
      ...others.map((target) => ({ target, as: otherAs })),
    ],
  };
  const offered: string[] = [];
  const probes = { list: () => [] };
  const lifecycle = { restart: async () => {} };
  const ground = grounds({
    actions: [
      actionOn(machine, {
        dependency: 'dependency',
        execute: async (step, { target }, { dependency }) => {
          machine.effects.push(`${dependency?.name ?? target.service}:${step.id}`);
          if (step.id === 'one') await new Promise<void>((go) => going.push(go));
          return { kind: 'done', seen: 'done' };
        },
        ...action,
      }),
    ],
    targets: {
      offer: async (target, need) => {
        offered.push(`${need} of ${target.service}`);
        return ({ lifecycle, probes } as never)[need];
      },
      offerOf: async (target, dependency, need) => {
        offered.push(`${need} of ${dependency} of ${target.service}`);
        return ({ lifecycle, probes } as never)[need];
      },
    },
    dependedOn: (target, name) =>
      target.service === 'rms-auth' && name === 'redis' ? found : null,
  });
  const begin = async (request: RunRequest) => {
    const run = granted(await ground.runner.request(request));
    await ground.runner.vote(ballot(run, 'm1'));
    await settle();
    return run.id;
  };
  const letGo = async () => {
    for (const go of going.splice(0)) go();
    await ground.time.pass(1_500);
  };
  const stateOf = async (id: string) => (await ground.find(id)).state;
  return { ...ground, machine, offered, begin, letGo, stateOf };
}

describe('what is done to a dependency', () => {
  test('is done with what the catalogue says of that, and never with what its target does', async () => {
    const { begin, letGo, offered, machine, stateOf } = houseWith({});
    const run = await begin(asks());
    await letGo();
    expect(await stateOf(run)).toBe('succeeded');
    expect(machine.effects).toEqual(['redis:one', 'redis:two']);
    expect([...new Set(offered)]).toEqual(['lifecycle of redis of rms-auth']);
  });

  test('is refused where its targets can be asked nothing about dependencies', async () => {
    const { runnerOver } = houseWith({});
    const runner = runnerOver({ targets: { offer: async () => ({}) as never } });
    const refused = await runner.request(asks());
    expect(refused).toMatchObject({
      error: { kind: 'cannot', why: expect.stringContaining('under dependencies.redis') },
    });
  });

  test.each([
    [
      asks({ params: { dependency: 'rediss' } }),
      {},
      'rms-auth@prod has no dependency called rediss',
    ],
    [
      asks(),
      { as: someDependency('redis', { whyNot: 'The platform team does it.' }) },
      'The platform team does it',
    ],
    [
      asks(),
      {
        as: someDependency('redis', { whyNot: 'nobody said how' }),
        others: [at('rust-auth')],
        otherAs: someDependency('cache'),
      },
      'nobody said how. It is the same as cache of rust-auth@prod, for which it does: ask for it there',
    ],
    [
      asks(),
      { others: [at('rust-auth', 'staging')] },
      'rust-auth@staging depends on the same, in another environment',
    ],
  ])(
    '%o with %o is refused with the reason, and nothing is written down',
    async (request, setting, why) => {
      const { runner, store } = houseWith(setting);
      const refused = await runner.request(request);
      if (refused.ok || refused.error.kind !== 'cannot') return expect.fail('it was not refused');
      expect(refused.error.why).toContain(why);
      expect(runRefusalSentence(refused.error)).toMatch(/nothing was asked for: .*\.$/);
      expect(await store.runs.inStates(['requested', 'waiting', 'denied'])).toEqual([]);
    },
  );

  test('is not done any more once its environment is not the only one, however it was approved', async () => {
    const house = houseWith({});
    const run = granted(await house.runner.request(asks()));
    const runner = house.runnerOver({
      dependedOn: () => ({
        dependency: someDependency('redis'),
        dependents: [
          { target: at('rms-auth'), as: null },
          { target: at('rust-auth', 'staging'), as: null },
        ],
      }),
    });
    await runner.vote(ballot(run, 'm1'));
    await settle();
    expect(await house.find(run.id)).toMatchObject({
      state: 'superseded',
      why: expect.stringContaining('in another environment'),
    });
    expect(house.machine.effects).toEqual([]);
  });
});

describe('what others depend on too', () => {
  const shared = { others: [at('rust-auth')] };

  test('is restarted while nobody works on any of them, in both directions', async () => {
    for (const [first, second] of [
      [asks(), aRequest({ target: at('rust-auth') })],
      [aRequest({ target: at('rust-auth') }), asks()],
    ] as const) {
      const { runner, begin, letGo, stateOf, time } = houseWith(shared);
      runner.start();
      const [one, two] = [await begin(first), await begin(second)];
      await time.pass(3_000);
      expect([await stateOf(one), await stateOf(two)]).toEqual(['executing', 'approved']);
      await letGo();
      await time.pass(3_000);
      expect([await stateOf(one), await stateOf(two)]).toEqual(['succeeded', 'executing']);
      await letGo();
      await runner.stop(0);
    }
  });

  test('keeps its environment for itself; what nobody else depends on keeps its target alone', async () => {
    for (const [setting, locked] of [
      [shared, 'all@prod'],
      [{}, 'rms-auth@prod'],
    ] as const) {
      const { begin, letGo, store } = houseWith(setting);
      const run = await begin(asks());
      expect(await store.locks.holders('rms-auth@prod')).toMatchObject([
        { target: locked, owner: run, mode: 'exclusive' },
      ]);
      await letGo();
      expect(await store.locks.holders('all@prod')).toEqual([]);
    }
  });

  test('keeps its environment for itself also where nobody knows any more who depends on it', async () => {
    const { runner, find, store } = houseWith({});
    const run = await find(granted(await runner.request(asks())).id);
    const tools = {
      actions: [actionOn({ release: '1', effects: [] }, { dependency: 'dependency' })],
    };
    const lock = await lockFor(
      {
        ...tools,
        locks: store.locks,
        limits: () => ({ perPerson: {}, perTarget: {} }),
        dependedOn: () => null,
      },
      run,
    );
    expect(await store.locks.holders('all@prod')).toMatchObject([{ target: 'all@prod' }]);
    const rival = {
      target: 'x@prod',
      mode: 'exclusive',
      owner: 'user:somebody',
      until: 0,
      held: true,
    } as const;
    expect(await whoIsInTheWay({ ...tools, runs: store.runs }, run, rival)).toBe(
      'Others depend on the same, so that it needs all@prod to itself, and x@prod is being worked on by user:somebody.',
    );
    if ('release' in lock) await lock.release();
  });

  test('is kept from everybody by the claim of any of them', async () => {
    const { runner, store } = houseWith(shared);
    await store.claims.claim('rust-auth@prod', other, 'reading the heap', 3_600_000);
    expect(await runner.request(asks())).toMatchObject({
      error: { kind: 'claimed', claim: { target: 'rust-auth@prod' } },
    });
    expect((await runner.request(aRequest())).ok).toBe(true);
    await store.claims.claim('identity@prod', other, 'something else', 3_600_000);
    await store.claims.release('rust-auth@prod', other);
    expect((await runner.request(asks())).ok).toBe(true);
  });

  test('needs what the strictest of them asks for', async () => {
    const { runnerOver } = houseWith(shared);
    const { two } = setsAnywhere;
    const isProduction = ({ service }: Target) => service === 'rust-auth';
    const setOf = async (request: RunRequest, change: Partial<ApprovalPolicy>) => {
      const approvals = () => ({ ...approvalsAnywhere, ...change });
      const runner = runnerOver({ isProduction, approvals });
      return granted(await runner.request(request)).approval?.name;
    };
    const elsewhere = { elsewhere: { ...approvalsAnywhere.elsewhere, high: confirm } };
    expect(await setOf(aRequest(), elsewhere)).toBe('confirm');
    expect(await setOf(asks(), elsewhere)).toBe('one');
    const rules = [{ service: ['rust-auth'], set: two ?? expect.fail('there is none') }];
    const reason = 'no connection gets through since 14:05';
    expect(await setOf(aRequest({ reason }), { ...elsewhere, rules })).toBe('confirm');
    expect(await setOf(asks({ reason }), { ...elsewhere, rules })).toBe('two');
  });

  test('is restarted within the hours of production where one of them is of production', async () => {
    const { runnerOver } = houseWith(shared);
    const isProduction = ({ service }: Target) => service === 'rust-auth';
    const never: Window = { hours: [{ days: [], from: 0, to: 1, zone: 'UTC', written: 'never' }] };
    const approvals = () => ({ ...approvalsAnywhere, windows: { production: { restart: never } } });
    const runner = runnerOver({ isProduction, approvals });
    expect((await runner.request(aRequest())).ok).toBe(true);
    expect(await runner.request(asks())).toMatchObject({ error: { kind: 'outside-window' } });
  });

  test('is raised in its risk by what an escalator says of any of them', async () => {
    const { runnerOver } = houseWith(shared);
    const approvals = () => ({
      ...approvalsAnywhere,
      escalators: [{ service: ['rust-auth'], to: 'destructive' as const }],
    });
    const made = granted(await runnerOver({ approvals }).preview(asks()));
    expect(made.risk).toBe('destructive');
  });
});
