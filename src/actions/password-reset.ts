import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import type { Account, Member } from '../core/capabilities.ts';
import type { Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { verdictOf } from './proof.ts';
import { sessionsFact } from './sessions/count.ts';
import {
  aboutPerson,
  accountFact,
  accountOf,
  noAccount,
  personFact,
  soon,
} from './user/account.ts';
import { userParam } from './user/address.ts';
import { type Check, demand, keptCheck } from './user/checks.ts';
import { doStep, lookAfterStep, type Needs, probeStep, stepOf } from './user/steps.ts';

const params = z.strictObject({ user: userParam });

const resetArgs = z.object({ kind: z.literal('reset'), user: z.string() });

/** How long asking for it may take, in milliseconds. */
const timeout = 15_000;

/**
 * Runbook 000 "Account Compromise", `admin-reset-user-password`, and the sessions with it. Never where
 * the address was not verified: the person would be told nowhere and be locked out.
 */
export const passwordReset = defineAction({
  name: 'password reset',
  version: 1,
  summary:
    'Makes the password of one account void, ends its sessions, and lets the system tell the person.',
  examples: ['password reset jane@example.com rms-auth@prod --reason "typed it into a fake page"'],
  aliases: [],
  runbook: '000 Account Compromise',
  params,
  operands: ['user'],
  baseRisk: 'high',
  needs: ['accounts', 'sessions', 'membership'],
  about: aboutPerson,

  async precheck({ user }, on) {
    return verdictOf(await checksFor(user, await lookAt(user, on), on));
  },

  async plan({ user }, on) {
    const sight = await lookAt(user, on);
    demand(await checksFor(user, sight, on));
    const remains = on.can.sessions.remains();
    return {
      summary: `Reset the password of ${user} in ${targetName(on.target)}`,
      facts: [
        ...(sight.account ? [accountFact(sight.account)] : []),
        sessionsFact(sight.sessions),
        personFact(sight.member),
      ],
      steps: [
        resetStep(user, targetName(on.target)),
        stepOf({ kind: 'end-sessions', user }, `End the sessions of ${user}`),
      ],
      risk: 'high',
      riskReasons: [
        `${user} cannot sign in before they have chosen another password`,
        ...(remains === null ? [] : [`what outlives it: ${remains.replace(/\.$/, '')}`]),
      ],
      undo: {
        possible: false,
        how: 'The old password is gone; only the person can choose another.',
      },
    };
  },

  async execute(step, _plan, on, signal): Promise<StepOutcome> {
    const reset = resetArgs.safeParse(step.args);
    if (!reset.success) return doStep(step, on, signal);
    const { user } = reset.data;
    await on.can.accounts.resetPassword(user, signal);
    return { kind: 'done', seen: `${user} has to choose another password` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    if (!resetArgs.safeParse(step.args).success) return probeStep(step, on);
    const { name, ok, seen } = await lookAfter(step, on);
    // It may have had to choose one before.
    return { kind: ok ? 'unknown' : 'failed', why: `${name}: ${seen}` };
  },

  async verify(plan, on): Promise<Verdict> {
    return verdictOf(await Promise.all(plan.steps.map((step) => lookAfter(step, on))));
  },
});

const resetStep = (user: string, place: string): Step => ({
  id: `reset:${user}`,
  does: `Make the password of ${user} in ${place} void; the system tells them how to choose another`,
  args: { kind: 'reset', user },
  timeout,
  repeatable: false,
});

interface Sight {
  account: Account | null;
  member: Member;
  sessions: number | null;
}

async function lookAt(user: string, on: On<Needs>): Promise<Sight> {
  const [account, member, sessions] = await Promise.all([
    accountOf(on, user),
    on.can.membership.find(user, soon()),
    on.can.sessions.count(user, soon()),
  ]);
  return { account, member, sessions };
}

async function checksFor(user: string, sight: Sight, on: On<Needs>): Promise<Check[]> {
  const { account, member } = sight;
  if (account === null) {
    return [{ name: 'account', ok: false, seen: await noAccount(on, user) }];
  }
  const { verified } = account;
  return [
    keptCheck(member),
    {
      name: 'verified address',
      ok: verified === true,
      seen:
        verified === true
          ? 'the system can tell the person'
          : `${verified === null ? 'nobody knows whether the address was ever verified' : 'the address was never verified'}: the person would be told nowhere and be locked out`,
    },
    {
      name: 'sign-in',
      ok: account.enabled,
      seen: account.enabled
        ? 'it can sign in'
        : 'the account is disabled: a new password would be of no use',
    },
  ];
}

async function lookAfter(step: Step, on: On<Needs>): Promise<Check> {
  const reset = resetArgs.safeParse(step.args);
  if (!reset.success) return lookAfterStep(step, on);
  const must = (await accountOf(on, reset.data.user))?.mustResetPassword === true;
  return {
    name: reset.data.user,
    ok: must,
    seen: must ? 'has to choose another password' : 'has not to choose another password',
  };
}
