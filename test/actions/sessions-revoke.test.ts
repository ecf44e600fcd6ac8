import { describe, expect, test } from 'vitest';
import { sessionsRevoke } from '../../src/actions/sessions-revoke.ts';
import { sessionsRevokeAll } from '../../src/actions/sessions-revoke-all.ts';
import { TargetError } from '../../src/core/errors.ts';
import {
  carryOut,
  fakePeople,
  fakeSystem,
  planOf,
  someAccount,
  whyNot,
} from '../support/fake-people.ts';
import { memoryVault } from '../support/memory-vault.ts';

const never = new AbortController().signal;
const [jane, joan] = ['jane@example.com', 'joan@example.com'];
const setUp = (kept = {}) => {
  const system = fakeSystem([someAccount(jane), someAccount(joan)]);
  const vault = memoryVault();
  const its = fakePeople({ system, kept, people: { [jane]: 'U07JANE' } });
  const maybe = { vault, sessions: system.sessions };
  return { system, vault, ...its, all: { ...its.on, maybe } };
};

describe('of one person', () => {
  test('ends their sessions and nobody else’s, and proves it', async () => {
    const { on, system } = setUp();
    const plan = await carryOut(sessionsRevoke, { user: jane }, on);
    expect(system.effects).toEqual([`sign out ${jane}`]);
    expect(system.signedIn.get(joan)).toBe(2);
    expect(await sessionsRevoke.verify(plan, on)).toMatchObject({ ok: true });
    expect(sessionsRevoke.about?.({ user: jane }, plan)).toEqual(['U07JANE']);
  });

  test('is not called done when as many are left as there were', async () => {
    const { on, system } = setUp();
    const plan = await carryOut(sessionsRevoke, { user: jane }, on);
    system.signedIn.set(jane, 2);
    expect((await sessionsRevoke.verify(plan, on)).ok).toBe(false);
    system.signedIn.set(jane, 1);
    expect(await sessionsRevoke.verify(plan, on)).toMatchObject({
      ok: true,
      checks: [{ seen: '1, 2 before: whoever has one has signed in since' }],
    });
  });

  test('is refused for an unknown account and for a protected one', async () => {
    expect(await whyNot(sessionsRevoke, { user: 'jan@example.com' }, setUp().on)).toContain(jane);
    const { on } = setUp({ [jane]: 'a break-glass account' });
    expect(await whyNot(sessionsRevoke, { user: jane }, on)).toContain('a break-glass account');
    await expect(sessionsRevoke.plan({ user: jane }, on)).rejects.toMatchObject({
      happened: false,
    });
  });
});

describe('of everybody', () => {
  test('keeps evidence first, then ends all sessions and nothing else', async () => {
    const { all, system, vault } = setUp();
    const accounts = new Map(system.users);
    const plan = await carryOut(sessionsRevokeAll, {}, all);
    expect(plan.steps.map(({ id }) => id)).toEqual(['keep-evidence', 'revoke-all']);
    expect(vault.kept.get('R-000001')).toEqual(['request.json', 'sessions.json']);
    expect(system.effects).toEqual(['sign everybody out']);
    expect(system.users).toEqual(accounts);
    expect(await sessionsRevokeAll.verify(plan, all)).toMatchObject({ ok: true });
  });

  test('says how many have to sign in again, that it cannot be undone, and what outlives it', async () => {
    const { all } = setUp();
    const plan = await planOf(sessionsRevokeAll, {}, all);
    expect(plan).toMatchObject({ risk: 'destructive', undo: { possible: false } });
    expect(plan.riskReasons[0]).toContain('up to 4 people have to sign in again');
    expect(plan.riskReasons.join('; ')).toContain('Access tokens');
  });

  test('is refused where evidence cannot be kept, and when nothing would be ended', async () => {
    const { on, all, system } = setUp();
    expect(await whyNot(sessionsRevokeAll, {}, on)).toContain('nowhere to keep evidence');
    await expect(sessionsRevokeAll.plan({}, on)).rejects.toMatchObject({ happened: false });
    system.signedIn.clear();
    expect(await whyNot(sessionsRevokeAll, {}, all)).toContain('nobody is signed in');
  });

  test('is refused where they cannot be ended all at once', async () => {
    const { all, system } = setUp();
    system.sessions.notAll = 'the pool has no such call';
    expect(await whyNot(sessionsRevokeAll, {}, all)).toContain('the pool has no such call');
  });

  test('ends nothing when the evidence was not kept', async () => {
    const { all, system, vault } = setUp();
    vault.keep = () =>
      Promise.reject(new TargetError('the disk is full', { retryable: true, happened: false }));
    await expect(carryOut(sessionsRevokeAll, {}, all)).rejects.toThrow('the disk is full');
    expect(system.effects).toEqual([]);
  });

  test('is not called done when the evidence is gone, or as many are left', async () => {
    const { all, system, vault } = setUp();
    const plan = await carryOut(sessionsRevokeAll, {}, all);
    vault.check = async () => ['log.json was changed'];
    expect((await sessionsRevokeAll.verify(plan, all)).ok).toBe(false);
    vault.check = async () => [];
    system.signedIn.set(jane, 4);
    expect((await sessionsRevokeAll.verify(plan, all)).ok).toBe(false);
  });

  test('does nothing to the sessions in its first step, nor to the evidence in its second', async () => {
    const { all, system, vault } = setUp();
    const plan = await planOf(sessionsRevokeAll, {}, all);
    const [keep = expect.fail(), revoke = expect.fail()] = plan.steps;
    await sessionsRevokeAll.execute(keep, plan, all, never);
    expect([system.effects.length, vault.kept.size]).toEqual([0, 1]);
    await sessionsRevokeAll.execute(revoke, plan, all, never);
    expect([system.effects.length, vault.kept.size]).toEqual([1, 1]);
  });

  test('after a crash a look tells what it can: those who are signed in may be new', async () => {
    const { all, system } = setUp();
    const plan = await planOf(sessionsRevokeAll, {}, all);
    const look = async () =>
      Promise.all(
        plan.steps.map(async (step) => (await sessionsRevokeAll.probe(step, plan, all)).kind),
      );
    expect(await look()).toEqual(['failed', 'unknown']);
    for (const step of plan.steps) await sessionsRevokeAll.execute(step, plan, all, never);
    expect(await look()).toEqual(['done', 'done']);
    system.sessions.count = async () => null;
    expect(await look()).toEqual(['done', 'unknown']);
  });
});
