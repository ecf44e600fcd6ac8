import { z } from 'zod';
import { defineAction, type Verdict } from '../core/action.ts';
import { targetName } from '../core/target.ts';
import { verdictOf } from './proof.ts';
import { aboutPerson, accountFact, personFact } from './user/account.ts';
import { userParam } from './user/address.ts';
import { demand, verdictUnless } from './user/checks.ts';
import { checksFor, lookAt, type Sight, stepsFor } from './user/restore/sight.ts';
import { doStep, lookAfterStep, probeStep } from './user/steps.ts';

const params = z.strictObject({ user: userParam });

/** Gives back what an offboarding took, from what that wrote down; runbook 000 has no way back at all. */
export const userRestore = defineAction({
  name: 'user restore',
  version: 1,
  summary: 'Gives back what an offboarding took away: the sign-in, and the roles in Gatehouse.',
  examples: ['user restore jane@example.com rms-auth@prod --reason "came back on Monday"'],
  aliases: [],
  runbook: '000 User Offboarding',
  params,
  operands: ['user'],
  everywhere: true,
  baseRisk: 'high',
  needs: ['accounts', 'sessions', 'membership'],
  about: aboutPerson,

  async precheck({ user }, on) {
    return verdictUnless(
      ['account', 'what was taken'],
      await checksFor(user, await lookAt(user, on), on),
    );
  },

  async plan({ user }, on) {
    const sight = await lookAt(user, on);
    demand(await checksFor(user, sight, on));
    return {
      summary: `Restore ${user} in ${targetName(on.target)}`,
      facts: factsOf(sight),
      steps: stepsFor(user, sight, on),
      risk: sight.privileged ? 'destructive' : 'high',
      riskReasons: [
        `${user} can sign in again with the password and the role it had`,
        ...(sight.privileged ? ['it is an administrator'] : []),
      ],
      undo: { possible: true, how: '`user offboard` takes it all away again.' },
    };
  },

  execute: (step, _plan, on, signal) => doStep(step, on, signal),
  probe: (step, _plan, on) => probeStep(step, on),

  async verify(plan, on): Promise<Verdict> {
    return verdictOf(await Promise.all(plan.steps.map((step) => lookAfterStep(step, on))));
  },
});

function factsOf({ account, member, record, suspension }: Sight) {
  const takenBy = record ?? suspension;
  return [
    ...(account ? [accountFact(account)] : []),
    personFact(member),
    ...(takenBy
      ? [
          {
            name: 'taken away',
            value: `${new Date(takenBy.since).toISOString()} by ${takenBy.run}: ${takenBy.reason}`,
            material: true,
          },
        ]
      : []),
  ];
}
