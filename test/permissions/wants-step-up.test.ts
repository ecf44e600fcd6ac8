import { expect, test } from 'vitest';
import type { ApprovalSet } from '../../src/core/approval.ts';
import type { ApprovalPolicy } from '../../src/core/approval-policy.ts';
import { usualSets } from '../../src/core/default-approvals.ts';
import { unenforced } from '../../src/permissions/unenforced.ts';
import { wantsStepUp } from '../../src/permissions/wants-step-up.ts';

const { one } = usualSets as { one: ApprovalSet };
const proven: ApprovalSet = { ...one, stepUp: 'totp' };
const lax = { low: one, high: one, destructive: one };
const policy: ApprovalPolicy = { version: '1', production: lax, elsewhere: lax };
const strict = { ...lax, destructive: proven };

test.each<[string, Partial<ApprovalPolicy>, boolean]>([
  ['nothing asks for it', {}, false],
  [
    'nothing asks for it, in rules and environments either',
    { environments: { prod: lax }, rules: [{ set: one }] },
    false,
  ],
  ['production asks for it', { production: strict }, true],
  ['another place asks for it', { elsewhere: strict }, true],
  ['an environment asks for it', { environments: { lab: lax, prod: strict } }, true],
  [
    'going without the approvals of others does',
    {
      breakGlass: {
        roles: [],
        onCall: [],
        never: [],
        notify: { roles: [], channel: 'C1' },
        perPerson: 1,
        global: 1,
        review: { by: [], within: 1 },
      },
    },
    true,
  ],
  ['a rule asks for it', { rules: [{ set: one }, { set: proven }] }, true],
])('one-time passwords are needed, or not, where %s', (_what, change, wanted) => {
  expect(wantsStepUp({ ...policy, ...change })).toBe(wanted);
});

test('there is nothing that nobody makes sure of', () => {
  expect(unenforced).toEqual([]);
});
