import { describe, expect, test } from 'vitest';
import type { Run } from '../../src/core/run.ts';
import { cancelRun } from '../../src/runs/ending/cancel-run.ts';
import { expireRun, mayBeDue } from '../../src/runs/voting/expire-run.ts';
import { someRun } from '../support/some-run.ts';
import { someTools } from './some-tools.ts';

const now = 1_000_000; // the time of the tools

describe('it is worth asking whether a deadline has passed', () => {
  const { tools } = someTools();
  test.each<[string, Partial<Run>, boolean]>([
    ['when it has', { waitsUntil: now - 1 }, true],
    ['up to a minute before', { waitsUntil: now + 60_000 }, true],
    ['and not earlier', { waitsUntil: now + 60_001 }, false],
    ['of the waiting, while it waits', { waitsUntil: now + 60_001, validUntil: now }, false],
    ['of the approval afterwards', { state: 'approved', waitsUntil: now, validUntil: 9e9 }, false],
    ['of the approval, when it has', { state: 'approved', validUntil: now }, true],
    ['not where there is none', { state: 'approved', validUntil: null }, false],
  ])('%s', (_when, change, is) => {
    expect(mayBeDue(tools, someRun(change))).toBe(is);
  });
});

test('what waited too long expires, by the clock of the database', async () => {
  const { tools, changes } = someTools();
  expect(await expireRun(tools, someRun())).toBe(true);
  const why = 'Not everybody who is needed said yes in time. Nothing was done.';
  expect(changes).toMatchObject([{ after: 'waitsUntil', patch: { state: 'expired', why } }]);
  const early = someTools({}, { transition: async () => ({ kind: 'moved-on' }) });
  expect(await expireRun(early.tools, someRun())).toBe(false);
});

test('an approval that runs out says why it could not begin, where that is known', async () => {
  const { tools, changes } = someTools();
  const approved = someRun({ state: 'approved' });
  await expireRun(tools, approved);
  await expireRun(tools, approved, 'Somebody was in the way.');
  const why = 'Its approval ran out before it could begin. Nothing was done.';
  expect(changes).toMatchObject([
    { after: 'validUntil', patch: { why } },
    { after: 'validUntil', patch: { why: `${why} Somebody was in the way.` } },
  ]);
});

describe('who asked takes it back', () => {
  const by = { id: 'UONCALL', team: 'T1', roles: [] };
  test.each<[Run['state'], boolean]>([
    ['requested', true],
    ['planned', true],
    ['waiting', true],
    ['approved', true],
    ['claimed', false],
    ['executing', false],
    ['succeeded', false],
  ])('when it is %s: %s', async (state, may) => {
    const run = someRun({ state });
    const { tools, changes } = someTools({}, { find: async () => run });
    const said = await cancelRun(tools, run.id, by);
    expect(said.ok || said.error).toEqual(may || { kind: 'already', state });
    expect(changes).toHaveLength(may ? 1 : 0);
  });

  test('after somebody else changed it in the same moment', async () => {
    let tries = 0;
    const run = someRun();
    const { tools } = someTools(
      {},
      {
        find: async () => run,
        transition: async () => {
          tries += 1;
          return tries === 1 ? { kind: 'moved-on' } : { kind: 'done', run };
        },
      },
    );
    expect(await cancelRun(tools, run.id, by)).toEqual({ ok: true, value: run });
  });

  test('but never what ends another run', async () => {
    const run = someRun({ parent: 'R1' });
    const { tools } = someTools({}, { find: async () => run });
    expect(await cancelRun(tools, run.id, by)).toEqual({ ok: false, error: { kind: 'not-yours' } });
  });
});
