import { z } from 'zod';
import { defineAction, type Verdict } from '../core/action.ts';
import { verdictOf } from './proof.ts';
import { aboutPerson } from './user/account.ts';
import { userParam } from './user/address.ts';
import { demand, verdictUnless } from './user/checks.ts';
import { draftFor } from './user/offboard/draft.ts';
import { checksFor, lookAt } from './user/offboard/sight.ts';
import { doStep, lookAfterStep, probeStep } from './user/steps.ts';

const params = z.strictObject({ user: userParam });

/**
 * Runbook 000 "User Offboarding": roles in Gatehouse, sign-in and sessions of exactly one account. The
 * runbook's UPDATE with the address between quotes would take everybody's when it is spelt accordingly.
 */
export const userOffboard = defineAction({
  name: 'user offboard',
  version: 1,
  summary:
    'Takes everything from somebody who leaves: sign-in, sessions, and the roles and requests in Gatehouse.',
  examples: [
    'user offboard jane@example.com rms-auth@prod --reason "left the company on Friday"',
    'user offboard jane@example.com all@prod --reason "left the company on Friday"',
  ],
  aliases: ['offboard'],
  runbook: '000 User Offboarding',
  params,
  operands: ['user'],
  everywhere: true,
  baseRisk: 'high',
  needs: ['accounts', 'sessions', 'membership'],
  about: aboutPerson,

  async precheck({ user }, on) {
    return verdictUnless(
      ['account', 'what is left'],
      await checksFor(user, await lookAt(user, on), on),
    );
  },

  async plan({ user }, on) {
    const sight = await lookAt(user, on);
    demand(await checksFor(user, sight, on));
    return draftFor(user, sight, on);
  },

  execute: (step, _plan, on, signal) => doStep(step, on, signal),
  probe: (step, _plan, on) => probeStep(step, on),

  async verify(plan, on): Promise<Verdict> {
    return verdictOf(await Promise.all(plan.steps.map((step) => lookAfterStep(step, on))));
  },
});
