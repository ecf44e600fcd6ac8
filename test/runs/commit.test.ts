import { describe, expect, test } from 'vitest';
import { type Run, runStates } from '../../src/core/run.ts';
import type { Runs } from '../../src/core/transition.ts';
import { type Change, commit } from '../../src/runs/commit.ts';
import { someRun } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const run = someRun();
const vote: Change = { patch: { why: 'a note' }, event: 'vote' };
const lost = async () => {
  throw new Error('the line was cut');
};

describe('a change', () => {
  test('is of the version that was read, with what every record says', async () => {
    const { tools, changes } = someTools();
    await commit(tools, run, { ...vote, facts: { vote: 'approve' }, before: 'waitsUntil' });
    expect(changes).toEqual([
      {
        id: 'R7',
        version: 3,
        before: 'waitsUntil',
        patch: { why: 'a note' },
        audit: {
          event: 'run.vote',
          actor: 'gatehouse',
          facts: {
            agent: 'test',
            action: 'restart',
            service: 'rms-auth',
            env: 'prod',
            plan: run.plan?.hash,
            from: 'waiting',
            to: 'waiting',
            why: 'a note',
            vote: 'approve',
          },
        },
        jobs: [],
        messages: [{ kind: 'card', to: 'C-approvals' }],
      },
    ]);
  });

  test('of a run without a plan says that there is none, and of no reason nothing', async () => {
    const { tools, changes } = someTools();
    const after = { patch: { state: 'expired' as const }, event: 'expired' };
    await commit(tools, someRun({ plan: null }), { ...after, after: 'waitsUntil' });
    expect(changes[0]?.audit.facts).toMatchObject({ plan: null, from: 'waiting', to: 'expired' });
    expect(changes[0]?.audit.facts).not.toHaveProperty('why');
    expect(changes[0]).toMatchObject({ after: 'waitsUntil' });
    expect(changes[0]).not.toHaveProperty('before');
  });

  test('is looked at again a little after its time, where there is a queue', async () => {
    const due = { ...vote, dueIn: 900_000 };
    const { tools, changes } = someTools({ takesJobs: () => true });
    await commit(tools, run, due);
    await commit(tools, run, vote);
    await commit({ ...tools, takesJobs: () => false }, run, due);
    expect(changes.map(({ jobs }) => jobs)).toEqual([[{ queue: 'runs', dueIn: 900_100 }], [], []]);
  });

  test('is shown where it says, by nobody’s wish but its parent’s for a run that ends another', async () => {
    const { tools, changes } = someTools();
    await commit(tools, run, { ...vote, shownTo: ['C9'] });
    await commit(tools, run, { ...vote, unseen: true, shownTo: ['C9'] });
    await commit(tools, someRun({ parent: 'R1' }), vote);
    expect(changes.map(({ messages }) => messages)).toEqual([[{ kind: 'card', to: 'C9' }], [], []]);
  });

  test('that ends it is told to who asked, but not when nobody is to see it', async () => {
    const { tools, changes } = someTools();
    const failed = { patch: { state: 'failed' as const }, event: 'failed', shownTo: [] };
    await commit(tools, run, failed);
    await commit(tools, run, { ...failed, unseen: true });
    expect(changes.map(({ messages }) => messages)).toEqual([
      [{ kind: 'end', to: 'user:UONCALL' }],
      [],
    ]);
  });

  test('that ends a run whose parent is gone is told to nobody', async () => {
    const { tools, changes } = someTools();
    const failed = { patch: { state: 'failed' as const }, event: 'failed' };
    await commit(tools, someRun({ parent: 'R1' }), failed);
    expect(changes[0]?.messages).toEqual([]);
  });

  test('that somebody else made first is none', async () => {
    const { tools } = someTools({}, { transition: async () => ({ kind: 'moved-on' }) });
    expect(await commit(tools, run, vote)).toBeNull();
  });
});

describe('a change of which the database does not say whether it was made', () => {
  /** What comes of it when the run is found like this afterwards. */
  async function found(afterwards: Run | null, change = vote) {
    const all = someTools({}, { transition: lost, find: async () => afterwards });
    const became = await commit(all.tools, run, change).catch((error: unknown) => String(error));
    return { ...all, became };
  }
  const gaveUp = 'Error: the line was cut';

  test('is tried again, later and later, and then it is a fault', async () => {
    const { became, pauses, log } = await found(run);
    expect(became).toBe(gaveUp);
    expect(pauses).toEqual([250, 500, 750]);
    expect(log.lines[0]).toMatch(/^warn The database did not say whether a change was made/);
    expect((await found(null)).became).toBe(gaveUp);
  });

  test('is logged with the run, what happened and why', async () => {
    const noted: object[] = [];
    const { tools } = someTools({}, { transition: lost });
    const log = { ...tools.log, warn: (fields: object) => void noted.push(fields) };
    await commit({ ...tools, log }, run, vote).catch(() => null);
    expect(noted[0]).toEqual({ run: 'R7', event: 'vote', why: 'the line was cut' });
  });

  test('is there when the next version is just that', async () => {
    const next = someRun({ version: 4, why: 'a note' });
    expect((await found(next)).became).toBe(next);
    const timed = { patch: { why: 'a note', waitsFor: 1, validFor: 2, endsIn: 3 }, event: 'x' };
    expect((await found(next, timed)).became).toBe(next);
  });

  test.each([
    ['says something else', someRun({ version: 4, why: 'another note', state: 'approved' })],
    ['came later', someRun({ version: 5, why: 'a note', state: 'approved' })],
    ['has only a part of it', someRun({ version: 4, why: 'a note', state: 'waiting' })],
  ])('is somebody else’s when the next version %s', async (_what, next) => {
    const change = { patch: { why: 'a note', state: 'approved' as const }, event: 'approved' };
    expect((await found(next, change)).became).toBeNull();
  });

  const ended = { how: 'done' as const, by: 'R9' };
  const other = { how: 'given-up' as const, by: 'R9' };
  test.each<[string, Run['ending'], boolean]>([
    ['this end', { at: 1, ended }, true],
    ['another end', { at: 1, ended: other }, false],
    ['no end', { at: 1, ended: null }, false],
    ['nothing to end', null, false],
  ])('that writes down an end: %s', async (_what, ending, isThere) => {
    const next = someRun({ version: 4, ending });
    const { became } = await found(next, { patch: { ended }, event: 'ended' });
    expect(became).toBe(isThere ? next : null);
  });

  test.each<[string, Run['ending'], boolean]>([
    ['these places', { at: 1, ended: null, on: { one: ended } }, true],
    ['other places', { at: 1, ended: null, on: { one: null } }, false],
    ['one place for all', { at: 1, ended: null }, false],
    ['nothing to end', null, false],
  ])('that writes down where it ended: %s', async (_what, ending, isThere) => {
    const next = someRun({ version: 4, ending });
    const { became } = await found(next, { patch: { endsOn: { one: ended } }, event: 'ended' });
    expect(became).toBe(isThere ? next : null);
  });

  test('is tried once more when nobody can be asked either', async () => {
    let tries = 0;
    const transition: Runs['transition'] = async () => {
      tries += 1;
      if (tries === 1) throw new Error('the line was cut');
      return { kind: 'done', run };
    };
    const { tools } = someTools({}, { transition, find: lost });
    expect(await commit(tools, run, vote)).toBe(run);
  });
});

test('the last eight states are ends, and the others are not', async () => {
  const { tools, changes } = someTools();
  for (const state of runStates)
    await commit(tools, someRun({ state: 'requested' }), { patch: { state }, event: state });
  const told = changes.filter(({ messages }) => messages.some(({ kind }) => kind === 'end'));
  expect(told.map(({ patch }) => patch.state)).toEqual([
    'succeeded',
    'failed',
    'interrupted',
    'denied',
    'expired',
    'superseded',
    'compensated',
  ]);
});
