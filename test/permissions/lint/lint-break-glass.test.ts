import { expect, test } from 'vitest';
import type { ApprovalSet } from '../../../src/core/approval.ts';
import type { BreakGlassRule } from '../../../src/core/break-glass.ts';
import { defaultApprovals, usualSets } from '../../../src/core/default-approvals.ts';
import { lintBreakGlass } from '../../../src/permissions/lint/lint-break-glass.ts';
import { full, linted } from './linted-house.ts';

const breakGlass: BreakGlassRule = {
  roles: ['oncall'],
  onCall: ['primary'],
  never: [],
  notify: { roles: ['manager', 'security'], channel: 'C1' },
  perPerson: 1,
  global: 2,
  review: { by: ['manager'], within: 86_400_000 },
};
const found = (members: string[], approvals = {}) =>
  lintBreakGlass(
    linted({
      roles: { ...full, primary: members },
      approvals: { ...defaultApprovals, ...approvals, breakGlass },
    }),
  );
const notOnCall = expect.stringMatching(/^break_glass\.on_call: whoever has the role primary/);

test('a role of on-call lists alone says who is on call now', () => {
  expect(found(['oncall:first', 'oncall:second'])).toEqual([]);
});

test('a role that anybody else holds besides, or nobody at all, does not', () => {
  expect(found(['oncall:first', 'user:U1'])).toEqual([notOnCall]);
  expect(found([])).toEqual([notOnCall]);
});

test('whoever a rule asks is told as well', () => {
  const [two] = [usualSets.two as ApprovalSet];
  const asking = { ...two, slots: [{ n: 1, anyOf: ['legal'] }] };
  expect(found(['oncall:first'], { rules: [{ set: asking }] })).toEqual([
    expect.stringMatching(/^break_glass\.notify\.roles: legal is missing/),
  ]);
  expect(found(['oncall:first'], { rules: [{ set: two }] })).toEqual([]);
});
