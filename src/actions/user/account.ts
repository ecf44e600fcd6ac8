import type { On } from '../../core/action.ts';
import type { Account, Accounts, Member } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import type { Plan, PlanFact } from '../../core/plan.ts';

/** How long looking at an account may take, in milliseconds. */
const patience = 4_000;

/** A signal for one look. */
export const soon = (): AbortSignal => AbortSignal.timeout(patience);

/**
 * The account with exactly this address.
 *
 * @throws {TargetError} when the system answers with another one: nothing may be done to that.
 */
export async function accountOf(
  { can }: On<'accounts'>,
  user: string,
  signal: AbortSignal = soon(),
): Promise<Account | null> {
  const account = await can.accounts.find(user, signal);
  if (account === null || account.user.toLowerCase() === user.toLowerCase()) return account;
  const message = `the system was asked for ${user} and answered about another account`;
  throw new TargetError(message, { retryable: false, happened: false });
}

/** Whether it holds the most powerful role. */
export const isPrivileged = (accounts: Pick<Accounts, 'roles'>, { role }: Account): boolean =>
  role !== null && role === accounts.roles().at(-1);

/** That there is no such account, with the nearest real ones. */
export async function noAccount({ can }: On<'accounts'>, user: string): Promise<string> {
  const near = (await can.accounts.similar?.(user, soon()).catch(() => [])) ?? [];
  const hint = near.length > 0 ? `; what comes nearest is ${near.join(' or ')}` : '';
  return `there is no account ${user}${hint}`;
}

/** What an account is now, as a plan needs it: another role is another plan. */
export const accountFact = ({ role, enabled }: Account): PlanFact => ({
  name: 'account',
  value: `${role === null ? 'of unknown role' : `role ${role}`}, ${enabled ? 'can sign in' : 'cannot sign in'}`,
  material: true,
});

const inSlack = 'person in Slack';

/** Who stands behind an account: it decides who may approve. */
export const personFact = ({ person }: Member): PlanFact => ({
  name: inSlack,
  value: person?.id ?? 'nobody here has this address',
  material: true,
});

/** Whom a plan with such facts is about. They never approve it. */
export const aboutPerson = (_params: unknown, plan: Plan | null): readonly string[] =>
  (plan?.facts ?? []).flatMap(({ name, value }) =>
    name === inSlack && /^[UW][A-Z0-9]+$/.test(value) ? [value] : [],
  );
