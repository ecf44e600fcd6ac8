import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Lifted, liftingLasts, neverStopped } from '../../src/core/kill-switch.ts';
import type { Store } from '../../src/store/open-store.ts';

/** A kill switch that nobody has used yet, and what it is written down in. */
export interface KillSwitchSetUp {
  store: Pick<Store, 'killSwitch' | 'audit'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

const who = (n: number) => ({ id: `U${n}`, team: 'T1' });
const [engineer, manager, second] = [who(1), who(2), who(3)];

/** What every implementation of `KillSwitch` must do. The tests follow each other: there is one switch. */
export function killSwitchContract(setUp: () => KillSwitchSetUp) {
  const it = () => setUp().store.killSwitch;
  const records = async () =>
    (await setUp().store.audit.find({ subject: 'system:kill-switch', limit: 10_000 })).toReversed();
  const off = async () => {
    if (!(await it().state()).on) return;
    await it().lift(manager);
    await it().lift(second);
  };

  test('is off before anybody has used it, and then there is nothing to lift', async () => {
    expect(await it().state()).toEqual(neverStopped);
    expect(await it().lift(manager)).toEqual({ kind: 'was-off', state: neverStopped });
    expect(await records()).toEqual([]);
  });

  test('stops at once, and says who did it, why and since when', async () => {
    const stopped = await it().engage(engineer, 'login storm');
    expect(stopped).toEqual({
      on: true,
      since: expect.any(Number),
      by: engineer,
      reason: 'login storm',
      liftedBy: [],
    });
    expect(await it().state()).toEqual(stopped);
  });

  test('one person cannot lift it, however often; a second one does', async () => {
    await it().engage(engineer, 'login storm');
    for (let times = 0; times < 3; times += 1) {
      expect(await it().lift(manager)).toMatchObject({ kind: 'one-more', state: { on: true } });
    }
    expect((await it().state()).liftedBy).toEqual([{ ...manager, at: expect.any(Number) }]);
    expect(await it().lift(second)).toMatchObject({ kind: 'off', state: { on: false } });
    expect(await it().state()).toMatchObject({ on: false, reason: 'login storm' });
    expect(await it().lift(second)).toMatchObject({ kind: 'was-off', state: { on: false } });
  });

  test('who stopped everything may be one of the two', async () => {
    await it().engage(manager, 'not sure');
    expect((await it().lift(manager)).kind).toBe('one-more');
    expect((await it().lift(engineer)).kind).toBe('off');
  });

  test('people of two teams with the same id are two people', async () => {
    await it().engage(engineer, 'storm');
    await it().lift(manager);
    expect((await it().lift({ ...manager, team: 'T2' })).kind).toBe('off');
  });

  test('a word that was made void does not count, and the others do', async () => {
    await it().engage(engineer, 'storm');
    await it().lift(manager);
    expect(await it().lift(second, [manager])).toMatchObject({
      kind: 'one-more',
      state: { on: true, liftedBy: [second] },
    });
    expect((await it().lift(engineer, [manager])).kind).toBe('off');
  });

  test('stopping again makes void what was said for going on', async () => {
    await it().engage(engineer, 'one');
    await it().lift(manager);
    const again = await it().engage(second, 'two');
    expect(again).toMatchObject({ on: true, by: second, reason: 'two', liftedBy: [] });
    expect((await it().lift(second)).kind).toBe('one-more');
    expect((await it().lift(manager)).kind).toBe('off');
  });

  test('a word for going on counts for an hour', async () => {
    await it().engage(engineer, 'storm');
    await it().lift(manager);
    await setUp().pass(liftingLasts + 1_000);
    expect((await it().state()).liftedBy).toEqual([]);
    expect((await it().lift(second)).kind).toBe('one-more');
    expect((await it().state()).liftedBy).toMatchObject([second]);
    await setUp().pass(liftingLasts - 60_000);
    expect((await it().lift(manager)).kind).toBe('off');
  });

  test('each change has exactly one record, with who and what, and the log is whole', async () => {
    await off();
    const before = (await records()).length;
    await it().engage(engineer, 'storm');
    await it().lift(manager);
    await it().lift(second);
    await it().lift(second);
    const kept = await records();
    expect(kept.map(({ version }) => version)).toEqual(kept.map((_, at) => at + 1));
    expect(kept.slice(before)).toMatchObject([
      { event: 'kill-switch.engaged', actor: 'user:T1/U1', facts: { reason: 'storm' } },
      { event: 'kill-switch.lift-wanted', actor: 'user:T1/U2', facts: { stopped: true } },
      {
        event: 'kill-switch.lifted',
        actor: 'user:T1/U3',
        facts: { stopped: false, liftedBy: ['user:T1/U2', 'user:T1/U3'] },
      },
    ]);
    expect(await setUp().store.audit.verify()).toMatchObject({ ok: true });
  });

  test('any text can be the reason: what no database can hold is replaced', async () => {
    const reason = '\0\ud800 <!channel> "\u202e';
    const { reason: kept } = await it().engage(engineer, reason);
    expect(kept).toBe(reason.toWellFormed().replaceAll('\0', '\uFFFD'));
    expect((await it().state()).reason).toBe(kept);
  });

  test('of two who lift it in the same instant, one lifts it', async () => {
    await it().engage(engineer, 'storm');
    const said = await Promise.all([it().lift(manager), it().lift(second)]);
    expect(said.map(({ kind }) => kind).sort()).toEqual(['off', 'one-more']);
  });

  test('whatever is done at once, it is off only after two distinct people said so since the last stop', async () => {
    const doing = fc.record({ stop: fc.boolean(), by: fc.integer({ min: 1, max: 3 }) });
    const rounds = fc.array(fc.array(doing, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        await it().engage(engineer, 'start');
        const before = (await records()).length;
        const lifts: Lifted[] = [];
        for (const round of all) {
          const said = round.map(({ stop, by }) =>
            stop ? it().engage(who(by), 'again') : it().lift(who(by)),
          );
          lifts.push(...(await Promise.all(said)).filter((one) => 'kind' in one));
        }
        const story = (await records()).slice(before - 1);
        expect((await it().state()).on).toBe(judged(story));
        const ends = story.filter(({ event }) => event === 'kill-switch.lifted');
        expect(lifts.filter(({ kind }) => kind === 'off')).toHaveLength(ends.length);
      }),
      { numRuns: 15 },
    );
  });
}

/** Whether changes are stopped at the end of what was written down; throws when two were not two. */
function judged(story: readonly { event: string; actor: string }[]): boolean {
  let on = false;
  let said = new Set<string>();
  for (const { event, actor } of story) {
    if (event === 'kill-switch.engaged') [on, said] = [true, new Set()];
    else {
      expect(on).toBe(true);
      said.add(actor);
      on = event !== 'kill-switch.lifted';
      expect(said.size >= 2).toBe(!on);
    }
  }
  return on;
}
