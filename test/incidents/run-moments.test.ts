import { expect, test } from 'vitest';
import { runMoment } from '../../src/incidents/run-moments.ts';
import { declared, done, refusal } from './stage.ts';

const run = (event: string) =>
  ({ kind: 'run', run: 'R1', event, by: 'U-dana', facts: { action: 'rollback' } }) as const;
const gatehouse = { by: null } as const;

test('what comes late of a run says nothing new: it has ended, whoever hears first that it had begun', () => {
  const waiting = done(declared(), run('waiting'), gatehouse);
  expect([waiting.told, waiting.incident.released]).toEqual([[], null]);
  const over = done(waiting.incident, run('succeeded'), gatehouse);
  expect(over.told).toEqual(['incident:INC-42 1']);
  expect(refusal(over.incident, run('begun'), gatehouse).kind).toBe('already');
  expect(refusal(over.incident, run('succeeded'), gatehouse).kind).toBe('already');
  expect(over.incident.runs).toEqual({ R1: 'succeeded' });
});

test('a release counts as changed once that has begun, not while it waits for approval', () => {
  const begun = done(declared(), run('begun'), gatehouse);
  expect(begun.incident.released).not.toBeNull();
  expect(begun.told).toEqual([]);
});

test('what was turned down before anybody was asked is between Gatehouse and who asked', () => {
  const asked = { state: 'denied', requestedBy: { id: 'U-dana', team: 'T1' } } as const;
  expect(runMoment({ ...asked, waitsUntil: null })).toBeNull();
  expect(runMoment({ ...asked, waitsUntil: 1 })).toBe('denied');
  const itself = { id: 'gatehouse', team: 'T1' };
  expect(runMoment({ ...asked, requestedBy: itself, waitsUntil: null })).toBe('denied');
  expect(runMoment({ ...asked, state: 'failed', waitsUntil: null })).toBe('failed');
});
