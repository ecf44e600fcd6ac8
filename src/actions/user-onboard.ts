import { z } from 'zod';
import { defineAction, type On, type StepOutcome, type Verdict } from '../core/action.ts';
import { nearest } from '../core/near.ts';
import type { Step } from '../core/plan.ts';
import { targetName } from '../core/target.ts';
import { verdictOf } from './proof.ts';
import { aboutPerson, accountOf, personFact, soon } from './user/account.ts';
import { address } from './user/address.ts';
import { type Check, demand } from './user/checks.ts';

const params = z.strictObject({
  email: address.describe('The address of the new account, such as jane@example.com.'),
  role: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9._-]{0,59}$/, 'expected the name of a role')
    .describe('What the account may do, by the names that the system has.'),
});

type Params = z.infer<typeof params>;

const stepArgs = z.object({ user: z.string(), role: z.string() });

/** How long making an account may take, in milliseconds. */
const timeout = 15_000;

/**
 * Runbook 000 "User Onboarding". The runbook puts a password into the command line, suppresses the mail
 * that would have told it, and mails none itself: here the system writes to the person, who chooses one.
 */
export const userOnboard = defineAction({
  name: 'user onboard',
  version: 1,
  summary: 'Makes an account for somebody, who hears of it from the system and chooses a password.',
  examples: ['user onboard john@example.com rms-auth@prod --role user --reason "starts on Monday"'],
  aliases: ['onboard'],
  runbook: '000 User Onboarding',
  params,
  operands: ['email'],
  baseRisk: 'high',
  needs: ['accounts', 'membership'],
  about: aboutPerson,

  async precheck({ email, role }, on) {
    return verdictOf(await checksFor({ email, role }, on));
  },

  async plan({ email, role }, on) {
    demand(await checksFor({ email, role }, on));
    const member = await on.can.membership.find(email, soon());
    const privileged = role === on.can.accounts.roles().at(-1);
    return {
      summary: `Make the account ${email} with the role ${role} in ${targetName(on.target)}`,
      facts: [{ name: 'account', value: 'there is none yet', material: true }, personFact(member)],
      steps: [stepFor(email, role)],
      risk: privileged ? 'destructive' : 'high',
      riskReasons: [
        privileged
          ? `${role} is the most powerful role: whoever reads the mail can do everything`
          : 'whoever reads the mail of this address can sign in',
      ],
      undo: {
        possible: true,
        how: 'when the checks afterwards fail, the new account is disabled, as part of this plan; later, `user offboard` does it.',
      },
    };
  },

  async execute(step, _plan, on, signal): Promise<StepOutcome> {
    const { user, role } = stepArgs.parse(step.args);
    await on.can.accounts.create(user, role, signal);
    return { kind: 'done', seen: `${user} was made and is told by the system` };
  },

  async probe(step, _plan, on): Promise<StepOutcome> {
    const checks = await newAccountChecks(step, on);
    const seen = checks.map((check) => `${check.name}: ${check.seen}`).join('; ');
    if (checks.every(({ ok }) => ok)) return { kind: 'done', seen };
    return checks.length === 1 ? { kind: 'failed', why: seen } : { kind: 'unknown', why: seen };
  },

  async verify(plan, on): Promise<Verdict> {
    return verdictOf(
      (await Promise.all(plan.steps.map((step) => newAccountChecks(step, on)))).flat(),
    );
  },

  async compensate(plan, on, signal): Promise<StepOutcome> {
    for (const step of plan.steps) {
      await on.can.accounts.disable(stepArgs.parse(step.args).user, signal);
    }
    return { kind: 'done', seen: 'the new account cannot sign in' };
  },
});

const stepFor = (user: string, role: string): Step => ({
  id: `create:${user}`,
  does: `Make the account ${user} with the role ${role}, which has to choose a password`,
  args: { user, role },
  timeout,
  repeatable: false,
});

async function checksFor(
  { email, role }: Params,
  on: On<'accounts' | 'membership'>,
): Promise<Check[]> {
  const roles = on.can.accounts.roles();
  const [account, { welcome }] = await Promise.all([
    accountOf(on, email),
    on.can.membership.find(email, soon()),
  ]);
  return [
    {
      name: 'domain',
      ok: welcome,
      seen: welcome
        ? 'accounts may be made for it'
        : 'the configuration file does not let accounts be made for this domain',
    },
    { name: 'role', ok: roles.includes(role), seen: roleText(role, roles) },
    {
      name: 'account',
      ok: account === null,
      seen: account
        ? `${email} is there already, with the role ${account.role}`
        : 'there is none yet',
    },
  ];
}

function roleText(role: string, roles: readonly string[]): string {
  if (roles.includes(role)) return `${role} is one of its roles`;
  const near = nearest(role, roles);
  const hint = near.length > 0 ? `; what comes nearest is ${near.join(' or ')}` : '';
  return `it has no role ${role}, only ${roles.join(', ')}${hint}`;
}

/** Only one when there is no such account. */
async function newAccountChecks({ args }: Step, on: On<'accounts'>): Promise<Check[]> {
  const { user, role } = stepArgs.parse(args);
  const account = await accountOf(on, user);
  if (account === null) return [{ name: user, ok: false, seen: 'is not there' }];
  const { mustResetPassword: must } = account;
  return [
    { name: user, ok: true, seen: 'is there' },
    { name: 'role', ok: account.role === role, seen: account.role ?? 'the system does not tell' },
    {
      name: 'password',
      ok: must === true,
      seen: must === true ? 'has to be chosen by the person' : 'nobody has to choose one',
    },
  ];
}
