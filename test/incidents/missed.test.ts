import { expect, test } from 'vitest';
import { declared, done, minute, ten, wake } from './stage.ts';

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
