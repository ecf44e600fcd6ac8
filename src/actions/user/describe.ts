import type { Account, Membership } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import { personSubject } from '../../core/suspensions.ts';
import { sessionsText } from '../sessions/count.ts';

/** What a system says of an account, on one line, or which ones may be meant. `now` in milliseconds since 1970. */
export function describeAccount(
  account: Account | null,
  sessions: number | null,
  now: number,
  near: readonly string[] = [],
): string {
  if (account === null) {
    return `no such account${near.length > 0 ? `; what comes nearest is ${near.join(' or ')}` : ''}`;
  }
  const { role, enabled, verified, mustResetPassword, failedAttempts, lockedUntil, lastLogin } =
    account;
  return [
    role === null ? null : `role ${role}`,
    enabled ? 'can sign in' : 'cannot sign in: disabled',
    verified === false ? 'address never verified' : null,
    mustResetPassword ? 'has to choose a password' : null,
    failedAttempts ? `${failedAttempts} failed attempts` : null,
    lockedUntil !== null && lockedUntil > now
      ? `locked out for ${formatDuration(lockedUntil - now)} more`
      : null,
    lastLogin === null ? null : `signed in last ${formatDuration(now - lastLogin)} ago`,
    `sessions: ${sessionsText(sessions)}`,
  ]
    .filter((text) => text !== null)
    .join(' · ');
}

/** Who it is in Slack, and what was taken from them. */
export async function describePerson(
  user: string,
  membership: Membership,
  signal: AbortSignal,
): Promise<string> {
  const { person, kept } = await membership.find(user, signal);
  const taken = person && (await membership.taken(personSubject(person), signal));
  return [
    person === null ? 'nobody here has this address' : person.id,
    taken ? `suspended by ${taken.run}: ${taken.reason}` : null,
    kept === null ? null : `protected: ${kept}`,
  ]
    .filter((text) => text !== null)
    .join(' · ');
}
