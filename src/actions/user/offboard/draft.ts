import type { On } from '../../../core/action.ts';
import type { Draft, PlanFact, Step } from '../../../core/plan.ts';
import { targetName } from '../../../core/target.ts';
import { sessionsFact } from '../../sessions/count.ts';
import { accountFact, personFact } from '../account.ts';
import { stepOf } from '../steps.ts';
import type { Sight } from './sight.ts';

/** What an offboarding would do; nothing is said twice when part of it was done before. */
export function draftFor(user: string, sight: Sight, on: On<'sessions'>): Draft {
  const place = targetName(on.target);
  return {
    summary: `Offboard ${user} from ${place}`,
    facts: factsOf(sight),
    steps: stepsFor(user, sight, place),
    risk: sight.privileged ? 'destructive' : 'high',
    riskReasons: reasonsFor(user, sight, place, on),
    undo: {
      possible: true,
      how: `\`user restore ${user} ${place}\` gives back what this takes away; sessions and requests that were ended stay ended.`,
    },
  };
}

function factsOf({ account, member, suspension, privileged, sessions }: Sight): PlanFact[] {
  return [
    ...(account ? [accountFact(account)] : []),
    ...(privileged
      ? [{ name: 'administrator', value: 'yes, and not the last one', material: true }]
      : []),
    sessionsFact(sessions),
    personFact(member),
    ...(suspension
      ? [
          {
            name: 'roles in Gatehouse',
            value: `taken already by ${suspension.run}`,
            material: true,
          },
        ]
      : []),
  ];
}

/** The roles go first: who is offboarded must not approve anything meanwhile. Then the sign-in, then what is open. */
function stepsFor(user: string, { account, member, suspension }: Sight, place: string): Step[] {
  const { person } = member;
  return [
    ...(person && !suspension
      ? [
          stepOf(
            { kind: 'suspend', person },
            `Take from ${person.id} every role in Gatehouse and end what they asked for`,
          ),
        ]
      : []),
    ...(account?.enabled
      ? [stepOf({ kind: 'disable', user }, `Disable the account ${user} of ${place}`)]
      : []),
    stepOf({ kind: 'end-sessions', user }, `End the sessions of ${user} in ${place}`),
  ];
}

function reasonsFor(
  user: string,
  { privileged, admins }: Sight,
  place: string,
  { can }: On<'sessions'>,
): string[] {
  const remains = can.sessions.remains();
  return [
    `${user} is signed out of ${place} and cannot sign in again`,
    ...(privileged ? [`it is an administrator; ${admins - 1} of them remain`] : []),
    ...(remains === null ? [] : [`what outlives it: ${remains.replace(/\.$/, '')}`]),
  ];
}
