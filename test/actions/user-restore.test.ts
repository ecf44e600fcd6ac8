import { expect, test } from 'vitest';
import { userOffboard } from '../../src/actions/user-offboard.ts';
import { userRestore } from '../../src/actions/user-restore.ts';
import { accountSubject, personSubject } from '../../src/core/suspensions.ts';
import {
  carryOut,
  fakePeople,
  fakeSystem,
  planOf,
  someAccount,
  team,
  whyNot,
} from '../support/fake-people.ts';
import { someRequest } from '../support/some-request.ts';

const [jane, joan] = ['jane@example.com', 'joan@example.com'];
const setUp = () => {
  const system = fakeSystem([someAccount(jane), someAccount(joan, { enabled: false })]);
  return { system, ...fakePeople({ system, people: { [jane]: 'U07JANE' } }) };
};
const asRun = <T extends { request: object }>(on: T, run: string): T => ({
  ...on,
  request: { ...someRequest, run },
});

test('what an offboarding took is given back, and proved', async () => {
  const { on, system, suspensions } = setUp();
  await carryOut(userOffboard, { user: jane }, asRun(on, 'R-1'));
  const plan = await carryOut(userRestore, { user: jane }, asRun(on, 'R-2'));
  expect(plan.steps.map(({ id }) => id)).toEqual([`enable:${jane}`, 'reinstate:U07JANE']);
  expect(plan.facts.find(({ name }) => name === 'taken away')?.value).toContain('by R-1: a test');
  expect(system.users.get(jane)).toEqual(someAccount(jane));
  expect(await userRestore.verify(plan, on)).toMatchObject({ ok: true });
  expect(await suspensions.people()).toEqual([]);
  expect(await suspensions.find(accountSubject(on.target, jane))).toBeNull();
});

test('an account that no offboarding disabled stays disabled, whoever asks', async () => {
  const { on, system } = setUp();
  expect(await whyNot(userRestore, { user: joan }, on)).toContain('no offboarding of Gatehouse');
  await expect(userRestore.plan({ user: joan }, on)).rejects.toMatchObject({ happened: false });
  expect(system.effects).toEqual([]);
});

test('what was not taken is not given back: there is nothing to do', async () => {
  const { on } = setUp();
  expect(await userRestore.precheck({ user: jane }, on)).toMatchObject({ nothingToDo: true });
  expect(await whyNot(userRestore, { user: jane }, on)).toContain('nothing else was taken away');
});

test('the roles come back with the account whose offboarding took them, and with no other', async () => {
  const { on, suspensions } = setUp();
  const other = { ...on, target: { service: 'rust-auth', env: 'prod' } };
  await carryOut(userOffboard, { user: jane }, asRun(on, 'R-1'));
  await suspensions.suspend(accountSubject(other.target, jane), {
    run: 'R-2',
    actor: 'user:T/U',
    reason: 'another system',
  });
  const plan = await planOf(userRestore, { user: jane }, other);
  expect(plan.steps.map(({ id }) => id)).toEqual([`enable:${jane}`]);
  expect(await suspensions.find(personSubject({ id: 'U07JANE', team }))).toMatchObject({
    run: 'R-1',
  });
});

test('is about the person, who therefore never approves it', async () => {
  const { on } = setUp();
  await carryOut(userOffboard, { user: jane }, on);
  const plan = await planOf(userRestore, { user: jane }, on);
  expect(userRestore.about?.({ user: jane }, plan)).toEqual(['U07JANE']);
});

test('of an administrator is destructive', async () => {
  const system = fakeSystem(
    ['a', 'b'].map((name) => someAccount(`${name}@example.com`, { role: 'admin' })),
  );
  const { on } = fakePeople({ system });
  await carryOut(userOffboard, { user: 'a@example.com' }, on);
  expect(await planOf(userRestore, { user: 'a@example.com' }, on)).toMatchObject({
    risk: 'destructive',
  });
});

test('is not called done while the account cannot sign in', async () => {
  const { on, system } = setUp();
  await carryOut(userOffboard, { user: jane }, on);
  const plan = await carryOut(userRestore, { user: jane }, on);
  system.users.set(jane, someAccount(jane, { enabled: false }));
  expect((await userRestore.verify(plan, on)).ok).toBe(false);
});
