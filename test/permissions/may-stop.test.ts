import { expect, test } from 'vitest';
import { mayLift, mayStop } from '../../src/permissions/may-stop.ts';

test('whoever may ask for a change may stop all of them; managers and security may in any case', () => {
  expect(mayStop({ roles: ['oncall'] }, true, {})).toBe(true);
  expect(mayStop({ roles: ['manager'] }, false, {})).toBe(true);
  expect(mayStop({ roles: ['security'] }, false, {})).toBe(true);
  expect(mayStop({ roles: ['viewer'] }, false, {})).toBe(false);
});

test('the word of managers and of security counts for letting changes go on, and nobody else’s', () => {
  expect(mayLift({ roles: ['viewer', 'manager'] }, {})).toBe(true);
  expect(mayLift({ roles: ['security'] }, {})).toBe(true);
  expect(mayLift({ roles: ['oncall', 'auditor'] }, {})).toBe(false);
});

test('another house names other roles', () => {
  const house = { lifting: ['admin'] };
  expect(mayLift({ roles: ['manager', 'security'] }, house)).toBe(false);
  expect(mayLift({ roles: ['admin'] }, house)).toBe(true);
  expect(mayStop({ roles: ['admin'] }, false, house)).toBe(true);
  expect(mayLift({ roles: ['manager'] }, { lifting: [] })).toBe(false);
});
