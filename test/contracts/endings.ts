import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type EndedOn, type Run, type RunState, runStates } from '../../src/core/run.ts';
import { everyService } from '../../src/core/target.ts';
import { change, entry, newRun, type RunsSetUp } from './runs.ts';

/** What every implementation of `Runs` must do about what a run did and what ends by itself. */
export function endingsContract(setUp: () => RunsSetUp) {
  const runs = () => setUp().store.runs;
  const create = (more: Parameters<typeof newRun>[0] = {}) =>
    runs().create(newRun(more), entry('run.requested'));
  const done = async (...given: Parameters<typeof change>): Promise<Run> => {
    const said = await runs().transition(change(...given));
    return said.kind === 'done' ? said.run : expect.fail('it had moved on');
  };
  const lasting = async (ms: number, more: Parameters<typeof newRun>[0] = {}) =>
    done(await create(more), { patch: { endsIn: ms } });
  const own = (all: readonly Run[], ...mine: readonly Run[]) =>
    all.map(({ id }) => id).filter((id) => mine.some((run) => run.id === id));
  const ids = (...all: readonly Run[]) => all.map(({ id }) => id);

  test('what a run does ends so long after the change that says so, by the time of the database', async () => {
    const long = await lasting(90_000);
    const short = await lasting(60_000);
    expect(short.ending).toEqual({ at: short.changedAt + 60_000, ended: null });
    expect(own(await runs().toEnd(), long, short)).toEqual([]);
    await setUp().pass(61_000);
    expect(own(await runs().toEnd(), long, short)).toEqual(ids(short));
    await setUp().pass(30_000);
    expect(own(await runs().toEnd(), long, short)).toEqual(ids(short, long));
  });

  test('what is being undone is not found again until that is over', async () => {
    const run = await lasting(0);
    await setUp().pass(10);
    const child = await create({ parent: run.id });
    expect(own(await runs().toEnd(), run)).toEqual([]);
    await done(child, { patch: { state: 'interrupted' } });
    expect(own(await runs().toEnd(), run)).toEqual(ids(run));
  });

  test('when there is nothing to end after all, nothing ends', async () => {
    const none = await done(await lasting(0), { patch: { endsIn: null } });
    expect(none.ending).toBeNull();
    await setUp().pass(10);
    expect(own(await runs().toEnd(), none)).toEqual([]);
    expect(own(await runs().lasting(none.target, 0), none)).toEqual([]);
  });

  test('what has ended is not found again, keeps how, and cannot end otherwise', async () => {
    const run = await lasting(0);
    await setUp().pass(10);
    const ended = await done(run, { patch: { ended: { how: 'done', by: 'R-2' } } });
    expect(ended.ending).toEqual({ at: run.ending?.at, ended: { how: 'done', by: 'R-2' } });
    expect(await runs().find(run.id)).toEqual(ended);
    expect(own(await runs().toEnd(), run)).toEqual([]);
    for (const patch of [
      { endsIn: 5 },
      { endsIn: null },
      { ended: { how: 'replaced', by: 'R-3' } as const },
    ]) {
      await expect(runs().transition(change(ended, { patch }))).rejects.toThrow();
    }
    expect((await done(ended, { patch: { why: 'so' } })).ending).toEqual(ended.ending);
  });

  test('what does not end by itself cannot be ended', async () => {
    const run = await create();
    const patch = { ended: { how: 'done', by: 'R-2' } as const };
    await expect(runs().transition(change(run, { patch }))).rejects.toThrow();
    expect((await runs().find(run.id))?.ending).toBeNull();
  });

  const onAll = async (endsOn: EndedOn, env = 'prod') =>
    done(await create({ target: { service: everyService, env } }), {
      patch: { endsIn: 0, endsOn },
    });
  const ended = { how: 'done', by: 'R-2' } as const;

  test('what was done to all services is found while it ends on one of them that nothing is ending', async () => {
    const run = await onAll({ a: null, b: null });
    expect(run.ending).toEqual({ at: run.changedAt, ended: null, on: { a: null, b: null } });
    expect(await runs().find(run.id)).toEqual(run);
    await setUp().pass(10);
    const at = (service: string) => ({ parent: run.id, target: { service, env: 'prod' } });
    const a = await create(at('a'));
    expect(own(await runs().toEnd(), run)).toEqual(ids(run));
    const b = await create(at('b'));
    expect(own(await runs().toEnd(), run)).toEqual([]);
    await done(b, { patch: { state: 'failed' } });
    expect(own(await runs().toEnd(), run)).toEqual(ids(run));
    const half = await done(run, { patch: { endsOn: { a: null, b: ended } } });
    expect(own(await runs().toEnd(), run)).toEqual([]);
    await done(a, { patch: { state: 'succeeded' } });
    expect(own(await runs().toEnd(), run)).toEqual(ids(run));
    const patch = { endsOn: { a: ended, b: ended }, ended };
    const whole = await done(half, { patch });
    expect(whole.ending).toEqual({ at: run.ending?.at, ended, on: { a: ended, b: ended } });
    expect(own(await runs().toEnd(), run)).toEqual([]);
  });

  test('what has ended on a service stays so', async () => {
    const run = await onAll({ a: ended, b: null });
    for (const patch of [
      { endsOn: { a: null, b: null } },
      { endsOn: { b: null } },
      { endsOn: { a: { how: 'replaced', by: 'R-3' } as const, b: null } },
      { endsIn: null },
    ]) {
      await expect(
        runs().transition(change(run, { patch })),
        JSON.stringify(patch),
      ).rejects.toThrow();
    }
    const more = await done(run, { patch: { endsOn: { a: ended, b: null, c: null } } });
    expect(more.ending?.on).toEqual({ a: ended, b: null, c: null });
    const whole = await done(more, { patch: { ended } });
    const patch = { endsOn: { a: ended, b: ended, c: null } };
    await expect(runs().transition(change(whole, { patch }))).rejects.toThrow();
  });

  test('when there is nothing to end after all, it ends on no service either', async () => {
    const none = await done(await onAll({ a: null }), { patch: { endsIn: null } });
    expect(none.ending).toBeNull();
    const patch = { endsOn: { a: null } };
    await expect(runs().transition(change(none, { patch }))).rejects.toThrow();
  });

  test('on each target at most one run that undoes another is open or has succeeded', async () => {
    const parent = await create({ target: { service: everyService, env: 'prod' } });
    const at = (service: string, env = 'prod') => ({ parent: parent.id, target: { service, env } });
    await create(at('a'));
    await expect(create(at('a'))).rejects.toThrow();
    const b = await create(at('b'));
    await done(b, { patch: { state: 'succeeded' } });
    await expect(create(at('b'))).rejects.toThrow();
    await create(at('a', 'staging'));
  });

  test('what lasts on a target is what is still to end, and what was to end since', async () => {
    const target = { service: `s-${randomUUID()}`, env: 'prod' };
    const gone = await lasting(1_000, { target });
    await done(gone, { patch: { ended: { how: 'done', by: 'R-2' } } });
    const open = await lasting(2_000, { target });
    await lasting(3_000, { target: { ...target, env: 'staging' } });
    await create({ target });
    const at = gone.ending?.at ?? 0;
    expect(ids(...(await runs().lasting(target, at)))).toEqual(ids(gone, open));
    expect(ids(...(await runs().lasting(target, at + 1)))).toEqual(ids(open));
    expect(ids(...(await runs().lasting(target, at + 9_000)))).toEqual(ids(open));
  });

  test('a run that undoes another names it, and they are found oldest first', async () => {
    const parent = await create();
    const first = await create({ parent: parent.id });
    expect(first.parent).toBe(parent.id);
    await done(first, { patch: { state: 'failed' } });
    await setUp().pass(5);
    const second = await create({ parent: parent.id });
    expect(ids(...(await runs().children(parent.id)))).toEqual(ids(first, second));
    expect(await runs().children(first.id)).toEqual([]);
  });

  test('at most one run that undoes another is open or has succeeded, whoever else tries', async () => {
    const parent = await create();
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => create({ parent: parent.id })),
    );
    const made = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(made).toHaveLength(1);
    expect(await runs().children(parent.id)).toEqual(made);
    const [child] = made as [Run];
    const over = runStates.slice(8);
    for (const [at, state] of [...runStates.slice(0, 8), ...over].entries()) {
      await done({ id: child.id, version: at + 1 }, { patch: { state: state as RunState } });
      if (over.includes(state)) break;
      await expect(create({ parent: parent.id }), state).rejects.toThrow();
    }
    expect((await create({ parent: parent.id })).parent).toBe(parent.id);
  });
}
