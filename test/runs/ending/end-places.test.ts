import { describe, expect, test } from 'vitest';
import { isOver, runStates } from '../../../src/core/run.ts';
import { endPlaces } from '../../../src/runs/ending/end-places.ts';
import { someRun, someYes } from '../../support/some-run.ts';

const no = { ...someYes, person: 'UOTHER', kind: 'deny' } as const;

describe('the end of a run is told', () => {
  test.each(runStates)('to whom it concerns, and only when it is one: %s', (state) => {
    const told = endPlaces('executing', someRun({ state, votes: [someYes, no] }));
    const [asker, approver] = ['user:UONCALL', 'user:UMANAGER'];
    if (!isOver(state) || state === 'cancelled') expect(told).toEqual([]);
    else if (state === 'failed' || state === 'interrupted') expect(told).toEqual([asker, approver]);
    else expect(told).toEqual([asker]);
  });

  test('once: a change after the end tells nobody', () => {
    for (const before of runStates.filter(isOver)) {
      expect(endPlaces(before, someRun({ state: before }))).toEqual([]);
    }
  });

  test('once to each: who asked and confirmed is one person', () => {
    const votes = [{ ...someYes, person: 'UONCALL' }];
    expect(endPlaces('executing', someRun({ state: 'failed', votes }))).toEqual(['user:UONCALL']);
  });

  test('to no person where nobody asked', () => {
    const requestedBy = { id: 'gatehouse', team: 'T1' };
    expect(endPlaces('executing', someRun({ state: 'failed', requestedBy }))).toEqual([]);
  });
});
