import { describe, expect, test } from 'vitest';
import type { Action, On, StepOutcome, Verdict } from '../../../src/core/action.ts';
import type { Capability } from '../../../src/core/capabilities.ts';
import { TargetError } from '../../../src/core/errors.ts';
import type { Draft } from '../../../src/core/plan.ts';
import type { Target } from '../../../src/core/target.ts';
import { everywhere } from '../../../src/runs/planning/everywhere.ts';
import { planOfMember } from '../../../src/runs/planning/everywhere-plan.ts';
import { actionOn, aRequest, ballot, granted, grounds } from '../grounds.ts';

/** What one service is like in these tests. */
interface Service {
  /** Whether there is something to do; `gone` when the service cannot be reached, `no` when it refuses. */
  state: 'open' | 'idle' | 'gone' | 'no' | 'hangs';
  risk?: Draft['risk'];
  release?: string;
  revert?: Draft['revert'];
  execute?: () => Promise<StepOutcome>;
  healthy?: boolean;
  /** Whether it lacks what the action needs. */
  lacks?: boolean;
}

const prod = (service: string): Target => ({ service, env: 'prod' });
const all = prod('all');

/** Services in production, and one action that can be done to all of them. */
function world(services: Record<string, Service>, change: Partial<Action> = {}) {
  const effects: string[] = [];
  const seen: { on: string; steps: string[]; facts: string[] }[] = [];
  const of = ({ target }: On): Service => services[target.service] as Service;
  const reach = async (on: On): Promise<Service> => {
    const service = of(on);
    if (service.state === 'hangs') await new Promise(() => {});
    if (service.state === 'gone') throw new TargetError('connection refused', { retryable: true });
    return service;
  };
  const action: Partial<Action> = {
    name: 'user offboard',
    everywhere: true,
    precheck: async (_params, on): Promise<Verdict> => {
      const { state } = await reach(on);
      const checks = [{ name: 'account', ok: state === 'open', seen: `is ${state}` }];
      return { ok: state === 'open', checks, nothingToDo: state === 'idle' };
    },
    plan: async (_params, on): Promise<Draft> => {
      const { state, risk = 'high', release = '1.0', revert } = await reach(on);
      const name = `${on.target.service}@${on.target.env}`;
      if (state !== 'open') throw new TargetError(`nothing to plan`, { retryable: false });
      return {
        summary: `Offboard jane on ${name}`,
        facts: [
          { name: 'release', value: release, material: true },
          { name: 'seen: as text', value: on.target.service, material: false },
        ],
        steps: ['disable', 'end:sessions'].map((id) => ({
          id,
          does: id === 'disable' ? `Do ${id}` : `Do ${id} on ${name}`,
          args: { id, service: on.target.service },
          timeout: 30_000,
          repeatable: false,
        })),
        risk,
        riskReasons: [
          `jane loses ${name}`,
          ...(risk === 'destructive' ? ['an admin', `all of ${name}`] : []),
        ],
        undo: { possible: true, how: `With user restore ${name}.` },
        ...(revert && { revert }),
      };
    },
    execute: async (step, plan, on) => {
      seen.push({
        on: on.target.service,
        steps: plan.steps.map(({ id, does }) => `${id}|${does}`),
        facts: plan.facts.map(({ name }) => name),
      });
      const { execute } = of(on);
      const outcome = (await execute?.()) ?? { kind: 'done', seen: 'done' };
      effects.push(`${on.target.service}:${step.id}`);
      return outcome;
    },
    probe: async (step, _plan, on) => ({ kind: 'done', seen: `${on.target.service} ${step.id}` }),
    verify: async (_plan, on) => {
      const ok = of(on).healthy ?? true;
      return { ok, checks: [{ name: 'health', ok, seen: ok ? 'up' : 'down' }] };
    },
    ...change,
  };
  const asked: string[] = [];
  const ground = grounds({
    action,
    targetsIn: (env) => (env === 'prod' ? Object.keys(services).map(prod) : []),
    targets: {
      offer: async <C extends Capability>({ service }: Target, _need: C) => {
        asked.push(service);
        return services[service]?.lacks ? null : ({} as never);
      },
    },
  });
  const request = aRequest({ action: 'user offboard', target: all });
  const plan = async () => granted(await ground.runner.preview(request));
  const finish = async () => {
    const run = granted(await ground.runner.request(request));
    for (const person of ['m1', 'm2']) await ground.runner.vote(ballot(run, person));
    await ground.time.pass(60_000);
    return ground.find(run.id);
  };
  return { ...ground, services, effects, seen, request, plan, finish };
}

const open: Service = { state: 'open' };

const onIn = (target: Target, { by, reason }: ReturnType<typeof aRequest>): On => ({
  target,
  can: {} as On['can'],
  maybe: {},
  request: { run: null, by, reason },
  clock: { now: () => 0, monotonic: () => 0 },
});

describe('the plan for all services of an environment', () => {
  test('is the plans of all, in the order of their names, each with its name', async () => {
    const plan = await world({ 'rust-auth': open, 'rms-auth': open }).plan();
    expect(plan).toMatchObject({ target: all, summary: 'Offboard jane on all@prod' });
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'rms-auth:disable',
      'rms-auth:end:sessions',
      'rust-auth:disable',
      'rust-auth:end:sessions',
    ]);
    expect(plan.steps.slice(0, 2).map(({ does }) => does)).toEqual([
      'rms-auth: Do disable',
      'Do end:sessions on rms-auth@prod',
    ]);
    expect(plan.facts).toEqual([
      { name: 'services', value: 'rms-auth, rust-auth', material: true },
      { name: 'every service: release', value: '1.0', material: true },
      { name: 'rms-auth: seen: as text', value: 'rms-auth', material: false },
      { name: 'rust-auth: seen: as text', value: 'rust-auth', material: false },
    ]);
    expect(plan.undo).toEqual({ possible: true, how: 'With user restore all@prod.' });
  });

  test('is as risky as the riskiest, and says for which service', async () => {
    const plan = await world({ a: open, b: { state: 'open', risk: 'destructive' } }).plan();
    expect(plan.risk).toBe('destructive');
    expect(plan.riskReasons).toEqual(['jane loses all@prod', 'b: an admin', 'b: all of b@prod']);
  });

  test('is the same whatever the order of the catalogue, and another one when a service is', async () => {
    const { hash } = await world({ a: open, b: open }).plan();
    expect((await world({ b: open, a: open }).plan()).hash).toBe(hash);
    expect((await world({ a: open, b: open, c: { state: 'idle' } }).plan()).hash).not.toBe(hash);
    expect((await world({ a: open, b: { state: 'open', release: '2' } }).plan()).hash).not.toBe(
      hash,
    );
  });

  test('leaves out where there is nothing to do, and says so', async () => {
    const plan = await world({ a: open, b: { state: 'idle' } }).plan();
    expect(plan.steps.map(({ id }) => id)).toEqual(['a:disable', 'a:end:sessions']);
    expect(plan.facts[1]).toEqual({ name: 'nothing to do on', value: 'b', material: true });
  });

  test('leaves out services that cannot do it at all', async () => {
    const plan = await world({ a: open, b: { state: 'gone', lacks: true } }).plan();
    expect(plan.facts[0]?.value).toBe('a');
  });

  test.each<[string, Record<string, Service>, string]>([
    ['one cannot be reached', { a: open, b: { state: 'gone' } }, 'b@prod: connection refused'],
    ['one does not answer', { a: open, b: { state: 'hangs' } }, 'b@prod: no answer within'],
    ['one refuses', { a: open, b: { state: 'no' } }, 'is no'],
    ['there is nothing to do on any', { a: { state: 'idle' }, b: { state: 'idle' } }, 'is idle'],
  ])('is none when %s', async (_when, services, why) => {
    const { runner, time, request } = world(services);
    const asked = runner.preview(request);
    await time.pass(10_000);
    const made = await asked;
    expect(made).toMatchObject({ ok: false, error: { kind: 'not-now' } });
    const { checks } = (made as { error: { verdict: Verdict } }).error.verdict;
    const failed = checks.filter(({ ok }) => !ok);
    expect(failed).toHaveLength(1);
    expect(failed[0]?.seen).toContain(why);
    if (why.includes('b@prod'))
      expect(failed[0]?.seen).toContain(
        'others can be done one by one'.replace('others', 'other services'),
      );
  });

  test('is refused for an action that is done to one service at a time', async () => {
    const { runner, request } = world({ a: open }, { everywhere: false });
    for (const made of [await runner.preview(request), await runner.request(request)]) {
      expect(made).toMatchObject({ error: { kind: 'cannot', needs: ['one service at a time'] } });
    }
  });

  test('is refused where no service can do it', async () => {
    const { runner, request } = world({ a: { state: 'open', lacks: true } });
    expect(await runner.preview(request)).toMatchObject({ error: { kind: 'cannot' } });
  });

  const revert = { action: 'user restore', params: { user: 'jane' }, after: 1_000 };

  test('ends by itself when all of it ends in the same way', async () => {
    const ending: Service = { state: 'open', revert };
    expect((await world({ a: ending, b: ending }).plan()).revert).toEqual(revert);
    const lacks: Service = { state: 'gone', lacks: true };
    expect((await world({ a: ending, b: ending, c: lacks }).plan()).revert).toEqual(revert);
    const idle: Service = { state: 'idle' };
    expect((await world({ a: ending, b: ending, c: idle }).plan()).revert).toEqual(revert);
  });

  test.each<[string, Service, string]>([
    ['in different ways', { state: 'open', revert: { ...revert, after: 2_000 } }, 'same way'],
    ['not everywhere', open, 'same way'],
  ])('is none when it would end %s', async (_how, b, why) => {
    const { runner, request } = world({ a: { state: 'open', revert }, b });
    const made = await runner.preview(request);
    expect(JSON.stringify(made)).toContain(why);
    expect(made.ok).toBe(false);
  });

  test('gives each service back exactly what its action planned', async () => {
    const { plan, runner, request } = world({ 'rms-auth': open, rms: open });
    const own = planOfMember(await plan(), 'rms');
    const single = granted(await runner.preview({ ...request, target: prod('rms') }));
    const same = { hash: '', summary: '', riskReasons: [], undo: null };
    expect({ ...own, ...same }).toEqual({ ...single, ...same });
  });
});

describe('doing it to all services of an environment', () => {
  test('does each step where it belongs, one after the other, and proves all of them', async () => {
    const { finish, effects, seen } = world({ b: open, a: open, c: { state: 'idle' } });
    const run = await finish();
    expect(run).toMatchObject({ state: 'succeeded', target: all });
    expect(effects).toEqual(['a:disable', 'a:end:sessions', 'b:disable', 'b:end:sessions']);
    expect(run.verdict?.checks.map(({ name }) => name)).toEqual(['a: health', 'b: health']);
    expect(seen[2]).toEqual({
      on: 'b',
      steps: ['disable|Do disable', 'end:sessions|Do end:sessions on b@prod'],
      facts: ['release', 'seen: as text'],
    });
  });

  test('fails when one of them is not well afterwards', async () => {
    const run = await world({ a: open, b: { state: 'open', healthy: false } }).finish();
    expect(run).toMatchObject({ state: 'failed' });
    expect(run.why).toContain('b: health: down');
  });

  test('is superseded when another service has joined since', async () => {
    const { runner, time, find, services, effects, request } = world({
      a: open,
      b: { state: 'idle' },
    });
    const run = granted(await runner.request(request));
    services.b = open;
    await runner.vote(ballot(run, 'm1'));
    await time.pass(1_000);
    expect(await find(run.id)).toMatchObject({ state: 'superseded' });
    expect(effects).toEqual([]);
  });

  test('stops at the first step that is not done, and says which', async () => {
    const fails = async (): Promise<StepOutcome> => ({ kind: 'failed', why: 'said no' });
    const { finish, effects } = world({ a: open, b: { state: 'open', execute: fails }, c: open });
    const run = await finish();
    expect(run).toMatchObject({ state: 'failed', why: 'b: Do disable: said no.' });
    expect(effects).toEqual(['a:disable', 'a:end:sessions', 'b:disable']);
  });

  const backOn = (services: string[], spoil?: string): Partial<Action> => ({
    compensate: async (plan, on) => {
      services.push(`${on.target.service}:${plan.steps.length}`);
      if (on.target.service === spoil) throw new Error('lost the connection');
      return { kind: 'done', seen: 'taken back' };
    },
  });

  test('takes back what was done, the newest first, and nothing else', async () => {
    const back: string[] = [];
    const untouched = async () => {
      throw new TargetError('refused', { retryable: false, happened: false });
    };
    const { finish } = world(
      { a: open, b: open, c: { state: 'open', execute: untouched }, d: open },
      backOn(back),
    );
    expect(await finish()).toMatchObject({ state: 'compensated' });
    expect(back).toEqual(['b:2', 'a:2']);
  });

  test('takes back the others also when one cannot be, and calls it unknown', async () => {
    const back: string[] = [];
    const { finish } = world({ a: open, b: { state: 'open', healthy: false } }, backOn(back, 'b'));
    const run = await finish();
    expect(back).toEqual(['b:2', 'a:2']);
    expect(run.state).toBe('interrupted');
    expect(run.why).toContain('b: lost the connection; a: taken back');
  });

  test('looks at each service what has become of an open step', async () => {
    const fails = async (): Promise<StepOutcome> => ({ kind: 'unknown', why: 'who knows' });
    const { finish, runner } = world({ a: open, b: { state: 'open', execute: fails } });
    const run = await finish();
    expect(run.state).toBe('interrupted');
    expect(granted(await runner.probe(run.id))).toEqual([
      { step: 'b:disable', does: 'b: Do disable', seen: { kind: 'done', seen: 'b disable' } },
    ]);
  });

  test('counts nobody whom the plan of one of the services is about', async () => {
    const about: Action['about'] = (_params, plan) =>
      plan?.facts.some(({ name }) => name === 'release') ? ['m1'] : [];
    const { runner, request } = world({ a: open, b: open }, { about });
    const run = granted(await runner.request(request));
    expect(await runner.vote(ballot(run, 'm1'))).toMatchObject({ ok: false });
    expect(await runner.vote(ballot(run, 'm2'))).toMatchObject({ ok: true });
  });

  test('takes all of it back when another process has done it', async () => {
    const back: string[] = [];
    const { plan, request } = world({ a: open, b: open }, backOn(back));
    const action = { ...actionOn({ release: '', effects: [] }), ...backOn(back) };
    const ons = ['a', 'b'].map((service) => onIn(prod(service), request));
    const whole = everywhere(action, all, ons, (_what, work) => work());
    await whole.compensate?.(await plan(), onIn(all, request), new AbortController().signal);
    expect(back).toEqual(['b:2', 'a:2']);
  });
});

describe('the record of what was done to all services', () => {
  const about = async (services: Record<string, Service>) => {
    const { finish, store } = world(services);
    const { id } = await finish();
    const records = await store.audit.find({ subject: id, limit: 100 });
    return records.map(({ event, facts }) => [event, facts.services] as const).toReversed();
  };

  test('says which they are: all that were meant, and once it is planned those that something is done to', async () => {
    const [requested, ...more] = await about({ a: open, b: { state: 'idle' }, c: open });
    expect(requested).toEqual(['run.requested', ['a', 'b', 'c']]);
    expect(more.at(-1)?.[0]).toBe('run.succeeded');
    for (const [, services] of more) expect(services).toEqual(['a', 'c']);
  });

  test('says all that were meant also when it came to no plan', async () => {
    const { runner, request, store } = world({ a: open, b: { state: 'no' } });
    expect((await runner.request(request)).ok).toBe(false);
    const records = await store.audit.find({ service: 'b', limit: 100 });
    expect(records.map(({ event }) => event)).toEqual(['run.refused', 'run.requested']);
  });
});
