import { expect, test } from 'vitest';
import { declared, done, dueAt, having, meet, minute, refusal, ten } from './stage.ts';

const spoke = (by: string) => ({ kind: 'spoke', by }) as const;
const acknowledged = () =>
  having(declared(), [{ kind: 'acknowledge' }, { at: ten, by: 'U-sam', holds: ['oncall'] }]);
const itself = { by: null };

test('a message of somebody who works on it puts off the question whether they are still on it', () => {
  const after = done(acknowledged(), spoke('U-sam'), { ...itself, at: ten + 20 * minute });
  expect(after.event).toBe('incident.spoke');
  expect(after.messages).toEqual([]);
  expect(dueAt(after.incident, 'still-on-it')).toBe(50);
});

test('it changes nothing, and leaves no record, as long as nobody would be asked for a while', () => {
  const why = refusal(acknowledged(), spoke('U-sam'), { ...itself, at: ten + 10 * minute });
  expect(why.kind).toBe('not-now');
});

test('nor does a message of somebody who has no part in it', () => {
  const why = refusal(acknowledged(), spoke('U-other'), { ...itself, at: ten + 20 * minute });
  expect(why.kind).toBe('not-now');
});

test('it answers the question when that was asked already', () => {
  const asked = meet(acknowledged(), 'still-on-it').incident;
  const after = done(asked, spoke('U-sam'), { ...itself, at: ten + 32 * minute });
  expect(dueAt(after.incident, 'still-on-it')).toBe(62);
});
