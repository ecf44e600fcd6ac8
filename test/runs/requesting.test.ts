import { describe, expect, test } from 'vitest';
import { GivenUpError } from '../../src/core/errors.ts';
import type { Run } from '../../src/core/run.ts';
import type { Runs } from '../../src/core/transition.ts';
import { requestRun } from '../../src/runs/asking/request-run.ts';
import type { RunTools } from '../../src/runs/run-tools.ts';
import { takeVote } from '../../src/runs/voting/take-vote.ts';
import { oneManager, someRun } from '../support/some-run.ts';
import { actionOn, aRequest, ballot } from './grounds.ts';
import { someTools } from './some-tools.ts';

const asked = someRun({ id: 'R-1', state: 'requested', plan: null, approval: null });
const forEver = { sleep: () => new Promise<void>(() => {}) };

/** What comes of a request, and what was written down. */
async function requested(change: Partial<RunTools> = {}, runs: Partial<Runs> = {}, more = {}) {
  const created: Parameters<Runs['create']>[] = [];
  const all = someTools(
    { ...forEver, ...change },
    {
      create: async (...words) => {
        created.push(words);
        return asked;
      },
      ...runs,
    },
  );
  const said = await requestRun(all.tools, aRequest(more)).catch((error: unknown) => String(error));
  const events = all.changes.map(({ audit }) => audit.event);
  return { ...all, said, created, events };
}
const refused = (error: object) => ({ ok: false, error });

describe('a request', () => {
  test('is written down with who asked for what, and what it came of', async () => {
    const { created } = await requested({}, {}, { origin: 'delivery 7' });
    const [[run, entry]] = created as [Parameters<Runs['create']>];
    expect(run).toEqual({
      id: 'R-1',
      action: 'restart',
      target: { service: 'rms-auth', env: 'prod' },
      params: {},
      reason: 'it leaks memory again',
      requestedBy: { id: 'asker', team: 'T1' },
      askedIn: 'C1',
      origin: 'delivery 7',
    });
    expect(entry).toEqual({
      event: 'run.requested',
      actor: 'user:T1/asker',
      facts: {
        agent: 'test',
        action: 'restart',
        service: 'rms-auth',
        env: 'prod',
        params: {},
        reason: 'it leaks memory again',
        roles: ['oncall'],
      },
    });
    const { created: bare } = await requested();
    expect(bare[0]?.[0]).not.toHaveProperty('origin');
  });

  test('is planned and waits, and its record says what the plan was made from', async () => {
    const { changes, events } = await requested();
    expect(events).toEqual(['run.planned', 'run.waiting']);
    expect(changes[0]?.audit.facts).toMatchObject({
      summary: expect.any(String),
      risk: 'high',
      riskReasons: ['it is a test'],
      approval: 'one',
      before: { release: '1.0', effects: '0' },
      steps: ['Do one', 'Do two'],
    });
    expect(changes[0]?.messages).toEqual([]);
    expect(changes[1]?.audit.facts).toMatchObject({ approval: 'one' });
  });

  test('for which nothing is needed is approved at once, by nobody’s vote', async () => {
    const { tools } = someTools();
    const none = { ...oneManager, name: 'none', slots: [] };
    const policy = tools.approvals();
    const approvals = () => ({
      ...policy,
      production: { low: none, high: none, destructive: none },
    });
    const { changes, events } = await requested({ approvals });
    expect(events).toEqual(['run.planned', 'run.approved']);
    expect(changes[1]).toMatchObject({
      patch: { state: 'approved', validFor: 600_000 },
      audit: { facts: { approval: 'none', votes: [] } },
    });
  });

  test('that was given up is none', async () => {
    const create = () => Promise.reject(new GivenUpError());
    const { said, events } = await requested({}, { create });
    expect(said).toEqual(refused({ kind: 'given-up' }));
    expect(events).toEqual([]);
  });

  test('that was made before is that one, and is not planned again', async () => {
    const before = someRun({ id: 'R-0', state: 'requested' });
    const { said, events } = await requested({}, { create: async () => before });
    expect(said).toEqual({ ok: true, value: before });
    expect(events).toEqual([]);
  });

  test('that was ended meanwhile is told where it is', async () => {
    const create = async () => ({ ...asked, state: 'cancelled' as const });
    const { said } = await requested({}, { create });
    expect(said).toEqual(refused({ kind: 'already', state: 'cancelled' }));
  });

  test('of which nobody said that it was written down is looked up', async () => {
    const create = () => Promise.reject(new Error('the line was cut'));
    const { events } = await requested({}, { create, find: async () => asked });
    expect(events).toEqual(['run.planned', 'run.waiting']);
    const lost = await requested({}, { create, find: async () => null });
    expect(lost.said).toBe('Error: the line was cut');
    const away = await requested({}, { create, find: () => Promise.reject(new Error('no line')) });
    expect(away.said).toBe('Error: the line was cut');
  });

  test('that somebody changed while it was planned is told where it is', async () => {
    const transition: Runs['transition'] = async () => ({ kind: 'moved-on' });
    const cancelled = someRun({ state: 'cancelled' });
    const { said } = await requested({}, { transition, find: async () => cancelled });
    expect(said).toEqual(refused({ kind: 'already', state: 'cancelled' }));
    const gone = await requested({}, { transition });
    expect(gone.said).toEqual(refused({ kind: 'already', state: 'failed' }));
  });

  test('for what there is not is a fault', async () => {
    const { said, created } = await requested({}, {}, { action: 'dance' });
    expect(said).toMatch(/There is no action dance in this version/);
    expect(created).toEqual([]);
  });
});

describe('a fault while it is planned', () => {
  const plan = () => Promise.reject(new TypeError('a mistake of ours'));
  const actions = [actionOn({ release: '1.0', effects: [] }, { plan })];

  test.each(['requested', 'planned'] as const)('ends what is %s, unseen', async (state) => {
    const find = async () => ({ ...asked, state });
    const { said, changes } = await requested({ actions }, { find });
    expect(said).toBe('TypeError: a mistake of ours');
    expect(changes).toMatchObject([
      {
        patch: { state: 'failed', why: 'Something broke while it was planned. Nothing was done.' },
        audit: { event: 'run.failed' },
        messages: [],
      },
    ]);
  });

  test('ends nothing that people were asked about by then', async () => {
    const find = async () => ({ ...asked, state: 'waiting' as const });
    expect((await requested({ actions }, { find })).events).toEqual([]);
  });

  test('is the one that is told, also when it cannot be ended', async () => {
    const find = () => Promise.reject(new Error('no line'));
    expect((await requested({ actions }, { find })).said).toBe('TypeError: a mistake of ours');
  });
});

describe('a vote', () => {
  const voted = async (run: Run | null, runs: Partial<Runs> = {}) => {
    const { tools, changes } = someTools({}, { find: async () => run, ...runs });
    return { said: await takeVote(tools, ballot(run ?? someRun(), 'UMANAGER')), changes };
  };

  test.each<[string, Partial<Run>]>([
    ['no plan', { plan: null }],
    ['no approval that is needed', { approval: null }],
  ])('on what has %s is told where it is', async (_what, change) => {
    const { said } = await voted(someRun(change));
    expect(said).toEqual(refused({ kind: 'already', state: 'waiting' }));
  });

  test('on a run that was taken away in the same moment finds no run', async () => {
    const found = [someRun(), null, null];
    const { said } = await voted(someRun(), {
      find: async () => found.shift() ?? null,
      transition: async () => ({ kind: 'moved-on' }),
    });
    expect(said).toEqual(refused({ kind: 'no-such-run', id: 'R7' }));
  });
});
