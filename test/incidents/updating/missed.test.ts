import { expect, test } from 'vitest';
import { deadline, declared, done, dueNow, meet, minute, reach, ten, wake } from '../stage.ts';

const reason = 'less is happening now';

/** Declared at ten at a pace of fifteen minutes; nobody was there until ten to eleven. */
const late = { at: ten + 50 * minute, by: 'U-sam', holds: ['manager'] };

test('another pace leaves out no update that was due: it is said, and one comes at once', () => {
  const { incident, facts } = done(
    declared(),
    { kind: 'set-cadence', ms: 20 * minute, reason },
    late,
  );
  expect(facts.missed).toBe(3);
  expect(incident.updates).toMatchObject({ merged: 3, next: late.at, every: 20 * minute });
  const [update] = wake(incident, late.at);
  expect(update).toMatchObject({ event: 'incident.updated', facts: { merged: 0, lateBy: 0 } });
  expect(update?.incident.updates.next).toBe(late.at + 20 * minute);
});

test.each([
  ['severity', { kind: 'set-severity', to: 2, reason }],
  ['matter', { kind: 'set-security', on: true, reason }],
] as const)('nor does another %s', (_what, command) => {
  const { incident, facts } = done(declared(), command, late);
  expect(facts.missed).toBe(3);
  expect(incident.updates).toMatchObject({ merged: 3, next: late.at });
});

test('what became due a moment ago still comes as what it is', () => {
  const at = ten + 15 * minute + 400;
  const { incident, facts } = done(
    declared(),
    { kind: 'set-cadence', ms: 20 * minute, reason },
    { ...late, at },
  );
  expect(facts.missed).toBe(0);
  expect(incident.updates).toMatchObject({ merged: 0, next: ten + 15 * minute });
});

test('when an acknowledgement expires and nobody is on call, that is said where everybody reads', () => {
  const mine = done(declared(), { kind: 'acknowledge' }, { by: 'U-sam', holds: ['oncall'] });
  const asked = meet(mine.incident, 'still-on-it').incident;
  const at = deadline(asked, 'still-on-it')?.at ?? 0;
  const nobody = { primary: { people: [], why: 'nobody is on call now' } };
  const expired = done(asked, dueNow(asked, 'still-on-it'), {
    ...{ by: null, at },
    reach: { ...reach, ...nobody },
  });
  expect(expired.event).toBe('incident.acknowledgement-expired');
  expect(expired.facts.calls).toEqual([
    { contact: 'primary', people: [], why: 'nobody is on call now' },
  ]);
  expect(expired.told).toContain('C-incidents 0');
});
