import { z } from 'zod';
import type { On, StepOutcome } from '../../core/action.ts';
import { TargetError } from '../../core/errors.ts';
import type { Step } from '../../core/plan.ts';
import { accountSubject, personSubject } from '../../core/suspensions.ts';
import { outcomeFrom, sessionsText } from '../sessions/count.ts';
import { accountOf, soon } from './account.ts';

/** What people's accounts are worked on with. */
export type Needs = 'accounts' | 'sessions' | 'membership';

const person = z.object({ id: z.string(), team: z.string() });

const stepArgs = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('suspend'), person }),
  z.object({ kind: z.literal('reinstate'), person }),
  z.object({ kind: z.literal('disable'), user: z.string() }),
  z.object({ kind: z.literal('enable'), user: z.string() }),
  z.object({ kind: z.literal('end-sessions'), user: z.string() }),
]);

/** One thing that is taken from somebody or given back. */
export type StepArgs = z.infer<typeof stepArgs>;

/** How long one step may take, in milliseconds. */
const timeout = 15_000;

/** A step that does this: what it does is in its arguments, twice is the same as once. */
export const stepOf = (args: StepArgs, does: string): Step => ({
  id: `${args.kind}:${'user' in args ? args.user : args.person.id}`,
  does,
  args,
  timeout,
  repeatable: true,
  // Roles in Gatehouse are those of the person, whichever system it is about.
  ...('person' in args && { once: true }),
});

/** What a step does. */
export const argsOf = ({ args }: Step): StepArgs => stepArgs.parse(args);

/** Does one. What it throws is told by the runner. */
export async function doStep(step: Step, on: On<Needs>, signal: AbortSignal): Promise<StepOutcome> {
  const args = argsOf(step);
  const { accounts, sessions, membership } = on.can;
  switch (args.kind) {
    case 'suspend':
      await membership.take(personSubject(args.person), on.request);
      return { kind: 'done', seen: `${args.person.id} holds no role in Gatehouse` };
    case 'reinstate':
      await membership.giveBack(personSubject(args.person), on.request);
      return { kind: 'done', seen: `the roles of ${args.person.id} in Gatehouse count again` };
    case 'disable':
      await disable(args.user, on, signal);
      return { kind: 'done', seen: `${args.user} cannot sign in` };
    case 'enable':
      await accounts.enable(args.user, signal);
      await membership.giveBack(accountSubject(on.target, args.user), on.request);
      return { kind: 'done', seen: `${args.user} can sign in` };
    case 'end-sessions':
      await sessions.revoke(args.user, signal);
      return { kind: 'done', seen: `the sessions of ${args.user} are ended` };
  }
}

/** What is taken is written down first: otherwise nobody could give it back after a crash. */
async function disable(user: string, on: On<Needs>, signal: AbortSignal): Promise<void> {
  const { accounts, membership } = on.can;
  const subject = accountSubject(on.target, user);
  await membership.take(subject, on.request);
  try {
    await accounts.disable(user, signal);
  } catch (error) {
    const nothingDone = error instanceof TargetError && !error.happened;
    if (nothingDone) await membership.giveBack(subject, on.request).catch(() => {});
    throw error;
  }
}

/** What is seen of the thing that a step changes: whether it is as the step leaves it. */
export async function lookAfterStep(step: Step, on: On<Needs>) {
  const args = argsOf(step);
  switch (args.kind) {
    case 'suspend':
    case 'reinstate': {
      const taken = await on.can.membership.taken(personSubject(args.person), soon());
      const seen = taken ? 'holds no role' : 'roles count';
      return { name: args.person.id, ok: (taken !== null) === (args.kind === 'suspend'), seen };
    }
    case 'disable':
    case 'enable': {
      const account = await accountOf(on, args.user);
      const seen =
        account === null ? 'is gone' : account.enabled ? 'can sign in' : 'cannot sign in';
      return { name: args.user, ok: account?.enabled === (args.kind === 'enable'), seen };
    }
    case 'end-sessions': {
      const left = await on.can.sessions.count(args.user, soon());
      return {
        name: `sessions of ${args.user}`,
        ok: left === null || left === 0,
        seen: sessionsText(left),
      };
    }
  }
}

/** After a crash: whether the step has happened. A session that there is may have begun since. */
export async function probeStep(step: Step, on: On<Needs>): Promise<StepOutcome> {
  const args = argsOf(step);
  if (args.kind === 'end-sessions') {
    return outcomeFrom(await on.can.sessions.count(args.user, soon()));
  }
  const { name, ok, seen } = await lookAfterStep(step, on);
  return ok
    ? { kind: 'done', seen: `${name}: ${seen}` }
    : { kind: 'failed', why: `${name}: ${seen}` };
}
