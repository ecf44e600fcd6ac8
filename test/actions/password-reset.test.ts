import { expect, test } from 'vitest';
import { passwordReset } from '../../src/actions/password-reset.ts';
import { TargetError } from '../../src/core/errors.ts';
import {
  carryOut,
  fakePeople,
  fakeSystem,
  planOf,
  someAccount,
  whyNot,
} from '../support/fake-people.ts';

const never = new AbortController().signal;
const [jane, joan] = ['jane@example.com', 'joan@example.com'];
const setUp = (change = {}, kept = {}) => {
  const system = fakeSystem([someAccount(jane, change), someAccount(joan)]);
  return { system, ...fakePeople({ system, kept, people: { [jane]: 'U07JANE' } }) };
};

test('makes one password void, ends the sessions of that account, and proves both', async () => {
  const { on, system } = setUp();
  const plan = await carryOut(passwordReset, { user: jane }, on);
  expect(system.effects).toEqual([`reset ${jane}`, `sign out ${jane}`]);
  expect(system.users.get(joan)).toEqual(someAccount(joan));
  expect(await passwordReset.verify(plan, on)).toMatchObject({ ok: true });
  expect(passwordReset.about?.({ user: jane }, plan)).toEqual(['U07JANE']);
  expect(plan.riskReasons.join('; ')).toContain('Access tokens that were issued before');
});

test.each([
  ['an address that was never verified', { verified: false }, {}, 'was never verified'],
  ['an address of which nobody knows it', { verified: null }, {}, 'nobody knows'],
  ['a disabled account', { enabled: false }, {}, 'the account is disabled'],
  ['a protected account', {}, { [jane]: 'a break-glass account' }, 'a break-glass account'],
])(
  '%s is refused, when it is asked for and once more before it is done',
  async (_, change, kept, why) => {
    const { on, system } = setUp(change, kept);
    expect(await whyNot(passwordReset, { user: jane }, on)).toContain(why);
    await expect(passwordReset.plan({ user: jane }, on)).rejects.toMatchObject({ happened: false });
    expect(system.effects).toEqual([]);
  },
);

test('an unknown account is refused with the nearest real one', async () => {
  expect(await whyNot(passwordReset, { user: 'jame@example.com' }, setUp().on)).toContain(jane);
});

test('a reset of which nobody knows whether it happened is neither repeated nor called done', async () => {
  const { on, system } = setUp();
  const plan = await planOf(passwordReset, { user: jane }, on);
  const step = plan.steps[0] ?? expect.fail();
  expect(step.repeatable).toBe(false);
  let asked = 0;
  system.accounts.resetPassword = async () => {
    asked += 1;
    throw new TargetError('no answer', { retryable: true });
  };
  await expect(passwordReset.execute(step, plan, on, never)).rejects.toThrow('no answer');
  expect(asked).toBe(1);
  expect((await passwordReset.verify(plan, on)).ok).toBe(false);
  expect(await passwordReset.probe(step, plan, on)).toMatchObject({ kind: 'failed' });
});

test('after a crash, one that has to choose a password may have had to before', async () => {
  const { on } = setUp({ mustResetPassword: true });
  const plan = await planOf(passwordReset, { user: jane }, on);
  const step = plan.steps[0] ?? expect.fail();
  expect(await passwordReset.probe(step, plan, on)).toMatchObject({ kind: 'unknown' });
});
