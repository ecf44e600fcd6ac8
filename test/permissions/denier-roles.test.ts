import { expect, test } from 'vitest';
import { usualSets } from '../../src/core/default-approvals.ts';
import { approverRoles, denierRoles } from '../../src/permissions/approval.ts';

test('where others are asked, whoever could say yes can say no, and nobody else', () => {
  const { two } = usualSets;
  if (!two) throw new Error('there is no such set');
  expect(denierRoles(two)).toEqual(approverRoles(two));
});
