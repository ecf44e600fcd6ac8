import fc from 'fast-check';
import { expect, test } from 'vitest';
import { userOnboard } from '../../src/actions/user-onboard.ts';
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
const setUp = () => {
  const system = fakeSystem([someAccount(jane)]);
  return { system, ...fakePeople({ system, people: { [joan]: 'U07JOAN' } }) };
};
const wanted = { email: joan, role: 'user' };

test('makes one account that has to choose its own password, and proves it', async () => {
  const { on, system } = setUp();
  const plan = await carryOut(userOnboard, wanted, on);
  expect(system.effects).toEqual([`create ${joan}`]);
  expect(plan).toMatchObject({ risk: 'high' });
  expect(await userOnboard.verify(plan, on)).toMatchObject({ ok: true });
  expect(userOnboard.about?.(wanted, plan)).toEqual(['U07JOAN']);
});

test('an address of a domain that gets no accounts is refused, and asked for once more', async () => {
  const { on, system } = setUp();
  const find = async () => ({ person: null, kept: null, welcome: false });
  const strict = { ...on, can: { ...on.can, membership: { ...on.can.membership, find } } };
  expect(await whyNot(userOnboard, wanted, strict)).toContain('for this domain');
  await expect(userOnboard.plan(wanted, strict)).rejects.toMatchObject({ happened: false });
  expect(system.effects).toEqual([]);
});

test('no password stands in the plan, nor anywhere else', async () => {
  const { on } = setUp();
  expect(JSON.stringify((await planOf(userOnboard, wanted, on)).steps[0]?.args)).toBe(
    JSON.stringify({ user: joan, role: 'user' }),
  );
});

test('the most powerful role is destructive', async () => {
  const { on } = setUp();
  expect(await planOf(userOnboard, { ...wanted, role: 'admin' }, on)).toMatchObject({
    risk: 'destructive',
  });
});

test.each([
  ['an account that is there', { email: jane, role: 'user' }, 'is there already'],
  [
    'a role that the system does not have',
    { email: joan, role: 'amdin' },
    'what comes nearest is admin',
  ],
])('%s is refused, when it is asked for and once more before it is done', async (_, given, why) => {
  const { on, system } = setUp();
  expect(await whyNot(userOnboard, given, on)).toContain(why);
  await expect(userOnboard.plan(given, on)).rejects.toMatchObject({ happened: false });
  expect(system.effects).toEqual([]);
});

test.each([
  ['nobody has to choose a password', { mustResetPassword: false }],
  ['nobody knows whether somebody has to', { mustResetPassword: null }],
  ['it has another role', { role: 'admin' }],
])('is not called done when %s, and then the new account is disabled', async (_, change) => {
  const { on, system } = setUp();
  const plan = await carryOut(userOnboard, wanted, on);
  system.users.set(joan, someAccount(joan, { mustResetPassword: true, ...change }));
  expect((await userOnboard.verify(plan, on)).ok).toBe(false);
  expect(await userOnboard.compensate?.(plan, on, never)).toMatchObject({ kind: 'done' });
  expect(system.users.get(joan)).toMatchObject({ enabled: false });
  expect(system.users.get(jane)).toEqual(someAccount(jane));
});

test('after a crash a look tells whether it was made', async () => {
  const { on } = setUp();
  const plan = await planOf(userOnboard, wanted, on);
  const step = plan.steps[0] ?? expect.fail();
  expect(await userOnboard.probe(step, plan, on)).toMatchObject({ kind: 'failed' });
  await userOnboard.execute(step, plan, on, never);
  expect(await userOnboard.probe(step, plan, on)).toMatchObject({ kind: 'done' });
});

test('whatever is typed, one account of that very address is made or none', async () => {
  const hostile = fc.oneof(fc.emailAddress(), fc.string({ maxLength: 400 }), fc.constant(joan));
  await fc.assert(
    fc.asyncProperty(hostile, fc.oneof(fc.string(), fc.constant('user')), async (email, role) => {
      const { on, system } = setUp();
      const given = userOnboard.params.safeParse({ email, role });
      if (given.success) await carryOut(userOnboard, given.data, on).catch(() => {});
      expect(system.effects.filter((effect) => effect !== `create ${email}`)).toEqual([]);
      expect(system.effects.length).toBeLessThanOrEqual(1);
      expect(system.users.size - 1).toBe(system.effects.length);
    }),
    { numRuns: 200 },
  );
});
