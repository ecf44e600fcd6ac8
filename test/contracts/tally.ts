import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Limit } from '../../src/core/limits.ts';
import type { Plan, Step } from '../../src/core/plan.ts';
import type { Run } from '../../src/core/run.ts';
import { everyService } from '../../src/core/target.ts';
import type { NewRun, RunPatch } from '../../src/core/transition.ts';
import type { Store } from '../../src/store/open-store.ts';
import { change, entry, newRun } from './runs.ts';

/** What is counted, and how time passes for it. */
export interface TallySetUp {
  store: Pick<Store, 'runs' | 'tally'>;
  pass(ms: number): Promise<void>;
}

const minute = 60_000;
const limit: Limit = { most: 3, within: 10 * minute };

/** What every implementation of a tally must do. */
export function tallyContract(setUp: () => TallySetUp) {
  const runs = () => setUp().store.runs;
  const tally = () => setUp().store.tally;
  const pass = (ms: number) => setUp().pass(ms);

  const make = async (wish: Partial<NewRun>, ...patches: RunPatch[]): Promise<Run> => {
    let run = await runs().create(newRun(wish), entry('run.requested'));
    for (const patch of patches) {
      const done = await runs().transition(change(run, { patch }));
      run = done.kind === 'done' ? done.run : expect.fail();
    }
    return run;
  };
  const plan = (risk: Plan['risk']) => ({ risk }) as Plan;
  const waiting: RunPatch = { state: 'waiting', waitsFor: minute };
  const put = (by: Run['requestedBy'], risk: Plan['risk'] = 'high', action = 'restart') =>
    make({ requestedBy: by, action }, { state: 'planned', plan: plan(risk) }, waiting);
  const somebody = () => ({ id: `U-${randomUUID()}`, team: 'T1' });
  const high = (by: Run['requestedBy'], except = '') => ({
    by,
    of: { risk: 'high' } as const,
    except,
  });

  test('there is room until as many were asked for as there may be, and again when the oldest is long ago', async () => {
    const by = somebody();
    const made: Run[] = [];
    for (let n = 0; n < limit.most; n += 1) {
      expect(await tally().asked(high(by), limit)).toBeNull();
      made.push(await put(by));
      await pass(minute);
    }
    const oldest = made[0] ?? expect.fail();
    expect(await tally().asked(high(by), limit)).toBe(oldest.createdAt + limit.within);
    await pass(limit.within - 3 * minute - 5_000);
    expect(await tally().asked(high(by), limit)).not.toBeNull();
    await pass(6_000);
    expect(await tally().asked(high(by), limit)).toBeNull();
  });

  test('with more than there may be, the newest ones say when there is room', async () => {
    const by = somebody();
    const made: Run[] = [];
    for (let n = 0; n < 5; n += 1) {
      made.push(await put(by));
      await pass(1_000);
    }
    const third = made[2] ?? expect.fail();
    expect(await tally().asked(high(by), limit)).toBe(third.createdAt + limit.within);
  });

  test('only the same person of the same team, the same risk or action, and not the run itself count', async () => {
    const by = somebody();
    const one = { most: 1, within: minute * 60 };
    const run = await put(by, 'high', 'block');
    const full = run.createdAt + one.within;
    expect(await tally().asked(high(by), one)).toBe(full);
    expect(await tally().asked({ by, of: { action: 'block' }, except: '' }, one)).toBe(full);
    expect(await tally().asked(high(by, run.id), one)).toBeNull();
    expect(await tally().asked(high(somebody()), one)).toBeNull();
    expect(await tally().asked(high({ ...by, team: 'T2' }), one)).toBeNull();
    expect(await tally().asked({ by, of: { risk: 'destructive' }, except: '' }, one)).toBeNull();
    expect(await tally().asked({ by, of: { action: 'restart' }, except: '' }, one)).toBeNull();
  });

  test('what the machine refused does not count; what people were asked does, however it ended', async () => {
    const one = { most: 1, within: minute * 60 };
    const planned: RunPatch = { state: 'planned', plan: plan('high') };
    const ways: [RunPatch[], boolean][] = [
      [[], false],
      [[{ state: 'denied' }], false],
      [[planned], true],
      [[planned, { state: 'denied' }], false],
      [[planned, { state: 'failed' }], false],
      [[planned, waiting, { state: 'denied' }], true],
      [[planned, waiting, { state: 'expired' }], true],
      [[planned, { state: 'approved', validFor: 1_000 }], true],
      [[planned, { state: 'approved', validFor: 1_000 }, { state: 'succeeded' }], true],
    ];
    for (const [patches, counts] of ways) {
      const by = somebody();
      await make({ requestedBy: by }, ...patches);
      expect((await tally().asked(high(by), one)) !== null, JSON.stringify(patches)).toBe(counts);
    }
  });

  test('what the machine refused is counted for itself: what was put to nobody and has ended', async () => {
    const one = { most: 1, within: minute * 60 };
    const planned: RunPatch = { state: 'planned', plan: plan('high') };
    const ways: [RunPatch[], boolean][] = [
      [[], false],
      [[planned], false],
      [[{ state: 'denied' }], true],
      [[{ state: 'failed' }], true],
      [[planned, { state: 'denied' }], true],
      [[planned, waiting], false],
      [[planned, waiting, { state: 'denied' }], false],
      [[planned, waiting, { state: 'expired' }], false],
      [[planned, { state: 'approved', validFor: 1_000 }, { state: 'failed' }], false],
      [[{ state: 'cancelled' }], false],
    ];
    for (const [patches, counts] of ways) {
      const by = somebody();
      await make({ requestedBy: by }, ...patches);
      const room = await tally().refused(by, one);
      expect(room !== null, JSON.stringify(patches)).toBe(counts);
      expect(await tally().refused({ ...by, team: 'T2' }, one)).toBeNull();
    }
  });

  test('there is room for refusals again once the oldest is long ago', async () => {
    const by = somebody();
    const first = await make({ requestedBy: by }, { state: 'denied' });
    for (let n = 1; n < limit.most; n += 1) {
      expect(await tally().refused(by, limit)).toBeNull();
      await pass(minute);
      await make({ requestedBy: by }, { state: 'denied' });
    }
    expect(await tally().refused(by, limit)).toBe(first.createdAt + limit.within);
    await pass(limit.within - (limit.most - 1) * minute);
    expect(await tally().refused(by, limit)).toBeNull();
  });

  test('what takes another run back does not count for who asked', async () => {
    const by = somebody();
    const parent = await put(somebody());
    await make({ requestedBy: by, parent: parent.id }, { plan: plan('high') }, waiting);
    expect(await tally().asked(high(by), { most: 1, within: minute * 60 })).toBeNull();
  });

  const on = (service: string, env = 'prod') => ({ service, env });
  const begin = (target: Run['target'], action = 'restart') =>
    make({ target, action }, { state: 'claimed' }, { state: 'executing' });
  const restarts = (target: Run['target'], except = '') => ({
    action: 'restart',
    target,
    except,
  });

  test('what began on a target counts from when it began, whatever becomes of it', async () => {
    const target = on(randomUUID());
    const run = await make({ target }, { state: 'claimed' });
    await pass(5 * minute);
    const one = { most: 1, within: 10 * minute };
    expect(await tally().begun(restarts(target), one)).toBeNull();
    const began = await runs().transition(change(run, { patch: { state: 'executing' } }));
    const at = began.kind === 'done' ? began.run.changedAt : expect.fail();
    expect(await tally().begun(restarts(target), one)).toBe(at + one.within);
    await pass(minute);
    const again = { ...run, version: run.version + 1 };
    await runs().transition(change(again, { patch: { state: 'executing' } }));
    const ended = { ...run, version: run.version + 2 };
    await runs().transition(change(ended, { patch: { state: 'failed' } }));
    expect(await tally().begun(restarts(target), one)).toBe(at + one.within);
    expect(await tally().begun(restarts(target, run.id), one)).toBeNull();
    await pass(9 * minute);
    expect(await tally().begun(restarts(target), one)).toBeNull();
  });

  test('only the same action on the same target counts, or on all of its environment', async () => {
    const env = `env-${randomUUID()}`;
    const one = { most: 1, within: 10 * minute };
    await begin(on('a', env), 'rollback');
    expect(await tally().begun(restarts(on('a', env)), one)).toBeNull();
    await begin(on('b', env));
    expect(await tally().begun(restarts(on('a', env)), one)).toBeNull();
    expect(await tally().begun(restarts(on('b', `${env}-2`)), one)).toBeNull();
    await begin(on(everyService, env));
    expect(await tally().begun(restarts(on('a', env)), one)).not.toBeNull();
  });

  test('what began on all services counts for those that its plan has steps on', async () => {
    const env = `env-${randomUUID()}`;
    const one = { most: 1, within: 10 * minute };
    const steps = ['a:restart:api', 'a:evidence', 'b_b:restart'].map((id) => ({ id }) as Step);
    const all: Plan = { ...plan('high'), steps };
    const begun = { state: 'executing' } as const;
    const target = on(everyService, env);
    await make({ target }, { state: 'planned', plan: all }, begun);
    const full = async (service: string) =>
      (await tally().begun(restarts(on(service, env)), one)) !== null;
    expect(await Promise.all(['a', 'b_b'].map(full))).toEqual([true, true]);
    const others = ['b', 'bxb', 'c', 'restart', '%', ''];
    expect(await Promise.all(others.map(full))).toEqual(others.map(() => false));
  });

  test('who asks for all services asks once', async () => {
    const by = somebody();
    const two = { most: 2, within: minute * 60 };
    const block = (service: string) =>
      make(
        { requestedBy: by, action: 'block', target: on(service) },
        { plan: plan('low') },
        waiting,
      );
    const room = () => tally().asked({ by, of: { action: 'block' }, except: '' }, two);
    const first = await block(everyService);
    expect(await room()).toBeNull();
    await block('a');
    expect(await room()).toBe(first.createdAt + two.within);
  });

  test('it is the count of a sliding window, for any times and any limit', async () => {
    const gap = fc.integer({ min: 1, max: 4 });
    const limits = fc.record({ most: fc.integer({ min: 1, max: 4 }), minutes: gap });
    await fc.assert(
      fc.asyncProperty(fc.array(gap, { maxLength: 6 }), limits, async (gaps, { most, minutes }) => {
        const target = on(randomUUID());
        const window = { most, within: minutes * minute + 30_000 };
        const begun: number[] = [];
        for (const wait of gaps) {
          await pass(wait * minute);
          const run = await begin(target);
          begun.push(run.changedAt);
          const within = begun.filter((at) => at > run.changedAt - window.within);
          const expected = within.length < most ? null : (within.at(-most) ?? 0) + window.within;
          expect(await tally().begun(restarts(target), window)).toBe(expected);
        }
      }),
      { numRuns: 15 },
    );
  });
}
