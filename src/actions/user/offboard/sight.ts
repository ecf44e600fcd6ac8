import type { On } from '../../../core/action.ts';
import type { Account, Member } from '../../../core/capabilities.ts';
import { personSubject, type Suspension } from '../../../core/suspensions.ts';
import { accountOf, isPrivileged, noAccount, soon } from '../account.ts';
import { type Check, keptCheck } from '../checks.ts';
import type { Needs } from '../steps.ts';

/** Somebody who is to be offboarded from one system, as everything is now. */
export interface Sight {
  account: Account | null;
  member: Member;
  /** Whether their roles in Gatehouse were taken already. */
  suspension: Suspension | null;
  privileged: boolean;
  /** How many hold the most powerful role; only looked up where it matters. */
  admins: number;
  /** Null when the system does not tell. */
  sessions: number | null;
}

/** Looks at all of it at the same time. */
export async function lookAt(user: string, on: On<Needs>): Promise<Sight> {
  const { accounts, membership } = on.can;
  const [account, member, sessions] = await Promise.all([
    accountOf(on, user),
    membership.find(user, soon()),
    on.can.sessions.count(user, soon()),
  ]);
  const privileged = account !== null && isPrivileged(accounts, account);
  const [admins, suspension] = await Promise.all([
    privileged ? accounts.admins(soon()) : 0,
    member.person && membership.taken(personSubject(member.person), soon()),
  ]);
  return { account, member, suspension, privileged, admins, sessions };
}

/** What has to hold, when it is asked for and once more right before it is done; invariant I35. */
export async function checksFor(user: string, sight: Sight, on: On<Needs>): Promise<Check[]> {
  const { account, member } = sight;
  if (account === null) {
    return [{ name: 'account', ok: false, seen: await noAccount(on, user) }];
  }
  return [
    { name: 'account', ok: true, seen: `${user} is there` },
    keptCheck(member),
    yourselfCheck(member, on),
    lastAdminCheck(account, sight),
    somethingCheck(account, sight),
  ];
}

function yourselfCheck({ person }: Member, { request: { by } }: Pick<On, 'request'>): Check {
  const ok = person?.id !== by.id || person.team !== by.team;
  const seen = ok
    ? 'it is somebody else'
    : 'this is your own account: somebody else has to ask for it';
  return { name: 'who asks', ok, seen };
}

function lastAdminCheck({ role, enabled }: Account, { privileged, admins }: Sight): Check {
  const ok = !(privileged && enabled && admins <= 1);
  const seen = ok
    ? 'somebody can still administer the system afterwards'
    : `nobody else with the role ${role} can sign in: give it to somebody first`;
  return { name: 'last administrator', ok, seen };
}

function somethingCheck({ enabled }: Account, { sessions, member, suspension }: Sight): Check {
  const ok = enabled || (sessions ?? 0) > 0 || (member.person !== null && suspension === null);
  const seen = ok ? 'there is something to take away' : 'nothing is left to take away here';
  return { name: 'what is left', ok, seen };
}
