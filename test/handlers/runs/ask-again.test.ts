import { describe, expect, test } from 'vitest';
import { err } from '../../../src/core/result.ts';
import { type FakeRunsOptions, fakeRuns } from '../../support/fake-runner.ts';
import { somePlan, someRun } from '../../support/some-run.ts';
import { click } from '../run-desk.ts';

const newPlan = { ...somePlan, hash: '89abcdef'.repeat(8) };
const superseded = someRun({ state: 'superseded', params: { instances: ['api'] }, newPlan });
const value = 'R7.89abcdef';
const pressedBy = async (by: string, says: FakeRunsOptions = {}, carried = value) => {
  const runs = fakeRuns({ runs: [superseded], ...says });
  return { ...(await click(runs.tools, 'run:again', carried, by)), ...runs };
};

test('the button under a new plan asks for the same once more, in the name of whoever pressed it', async () => {
  const { requests, ballots, text } = await pressedBy('UONCALL');
  expect(requests).toEqual([
    {
      action: 'restart',
      target: { service: 'rms-auth', env: 'prod' },
      params: { instances: ['api'] },
      reason: 'memory leak since noon',
      by: { id: 'UONCALL', team: 'T1', roles: ['oncall'] },
      askedIn: 'C1',
    },
  ]);
  expect(ballots).toEqual([]);
  expect(text).toContain('*Restart rms-auth@prod* is asked for. It waits until');
});

test('what was asked for in an incident is part of it also when it is asked for again', async () => {
  const inIncident = { ...superseded, incident: 'INC-42' };
  const { requests } = await pressedBy('UONCALL', { runs: [inIncident] });
  expect(requests).toMatchObject([{ action: 'restart', incident: 'INC-42' }]);
});

test('whoever may not ask for such a thing is told why, and nothing is asked for', async () => {
  const { requests, noted, text } = await pressedBy('UMANAGER');
  expect([requests, noted]).toEqual([[], []]);
  expect(text).toContain('restart');
  expect((await pressedBy('ULOST')).requests).toEqual([]);
});

test('what depended on it then and does not any more is not asked for again', async () => {
  const about = { ...superseded, params: { dependency: 'redis' } };
  const { requests, text } = await pressedBy('UONCALL', { runs: [about] });
  expect(requests).toEqual([]);
  expect(text).toContain('`rms-auth@prod` has no dependency `redis`');
});

test('what the runner refuses is told', async () => {
  const stopped = { kind: 'stopped', why: 'All changes are stopped: it is a test.' } as const;
  const { text } = await pressedBy('UONCALL', { request: async () => err(stopped) });
  expect(text).toContain('All changes are stopped');
});

describe('nothing is asked for, and it is written down', () => {
  const own = { ...superseded, requestedBy: { id: 'UONCALL', team: 'T2' } };
  test.each<[string, string, string, FakeRunsOptions]>([
    ['with the code of the plan that was approved', 'R7.01234567', 'other-plan', {}],
    ['of a run that was not superseded', 'R7.01234567', 'other-plan', { runs: [someRun()] }],
    [
      'of a run that ended what another did',
      value,
      'other-plan',
      { runs: [{ ...superseded, parent: 'R1' }] },
    ],
    ['of a run that there is not', 'R8.89abcdef', 'no-such-run', {}],
    ['in another message', value, 'other-message', { whose: 'another' }],
    ['in a message that Gatehouse never sent', value, 'other-message', { whose: 'nobody' }],
    ['of another team', value, 'other-team', { runs: [own] }],
    ['that was tampered with', `${value}x`, 'tampered', {}],
  ])('by a button %s', async (_what, carried, why, says) => {
    const { requests, noted, said } = await pressedBy('UONCALL', says, carried);
    expect([requests, said.length]).toEqual([[], 1]);
    expect(noted).toMatchObject([{ facts: { why, deed: 'again' } }]);
  });
});
