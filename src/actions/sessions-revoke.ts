import { z } from 'zod';
import { defineAction, type On, type Verdict } from '../core/action.ts';
import { targetName } from '../core/target.ts';
import { verdictOf } from './proof.ts';
import { sessionsAfter, sessionsFact } from './sessions/count.ts';
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
import { doStep, type Needs, probeStep, stepOf } from './user/steps.ts';

const params = z.strictObject({ user: userParam });

/** Runbook 000 "Account Compromise", global sign-out: the sessions of exactly one account, and nothing else. */
export const sessionsRevoke = defineAction({
  name: 'sessions revoke',
  version: 1,
  summary: 'Signs one person out everywhere; they can sign in again.',
  examples: ['sessions revoke jane@example.com rms-auth@prod --reason "laptop was stolen"'],
  aliases: ['kick'],
  runbook: '000 Account Compromise',
  params,
  operands: ['user'],
  baseRisk: 'high',
  needs: ['accounts', 'sessions', 'membership'],
  about: aboutPerson,

  precheck: async ({ user }, on) => verdictOf(await checksFor(user, on)),

  async plan({ user }, on) {
    demand(await checksFor(user, on));
    const { sessions, membership } = on.can;
    const [account, member, count] = await Promise.all([
      accountOf(on, user),
      membership.find(user, soon()),
      sessions.count(user, soon()),
    ]);
    const remains = sessions.remains();
    return {
      summary: `End the sessions of ${user} in ${targetName(on.target)}`,
      facts: [...(account ? [accountFact(account)] : []), sessionsFact(count), personFact(member)],
      steps: [stepOf({ kind: 'end-sessions', user }, `End the sessions of ${user}`)],
      risk: 'high',
      riskReasons: [
        `${user} is signed out on every device and has to sign in again`,
        ...(remains === null ? [] : [`what outlives it: ${remains.replace(/\.$/, '')}`]),
      ],
      undo: { possible: false, how: 'Sessions that were ended do not come back.' },
    };
  },

  execute: (step, _plan, on, signal) => doStep(step, on, signal),
  probe: (step, _plan, on) => probeStep(step, on),

  async verify(plan, on): Promise<Verdict> {
    const { user } = params.parse(plan.params);
    return verdictOf([sessionsAfter(plan, await on.can.sessions.count(user, soon()))]);
  },
});

async function checksFor(user: string, on: On<Needs>): Promise<Check[]> {
  const [account, member] = await Promise.all([
    accountOf(on, user),
    on.can.membership.find(user, soon()),
  ]);
  if (account === null) {
    return [{ name: 'account', ok: false, seen: await noAccount(on, user) }];
  }
  return [{ name: 'account', ok: true, seen: `${user} is there` }, keptCheck(member)];
}
