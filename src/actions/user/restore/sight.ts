import type { On } from '../../../core/action.ts';
import type { Account, Member } from '../../../core/capabilities.ts';
import type { Step } from '../../../core/plan.ts';
import { accountSubject, personSubject, type Suspension } from '../../../core/suspensions.ts';
import { targetName } from '../../../core/target.ts';
import { accountOf, isPrivileged, noAccount, soon } from '../account.ts';
import type { Check } from '../checks.ts';
import { type Needs, stepOf } from '../steps.ts';

/** Somebody who is to get back what an offboarding took, as everything is now. */
export interface Sight {
  account: Account | null;
  member: Member;
  privileged: boolean;
  /** What was taken from the account. */
  record: Suspension | null;
  /** What was taken from the person in Gatehouse, where it goes with the account. */
  suspension: Suspension | null;
}

/** Looks at all of it. */
export async function lookAt(user: string, on: On<Needs>): Promise<Sight> {
  const { accounts, membership } = on.can;
  const [account, member, record] = await Promise.all([
    accountOf(on, user),
    membership.find(user, soon()),
    membership.taken(accountSubject(on.target, user), soon()),
  ]);
  const ofPerson = member.person && (await membership.taken(personSubject(member.person), soon()));
  // The roles come back with the account whose offboarding took them, not with every other one.
  const together = record === null || ofPerson?.run === record.run;
  return {
    account,
    member,
    privileged: account !== null && isPrivileged(accounts, account),
    record: account?.enabled ? null : record,
    suspension: together ? ofPerson : null,
  };
}

/** What has to hold: something was taken from this account or this person by an offboarding. */
export async function checksFor(user: string, sight: Sight, on: On<Needs>): Promise<Check[]> {
  const { account, record, suspension } = sight;
  if (account === null) {
    return [{ name: 'account', ok: false, seen: await noAccount(on, user) }];
  }
  const ok = record !== null || suspension !== null;
  const seen = ok
    ? 'an offboarding took something away'
    : account.enabled
      ? `${user} can sign in, and nothing else was taken away`
      : `no offboarding of Gatehouse has disabled ${user}, so whoever did has to say whether it may come back`;
  return [{ name: 'what was taken', ok, seen }];
}

/** The sign-in, and the roles last: nobody approves anything before all of it is done. */
export function stepsFor(
  user: string,
  { member, record, suspension }: Sight,
  { target }: Pick<On, 'target'>,
): Step[] {
  const { person } = member;
  return [
    ...(record
      ? [stepOf({ kind: 'enable', user }, `Enable the account ${user} of ${targetName(target)}`)]
      : []),
    ...(suspension && person
      ? [stepOf({ kind: 'reinstate', person }, `Give ${person.id} the roles in Gatehouse back`)]
      : []),
  ];
}
