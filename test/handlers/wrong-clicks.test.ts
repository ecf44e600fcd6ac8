import { describe, expect, test } from 'vitest';
import type { ClickedMessage } from '../../src/handlers/desk.ts';
import { type FakeRuns, type FakeRunsOptions, fakeRuns } from '../support/fake-runner.ts';
import { someRun } from '../support/some-run.ts';
import { aCard, ask, click } from './run-desk.ts';

const value = 'R7.01234567';
const deeds = ['approve', 'deny', 'confirm', 'cancel'] as const;
const untouched = ({ requests, ballots, cancelled }: FakeRuns) =>
  expect([requests, ballots, cancelled]).toEqual([[], [], []]);

/** Presses a button that stands there. */
const press = (runs: FakeRuns, deed: string, message: ClickedMessage | null, by: string) =>
  ask(runs.tools, { kind: 'click', action: `run:${deed}`, value, ...(message && { message }) }, by);

describe('nothing is done, the clicker is told and it is written down', () => {
  test.each<[string, string, string, FakeRunsOptions]>([
    ['a value that was tampered with', 'R7.01234567x', 'tampered', {}],
    ['a run that there is not', 'R8.01234567', 'no-such-run', {}],
    ['another plan', 'R7.76543210', 'other-plan', {}],
    ['another message', value, 'other-message', { whose: 'another' }],
    ['a message that Gatehouse never sent', value, 'other-message', { whose: 'nobody' }],
    [
      'a run of another team',
      value,
      'other-team',
      { runs: [someRun({ requestedBy: { id: 'UONCALL', team: 'T2' } })] },
    ],
  ])('%s', async (_what, carried, why, says) => {
    for (const deed of deeds) {
      const runs = fakeRuns(says);
      const { said, opened } = await click(runs.tools, `run:${deed}`, carried, 'UMANAGER');
      expect([said.length, opened]).toEqual([1, []]);
      untouched(runs);
      expect(runs.noted).toEqual([
        {
          event: 'click.refused',
          actor: 'user:T1/UMANAGER',
          facts: {
            why,
            deed,
            form: false,
            run: why === 'tampered' ? null : carried.slice(0, 2),
            carried,
            message: { channel: 'C1', ts: '1.1' },
          },
        },
      ]);
    }
  });

  test('a form that comes back with another value', async () => {
    const runs = fakeRuns();
    const form = { kind: 'submission', callback: 'run:deny', values: { reason: 'x' } } as const;
    await ask(runs.tools, { ...form, data: 'R7.76543210' }, 'UMANAGER');
    untouched(runs);
    expect(runs.noted).toMatchObject([{ facts: { why: 'other-plan', form: true, message: null } }]);
  });

  test('somebody of another workspace, or a guest', async () => {
    const runs = fakeRuns();
    const { said } = await click(runs.tools, 'run:approve', value, 'UGUEST');
    expect(said).toHaveLength(1);
    expect(runs.noted).toMatchObject([
      { actor: 'user:T1/UGUEST', facts: { why: 'not-a-member', run: 'R7' } },
    ]);
  });

  test('a secret that was put into it is not kept, nor more than a little of it', async () => {
    const runs = fakeRuns();
    await click(runs.tools, 'run:approve', `hunter2 ${'x'.repeat(5_000)}`, 'UMANAGER');
    const kept = String(runs.noted[0]?.facts.carried);
    expect(kept).not.toContain('hunter2');
    expect(kept.length).toBeLessThanOrEqual(120);
  });

  test('also when it cannot be written down', async () => {
    const runs = fakeRuns();
    const append = async () => {
      throw new Error('the database is closed');
    };
    const { said } = await click({ ...runs.tools, notes: { append } }, 'run:approve', 'x');
    expect(said).toHaveLength(1);
    untouched(runs);
  });

  test('also when it cannot be looked up where it came from', async () => {
    const runs = fakeRuns();
    const whose = async () => {
      throw new Error('the database is closed');
    };
    const outbox = { ...runs.tools.outbox, whose };
    const { text } = await click({ ...runs.tools, outbox }, 'run:approve', value, 'UMANAGER');
    expect(text).toContain('the database is closed');
    untouched(runs);
  });
});

describe('what is as it should be is done, and not written down as a click', () => {
  test.each(['its', 'perhaps'] as const)('a button of its own card: %s', async (whose) => {
    const runs = fakeRuns({ whose });
    await press(runs, 'approve', aCard, 'UMANAGER');
    expect(runs.ballots).toHaveLength(1);
    expect(runs.noted).toEqual([]);
  });

  test('a refusal that says nothing about the button', async () => {
    const runs = fakeRuns();
    await click(runs.tools, 'run:approve', value, 'ULOST');
    untouched(runs);
    expect(runs.noted).toEqual([]);
  });
});

describe('an answer that no outbox knows', () => {
  const alone = { ...aCard, alone: true };

  test.each([alone, aCard])(
    'lets who asked take it back, whoever else sees it (%j)',
    async (it) => {
      const runs = fakeRuns({ whose: 'nobody' });
      await press(runs, 'cancel', it, 'UONCALL');
      await press(runs, 'confirm', it, 'UONCALL');
      expect([runs.cancelled, runs.ballots.map(({ kind }) => kind)]).toEqual([['R7'], ['confirm']]);
      expect(runs.noted).toEqual([]);
    },
  );

  test.each([alone, aCard, null])('lets nobody else decide (%j)', async (it) => {
    for (const deed of deeds) {
      const runs = fakeRuns({ whose: 'nobody' });
      await press(runs, deed, it, 'UMANAGER');
      untouched(runs);
      expect(runs.noted).toMatchObject([{ facts: { why: 'other-message' } }]);
    }
  });

  test('lets not even who asked do what it does not offer', async () => {
    for (const deed of ['approve', 'deny']) {
      const runs = fakeRuns({ whose: 'nobody' });
      await press(runs, deed, alone, 'UONCALL');
      untouched(runs);
    }
  });
});

test('details are shown of any plan, but not from the card of another run', async () => {
  const stale = fakeRuns();
  expect((await click(stale.tools, 'run:details', 'R7.76543210')).text).toContain('memory leak');
  expect(stale.noted).toEqual([]);
  const foreign = fakeRuns({ whose: 'another' });
  const { text } = await click(foreign.tools, 'run:details', value);
  expect(text).not.toContain('memory leak');
  expect(foreign.noted).toMatchObject([{ facts: { why: 'other-message', deed: 'details' } }]);
});
