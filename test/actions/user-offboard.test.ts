import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { userOffboard } from '../../src/actions/user-offboard.ts';
import { TargetError } from '../../src/core/errors.ts';
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

const never = new AbortController().signal;
const [jane, joan, admin] = ['jane@example.com', 'joan@example.com', 'root@example.com'];
const accounts = () => [
  someAccount(jane),
  someAccount(joan),
  someAccount(admin, { role: 'admin' }),
  someAccount('root-2@example.com', { role: 'admin' }),
];
const people = { [jane]: 'U07JANE', [admin]: 'U07ROOT' };
const setUp = (kept = {}) => {
  const system = fakeSystem(accounts());
  return { system, ...fakePeople({ system, people, kept }) };
};

describe('the plan', () => {
  test('takes the roles first, then the sign-in, then the sessions', async () => {
    const { on } = setUp();
    const plan = await planOf(userOffboard, { user: jane }, on);
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'suspend:U07JANE',
      `disable:${jane}`,
      `end-sessions:${jane}`,
    ]);
    expect(plan).toMatchObject({ risk: 'high', undo: { possible: true } });
    expect(plan.undo.how).toContain(`user restore ${jane} rms-auth@prod`);
  });

  test('says what outlives it', async () => {
    const { on } = setUp();
    const { riskReasons } = await planOf(userOffboard, { user: jane }, on);
    expect(riskReasons.join('; ')).toContain('Access tokens that were issued before');
  });

  test('of an administrator is destructive and says how many remain', async () => {
    const { on } = setUp();
    const plan = await planOf(userOffboard, { user: admin }, on);
    expect(plan.risk).toBe('destructive');
    expect(plan.riskReasons.join('; ')).toContain('1 of them remain');
  });

  test('of somebody whom Slack does not know takes what the system has', async () => {
    const { on } = setUp();
    const plan = await planOf(userOffboard, { user: joan }, on);
    expect(plan.steps.map(({ id }) => id)).toEqual([`disable:${joan}`, `end-sessions:${joan}`]);
    expect(userOffboard.about?.({ user: joan }, plan)).toEqual([]);
  });

  test('is about the person, who therefore never approves it', async () => {
    const { on } = setUp();
    const plan = await planOf(userOffboard, { user: jane }, on);
    expect(userOffboard.about?.({ user: jane }, plan)).toEqual(['U07JANE']);
    expect(userOffboard.about?.({ user: jane }, null)).toEqual([]);
  });

  test('is another one when somebody else stands behind the account by then', async () => {
    const { on, system } = setUp();
    const other = fakePeople({ system, people: { [jane]: 'U07OTHER' } });
    const material = async (target: typeof on) =>
      (await planOf(userOffboard, { user: jane }, target)).facts.filter((fact) => fact.material);
    expect(await material(on)).not.toEqual(await material(other.on));
  });

  test('leaves out what was done before, and is refused when nothing is left', async () => {
    const { on, system } = setUp();
    await carryOut(userOffboard, { user: jane }, on);
    system.signedIn.set(jane, 1);
    const plan = await planOf(userOffboard, { user: jane }, on);
    expect(plan.steps.map(({ id }) => id)).toEqual([`end-sessions:${jane}`]);
    system.signedIn.delete(jane);
    expect(await userOffboard.precheck({ user: jane }, on)).toMatchObject({
      ok: false,
      nothingToDo: true,
    });
  });
});

describe('is refused', () => {
  test.each<[string, string, object, Record<string, string>, string]>([
    ['for oneself', jane, { by: { id: 'U07JANE', team } }, {}, 'your own account'],
    [
      'for a break-glass account',
      jane,
      {},
      { [jane]: 'a break-glass account' },
      'a break-glass account',
    ],
    [
      'for an account that there is not',
      'jnae@example.com',
      {},
      {},
      `what comes nearest is ${jane}`,
    ],
  ])('%s, when it is asked for and once more before it is done', async (_, user, by, kept, why) => {
    const { on, system } = setUp(kept);
    const asked = { ...on, request: { ...someRequest, ...by } };
    expect(await whyNot(userOffboard, { user }, asked)).toContain(why);
    await expect(userOffboard.plan({ user }, asked)).rejects.toMatchObject({ happened: false });
    await expect(userOffboard.plan({ user }, asked)).rejects.toThrow(why);
    expect(system.effects).toEqual([]);
  });

  test('for the last administrator, also when the other one left only after it was asked for', async () => {
    const { on, system } = setUp();
    expect((await userOffboard.precheck({ user: admin }, on)).ok).toBe(true);
    system.users.set(
      'root-2@example.com',
      someAccount('root-2@example.com', { role: 'admin', enabled: false }),
    );
    expect(await whyNot(userOffboard, { user: admin }, on)).toContain(
      'nobody else with the role admin',
    );
    await expect(userOffboard.plan({ user: admin }, on)).rejects.toThrow('last administrator');
    expect(await userOffboard.precheck({ user: admin }, on)).not.toHaveProperty('nothingToDo');
  });

  test('when the system answers about another account than it was asked about', async () => {
    const { on, system } = setUp();
    system.accounts.find = async () => someAccount(joan);
    await expect(userOffboard.precheck({ user: jane }, on)).rejects.toThrow('another account');
  });

  test('for a protected account also where nothing would be left to take: it is in the way of all', async () => {
    const { on, system } = setUp({ [joan]: 'a break-glass account' });
    system.users.set(joan, someAccount(joan, { enabled: false }));
    system.signedIn.delete(joan);
    const verdict = await userOffboard.precheck({ user: joan }, on);
    expect(verdict.ok).toBe(false);
    expect(verdict.nothingToDo).toBeUndefined();
  });

  test('while Slack does not say who it is', async () => {
    const { on } = setUp();
    const find = () => Promise.reject(new TargetError('Slack is away', { retryable: true }));
    const can = { ...on.can, membership: { ...on.can.membership, find } };
    await expect(userOffboard.plan({ user: jane }, { ...on, can })).rejects.toThrow(
      'Slack is away',
    );
  });
});

describe('what is done', () => {
  test('is done to exactly one account and proved', async () => {
    const { on, system, suspensions, endedFor } = setUp();
    const before = new Map(system.users);
    const plan = await carryOut(userOffboard, { user: jane }, on);
    expect(system.effects).toEqual([`disable ${jane}`, `sign out ${jane}`]);
    for (const [user, account] of before) {
      if (user !== jane) expect(system.users.get(user)).toEqual(account);
    }
    expect(await userOffboard.verify(plan, on)).toMatchObject({ ok: true });
    expect(endedFor).toEqual(['U07JANE']);
    const by = { run: someRequest.run, actor: `user:${team}/${someRequest.by.id}` };
    expect(await suspensions.find(personSubject({ id: 'U07JANE', team }))).toMatchObject(by);
    expect(await suspensions.find(accountSubject(on.target, jane))).toMatchObject(by);
  });

  test.each<[string, (its: ReturnType<typeof setUp>) => unknown]>([
    [
      'the account can sign in after all',
      ({ system }) => system.users.set(jane, someAccount(jane)),
    ],
    ['a session is left', ({ system }) => system.signedIn.set(jane, 1)],
    ['the account is gone', ({ system }) => system.users.delete(jane)],
    [
      'the roles count after all',
      ({ suspensions }) =>
        suspensions.lift(personSubject({ id: 'U07JANE', team }), {
          run: 'R',
          actor: 'x',
          reason: '',
        }),
    ],
  ])('is not called done when %s', async (_, spoil) => {
    const its = setUp();
    const plan = await carryOut(userOffboard, { user: jane }, its.on);
    await spoil(its);
    expect((await userOffboard.verify(plan, its.on)).ok).toBe(false);
  });

  test('a system that does not tell how many sessions there are is believed', async () => {
    const { on, system } = setUp();
    system.sessions.count = async () => null;
    const plan = await carryOut(userOffboard, { user: jane }, on);
    expect(await userOffboard.verify(plan, on)).toMatchObject({ ok: true });
  });

  test.each([
    ['nothing, when the system is sure that it did nothing', false, false],
    ['the record of it, when it may have happened', true, true],
  ])('a disabling that breaks off leaves %s', async (_, happened, recorded) => {
    const { on, system, suspensions } = setUp();
    const plan = await planOf(userOffboard, { user: joan }, on);
    system.accounts.disable = () =>
      Promise.reject(new TargetError('no', { retryable: false, happened }));
    const step = plan.steps[0] ?? expect.fail();
    await expect(userOffboard.execute(step, plan, on, never)).rejects.toThrow('no');
    expect((await suspensions.find(accountSubject(on.target, joan))) !== null).toBe(recorded);
  });

  test('after a crash a look tells which steps have happened', async () => {
    const { on } = setUp();
    const plan = await planOf(userOffboard, { user: jane }, on);
    const look = async () =>
      Promise.all(plan.steps.map(async (step) => (await userOffboard.probe(step, plan, on)).kind));
    expect(await look()).toEqual(['failed', 'failed', 'unknown']);
    for (const step of plan.steps) await userOffboard.execute(step, plan, on, never);
    expect(await look()).toEqual(['done', 'done', 'done']);
  });

  test('a preview takes nothing from anybody', async () => {
    const { on } = setUp();
    const preview = { ...on, request: { ...someRequest, run: null } };
    const plan = await planOf(userOffboard, { user: jane }, preview);
    const step = plan.steps[0] ?? expect.fail();
    await expect(userOffboard.execute(step, plan, preview, never)).rejects.toMatchObject({
      happened: false,
    });
  });
});

test('whatever is typed, one account is taken away or none: never another, never more', async () => {
  const pieces = [
    "'",
    '"',
    ' OR 1=1',
    '--',
    ';',
    '*',
    '%',
    '../',
    '\u202e',
    '\n',
    '\0',
    '<!channel>',
    '@',
    jane,
    joan,
    ',',
  ];
  const typed = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((some) => some.join('')),
    fc.emailAddress(),
    fc.string({ maxLength: 300 }),
    fc.constant(jane),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (user) => {
      const { on, system } = setUp();
      const given = userOffboard.params.safeParse({ user });
      if (given.success) await carryOut(userOffboard, given.data, on).catch(() => {});
      const touched = new Set(system.effects.map((effect) => effect.split(' ').at(-1)));
      expect([...touched]).toEqual(user === jane || user === joan ? [user] : []);
    }),
    { numRuns: 300 },
  );
});
