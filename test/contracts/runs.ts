import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../src/core/audit.ts';
import type { Plan } from '../../src/core/plan.ts';
import { type Run, type RunState, runStates } from '../../src/core/run.ts';
import type { NewRun, Runs, Transition } from '../../src/core/transition.ts';
import type { Store } from '../../src/store/open-store.ts';

/** The ports that a change of a run reaches. */
export interface RunsSetUp {
  store: Pick<Store, 'runs' | 'audit' | 'outbox' | 'jobs'>;
  /** Lets so many milliseconds pass for the database. */
  pass(ms: number): Promise<void>;
}

/** A run that nobody has asked for before. */
export const newRun = (change: Partial<NewRun> = {}): NewRun => ({
  id: randomUUID(),
  action: 'restart',
  target: { service: 'rms-auth', env: 'prod' },
  params: {},
  reason: 'memory leak',
  requestedBy: { id: 'U1', team: 'T1' },
  askedIn: 'C1',
  ...change,
});

/** What the audit says of a change. */
export const entry = (event: string, facts: AuditEntry['facts'] = {}): AuditEntry => ({
  event,
  actor: 'user:T1/U1',
  facts,
});

/** A change of a run that changes nothing but its version. */
export const change = (
  { id, version }: { id: string; version: number },
  more: Partial<Transition> = {},
): Transition => ({
  id,
  version,
  patch: {},
  audit: entry('run.changed'),
  jobs: [],
  messages: [],
  ...more,
});

/** What every implementation of {@link Runs} must do. */
export function runsContract(setUp: () => RunsSetUp) {
  const runs = (): Runs => setUp().store.runs;
  const create = (run: NewRun = newRun()) => runs().create(run, entry('run.requested'));
  const recordsOf = async (subject: string) =>
    (await setUp().store.audit.find({ subject, limit: 1_000 })).toReversed();

  test('a new run is as it was asked for, at version 1', async () => {
    const asked = newRun({ params: { to: '1.4.2', list: [1, null, { b: true, a: 'x' }] } });
    const run = await create(asked);
    expect(run).toEqual({
      ...asked,
      parent: null,
      version: 1,
      state: 'requested',
      plan: null,
      approval: null,
      votes: [],
      steps: [],
      verdict: null,
      why: null,
      fence: null,
      createdAt: expect.any(Number),
      changedAt: run.createdAt,
      waitsUntil: null,
      validUntil: null,
      ending: null,
    });
    expect(await runs().find(asked.id)).toEqual(run);
  });

  test('what would be planned instead is kept with the run that is superseded by it', async () => {
    const run = await create();
    const newPlan = { summary: 'Restart it', steps: [{ id: 'restart:api' }] } as unknown as Plan;
    const patch = { state: 'superseded' as const, newPlan };
    const done = await runs().transition(change(run, { patch }));
    expect(done).toMatchObject({ kind: 'done', run: { state: 'superseded', newPlan } });
    expect(await runs().find(run.id)).toMatchObject({ newPlan, plan: null });
  });

  test('a run that nobody created is not found', async () => {
    expect(await runs().find(randomUUID())).toBeNull();
  });

  test('an id can be taken once', async () => {
    const run = await create();
    await expect(create(newRun({ id: run.id }))).rejects.toThrow();
    expect(await recordsOf(run.id)).toHaveLength(1);
  });

  test('a change sets what its patch names, and moves the version by one', async () => {
    const run = await create();
    const patch = {
      state: 'executing' as const,
      votes: [
        {
          person: 'U2',
          kind: 'approve' as const,
          roles: ['manager'],
          planHash: 'abc',
          note: null,
          at: 5,
        },
      ],
      steps: [{ id: 'restart:api', intentAt: 7, outcome: null }],
      verdict: { ok: true, checks: [{ name: 'health', ok: true, seen: 'up' }] },
      why: 'so',
      fence: 9,
      waitsFor: 60_000,
      escalated: { to: ['role:manager'], people: ['U2', 'U3'] },
    };
    const done = await runs().transition(change(run, { patch }));
    const { waitsFor: _, ...set } = patch;
    expect(done).toMatchObject({ kind: 'done', run: { ...set, version: 2, plan: null } });
    const after = await runs().find(run.id);
    expect(done).toEqual({ kind: 'done', run: after });
    await runs().transition(
      change({ id: run.id, version: 2 }, { patch: { verdict: null, why: null } }),
    );
    expect(await runs().find(run.id)).toMatchObject({
      ...set,
      version: 3,
      verdict: null,
      why: null,
    });
  });

  test('a change of another version, or of no run, changes nothing', async () => {
    const run = await create();
    for (const wrong of [
      { ...run, version: 0 },
      { ...run, version: 2 },
      { id: 'no', version: 1 },
    ]) {
      const messages = [{ kind: 'card' as const, to: run.id }];
      const said = await runs().transition(change(wrong, { messages, patch: { why: 'no' } }));
      expect(said).toEqual({ kind: 'moved-on' });
    }
    expect(await runs().find(run.id)).toEqual(run);
    expect(await recordsOf(run.id)).toHaveLength(1);
  });

  test('deadlines are counted from the change, and decide by the time of the database', async () => {
    const run = await create();
    const at = { ...run, version: 2 };
    const done = await runs().transition(
      change(run, { patch: { waitsFor: 60_000, validFor: 90_000 } }),
    );
    const { changedAt, waitsUntil, validUntil } = done.kind === 'done' ? done.run : expect.fail();
    expect([waitsUntil, validUntil]).toEqual([changedAt + 60_000, changedAt + 90_000]);
    const moved = { kind: 'moved-on' };
    expect(await runs().transition(change(at, { after: 'waitsUntil' }))).toEqual(moved);
    await setUp().pass(61_000);
    expect(await runs().transition(change(at, { before: 'waitsUntil' }))).toEqual(moved);
    expect(await runs().transition(change(at, { after: 'validUntil' }))).toEqual(moved);
    expect(await runs().transition(change(at, { before: 'validUntil' }))).toMatchObject({
      kind: 'done',
    });
    await setUp().pass(30_000);
    const late = { ...run, version: 3 };
    expect(await runs().transition(change(late, { before: 'validUntil' }))).toEqual(moved);
    expect(await runs().transition(change(late, { after: 'waitsUntil' }))).toMatchObject({
      kind: 'done',
    });
  });

  test('a deadline can count as passed some time before, and not as long as that is ahead', async () => {
    const run = await create();
    await runs().transition(change(run, { patch: { waitsFor: 600_000 } }));
    const at = { ...run, version: 2 };
    const early = { before: 'waitsUntil', after: 'waitsUntil', early: 540_000 } as const;
    expect(await runs().transition(change(at, early))).toEqual({ kind: 'moved-on' });
    await setUp().pass(61_000);
    expect(await runs().transition(change(at, early))).toMatchObject({ kind: 'done' });
    await setUp().pass(540_000);
    const late = { ...run, version: 3 };
    expect(await runs().transition(change(late, early))).toEqual({ kind: 'moved-on' });
  });

  test('a deadline that was never set has neither passed nor not', async () => {
    const run = await create();
    for (const condition of [{ before: 'waitsUntil' }, { after: 'validUntil' }] as const) {
      expect(await runs().transition(change(run, condition))).toEqual({ kind: 'moved-on' });
    }
  });

  test('each change has exactly one audit record, with who, what and when', async () => {
    const run = await create();
    const audit = { event: 'run.planned', actor: 'gatehouse', facts: { hash: 'abc', n: 1 } };
    const done = await runs().transition(change(run, { audit }));
    const { changedAt } = done.kind === 'done' ? done.run : expect.fail();
    const common = {
      subject: run.id,
      id: expect.any(Number),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    expect(await recordsOf(run.id)).toEqual([
      { ...common, ...entry('run.requested'), version: 1, at: run.createdAt },
      { ...common, ...audit, version: 2, at: changedAt },
    ]);
  });

  test('a job of a change reaches its queue with the new version, and none without the change', async () => {
    const { jobs } = setUp().store;
    const name = `test-${randomUUID()}`;
    const { promise: first, resolve } = Promise.withResolvers<object>();
    const handle = async (job: object) => resolve(job);
    jobs.declare({ name, retries: 0, poll: 0.5, cron: null, handle });
    await jobs.ready();
    const run = await create();
    const timed = [{ queue: name, dueIn: 0 }];
    await runs().transition(change({ ...run, version: 7 }, { jobs: timed }));
    await runs().transition(change(run, { jobs: timed }));
    expect(await first).toEqual({ subject: run.id, version: 2 });
  });

  test('a change whose job cannot be remembered does not happen', async () => {
    const run = await create();
    const jobs = [{ queue: 'nobody', dueIn: 0 }];
    const messages = [{ kind: 'card' as const, to: `C-${run.id}` }];
    await expect(runs().transition(change(run, { jobs, messages }))).rejects.toThrow('nobody');
    expect(await runs().find(run.id)).toEqual(run);
    expect(await recordsOf(run.id)).toHaveLength(1);
  });

  test('of any changes of the same version at once, exactly one happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 2, max: 6 }), { minLength: 1, maxLength: 5 }),
        async (rounds) => {
          const { id } = await create();
          for (const [round, rivals] of rounds.entries()) {
            const at = { id, version: round + 1 };
            const said = await Promise.all(
              Array.from({ length: rivals }, (_, rival) =>
                runs().transition(change(at, { patch: { why: `${round}-${rival}` } })),
              ),
            );
            const winners = said.flatMap((one, rival) =>
              one.kind === 'done' ? [{ one, rival }] : [],
            );
            expect(winners).toHaveLength(1);
            const why = `${round}-${winners[0]?.rival}`;
            expect(await runs().find(id)).toMatchObject({ version: round + 2, why });
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  test('the versions of all runs together are as many as their records, whatever is tried at once', async () => {
    const attempt = fc.record({ run: fc.nat(3), version: fc.integer({ min: 0, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { maxLength: 30 }), async (attempts) => {
        const made = await Promise.all(Array.from({ length: 4 }, () => create()));
        await Promise.all(
          attempts.map(({ run, version }) =>
            runs().transition(change({ id: made[run]?.id ?? '', version })),
          ),
        );
        for (const { id } of made) {
          const versions = (await recordsOf(id)).map(({ version }) => version);
          const now = (await runs().find(id))?.version ?? 0;
          expect(versions).toEqual(Array.from({ length: now }, (_, at) => at + 1));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('runs are found by their states, oldest first', async () => {
    const made: Run[] = [];
    for (let n = 0; n < 3; n += 1) {
      made.push(await create());
      await setUp().pass(2);
    }
    const [first, second, third] = made.map(({ id }) => id);
    await runs().transition(change(made[1] ?? expect.fail(), { patch: { state: 'compensated' } }));
    const among = async (states: readonly RunState[]) =>
      (await runs().inStates(states))
        .map(({ id }) => id)
        .filter((id) => made.some((run) => run.id === id));
    expect(await among(['requested', 'compensated'])).toEqual([first, second, third]);
    expect(await among(['compensated'])).toEqual([second]);
    expect(await among([])).toEqual([]);
  });

  test('every state that a run can have is stored', async () => {
    const { id } = await create();
    for (const [at, state] of runStates.entries()) {
      expect(
        await runs().transition(change({ id, version: at + 1 }, { patch: { state } })),
      ).toMatchObject({
        run: { state },
      });
    }
  });

  test('any text can be part of a run: what no database can hold is replaced, the rest stays', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constant('\0\ud800 \\u0000 <!channel> \u202e'),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.jsonValue(), async (reason, params) => {
        const run = await create(newRun({ reason, params: params as NewRun['params'] }));
        expect(run.reason).toBe(reason.toWellFormed().replaceAll('\0', '\uFFFD'));
        const audit = entry(reason, { [reason]: reason });
        expect(
          await runs().transition(change(run, { audit, patch: { why: reason } })),
        ).toMatchObject({
          run: { why: run.reason, params: run.params },
        });
        expect((await recordsOf(run.id))[1]).toMatchObject({
          event: run.reason,
          facts: { [run.reason]: run.reason },
        });
      }),
      { numRuns: 30 },
    );
  });
}
