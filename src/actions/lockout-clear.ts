import { z } from 'zod';
import { defineAction, type On, type StepOutcome } from '../core/action.ts';
import type { Account } from '../core/capabilities.ts';
import { targetName } from '../core/target.ts';
import { verdictOf } from './proof.ts';
import {
  aboutPerson,
  accountFact,
  accountOf,
  isPrivileged,
  noAccount,
  personFact,
  soon,
} from './user/account.ts';
import { userParam } from './user/address.ts';
import { type Check, demand } from './user/checks.ts';

const stepArgs = z.object({ user: z.string() });

interface Sight {
  account: Account | null;
  check: Check;
}

/** Runbook 004 §6.1 "Login Failures": after confirmation only, and for one account, never for all. */
export const lockoutClear = defineAction({
  name: 'lockout clear',
  version: 1,
  summary: 'Lets one account try to sign in again that was locked after too many failed attempts.',
  examples: [
    'lockout clear identity-platform@prod jane@example.com --reason "called the helpdesk"',
  ],
  aliases: [],
  runbook: '004 Login Failures',
  params: z.strictObject({ user: userParam }),
  operands: ['user'],
  baseRisk: 'high',
  needs: ['accounts', 'membership'],
  about: aboutPerson,

  precheck: async ({ user }, on) => verdictOf([(await lookAt(user, on)).check]),

  async plan({ user }, on) {
    const [{ account, check }, member] = await Promise.all([
      lookAt(user, on),
      on.can.membership.find(user, soon()),
    ]);
    demand([check]);
    if (account === null) throw new Error('a check that is ok is about an account');
    return {
      summary: `Clear the lockout of ${account.user} on ${targetName(on.target)}`,
      facts: [accountFact(account), ...lockoutFacts(account), personFact(member)],
      steps: [
        {
          id: `unlock:${account.user}`,
          does: `Clear the lockout and the failed attempts of ${account.user}`,
          args: { user: account.user },
          timeout: 10_000,
          repeatable: true,
        },
      ],
      risk: 'high',
      riskReasons: riskReasons(account, on),
      undo: {
        possible: false,
        how: 'A lockout cannot be put back; further failed attempts lock the account again.',
      },
    };
  },

  async execute(step, _plan, { can }, signal): Promise<StepOutcome> {
    const { user } = stepArgs.parse(step.args);
    await can.accounts.clearLockout(user, signal);
    return { kind: 'done', seen: `${user} may try again` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const account = await accountOf(on, stepArgs.parse(step.args).user);
    if (account === null) return { kind: 'unknown', why: 'there is no such account any more' };
    const seen = lockoutText(account, on.clock.now());
    if (!isLocked(account, on.clock.now())) return { kind: 'done', seen };
    return { kind: 'unknown', why: `${seen}, still or again` };
  },

  async verify(plan, on) {
    const { user } = stepArgs.parse(plan.steps[0]?.args);
    const account = await accountOf(on, user);
    const now = on.clock.now();
    const ok = account !== null && !isLocked(account, now);
    const seen = account === null ? 'there is no such account' : lockoutText(account, now);
    return verdictOf([{ name: user, ok, seen }]);
  },
});

/** The account, and whether there is anything to clear. */
async function lookAt(user: string, on: On<'accounts'>): Promise<Sight> {
  const account = await accountOf(on, user);
  if (account === null) {
    return { account, check: { name: 'account', ok: false, seen: await noAccount(on, user) } };
  }
  const cannot = on.can.accounts.noLockouts;
  const now = on.clock.now();
  const isUnknown = account.lockedUntil === null && account.failedAttempts === null;
  const some = isUnknown || isLocked(account, now) || (account.failedAttempts ?? 0) > 0;
  const seen = cannot ?? (some ? lockoutText(account, now) : `${account.user} is not locked`);
  return { account, check: { name: 'lockout', ok: some && cannot === undefined, seen } };
}

const isLocked = ({ lockedUntil }: Account, now: number): boolean =>
  lockedUntil !== null && lockedUntil > now;

function lockoutText(account: Account, now: number): string {
  const { failedAttempts: failed, lockedUntil: until } = account;
  const attempts = failed === null ? 'an unknown number of' : failed;
  const lock = isLocked(account, now)
    ? `locked until ${new Date(until ?? 0).toISOString()}`
    : 'not locked';
  return `${lock}, with ${attempts} failed attempts`;
}

/** They change with every attempt: another figure is no other plan. */
const lockoutFacts = ({ failedAttempts, lockedUntil }: Account) => [
  { name: 'failed attempts', value: String(failedAttempts ?? 'unknown'), material: false },
  {
    name: 'locked until',
    value: lockedUntil === null ? 'not locked' : new Date(lockedUntil).toISOString(),
    material: false,
  },
];

const riskReasons = (account: Account, { can }: On<'accounts'>): string[] => [
  'Somebody who is guessing the password of this account may go on at once',
  ...(isPrivileged(can.accounts, account)
    ? [`it holds the role ${account.role}, the most powerful one`]
    : []),
];
