import { describe, expect, test } from 'vitest';
import { accountSubject, personSubject } from '../../src/core/suspensions.ts';
import { createMembership } from '../../src/gatehouse/membership.ts';
import { withOwnOffers } from '../../src/gatehouse/own-offers.ts';
import type { EndedRequests } from '../../src/runs/ending/end-requests-of.ts';
import { memoryStore } from '../support/memory-store.ts';
import { scriptedTargets } from '../support/scripted-targets.ts';
import { someRequest } from '../support/some-request.ts';

const never = new AbortController().signal;
const team = 'T07GATEHSE1';
const target = { service: 'rms-auth', env: 'prod' };

function setUp(findByAddress: (address: string) => Promise<string | null> = async () => null) {
  const { suspensions, audit } = memoryStore();
  const ended: EndedRequests[] = [];
  const vacated: string[] = [];
  const accounts = {
    people: { 'jane@example.com': 'U07JANE' },
    second: { U07JOAN2: 'U07JOAN' },
    kept: { 'root@example.com': 'a break-glass account' },
    domains: ['example.com'],
  };
  const membership = createMembership({
    config: { team, accounts },
    suspensions,
    findByAddress,
    endRequestsOf: async (one) => void ended.push(one),
    vacate: async ({ id }) => void vacated.push(id),
  });
  return { membership, suspensions, audit, ended, vacated };
}

describe('who has an address', () => {
  test('is what the configuration says, before Slack is asked', async () => {
    const { membership } = setUp(() => Promise.reject(new Error('it must not be asked')));
    expect(await membership.find('Jane@Example.com', never)).toEqual({
      person: { id: 'U07JANE', team },
      kept: null,
      welcome: true,
    });
  });

  test('is what Slack says otherwise, or nobody', async () => {
    const slack = async (address: string) => (address === 'joan@example.com' ? 'U07JOAN' : null);
    const { membership } = setUp(slack);
    expect(await membership.find('joan@example.com', never)).toMatchObject({
      person: { id: 'U07JOAN', team },
    });
    expect(await membership.find('root@example.com', never)).toEqual({
      person: null,
      kept: 'a break-glass account',
      welcome: true,
    });
  });

  test('is the account that counts, of somebody who has two', async () => {
    const { membership } = setUp(async () => 'U07JOAN2');
    expect(await membership.find('joan@example.com', never)).toMatchObject({
      person: { id: 'U07JOAN', team },
    });
  });

  test('is not guessed while Slack does not say', async () => {
    const { membership } = setUp(() => Promise.reject(new Error('ratelimited')));
    await expect(membership.find('joan@example.com', never)).rejects.toMatchObject({
      name: 'TargetError',
      happened: false,
      message: expect.stringContaining('ratelimited'),
    });
  });
});

test.each([
  'jane@evil.example',
  'jane@x.example.com',
  'jane@example.com.evil',
  'a@example.com@b.c',
])('no account may be made for %s where only example.com is allowed', async (address) => {
  expect((await setUp().membership.find(address, never)).welcome).toBe(false);
});

describe('taking', () => {
  const subject = personSubject({ id: 'U07JANE', team });

  test('a person’s roles ends what they asked for and their part in incidents, in the name of who wanted it', async () => {
    const { membership, ended, vacated, audit } = setUp();
    await membership.take(subject, someRequest);
    expect(vacated).toEqual(['U07JANE']);
    const actor = `user:${team}/${someRequest.by.id}`;
    expect(ended).toEqual([
      {
        person: { id: 'U07JANE', team },
        why: 'Who asked for it was offboarded by R-000001. Nothing was done.',
        actor,
      },
    ]);
    expect(await audit.find({ subject, limit: 5 })).toMatchObject([
      { event: 'access.suspended', actor, facts: { run: 'R-000001' } },
    ]);
    expect(await membership.taken(subject, never)).toMatchObject({ run: 'R-000001' });
    await membership.giveBack(subject, someRequest);
    expect(await membership.taken(subject, never)).toBeNull();
  });

  test('an account’s sign-in ends nobody’s requests, and nobody’s part in anything', async () => {
    const { membership, ended, vacated } = setUp();
    await membership.take(accountSubject(target, 'jane@example.com'), someRequest);
    expect([ended, vacated]).toEqual([[], []]);
  });

  test('is not done for a preview', async () => {
    const { membership, suspensions } = setUp();
    const preview = { ...someRequest, run: null };
    await expect(membership.take(subject, preview)).rejects.toMatchObject({ happened: false });
    await expect(membership.giveBack(subject, preview)).rejects.toMatchObject({ happened: false });
    expect(await suspensions.people()).toEqual([]);
  });
});

test('every target offers it, besides what its drivers do', async () => {
  const { membership } = setUp();
  const logs = { read: async () => ({ lines: [], total: 0, complete: true }) };
  const targets = scriptedTargets({ 'rms-auth@prod': { logs } });
  const own = withOwnOffers(targets, { membership, redact: (text) => text });
  expect(await own.offer(target, 'membership')).toBe(membership);
  expect(await own.offer(target, 'logs')).toBe(logs);
  expect(await own.offer(target, 'vault')).toBeNull();
});
