import type { Action, On } from '../../src/core/action.ts';
import type {
  Account,
  Accounts,
  Capabilities,
  Capability,
  Sessions,
} from '../../src/core/capabilities.ts';
import { TargetError } from '../../src/core/errors.ts';
import { nearest } from '../../src/core/near.ts';
import type { Plan } from '../../src/core/plan.ts';
import { createMembership } from '../../src/gatehouse/membership.ts';
import { memoryStore } from './memory-store.ts';
import { someRequest } from './some-request.ts';

/** The team of everybody here. */
export const team = 'T07GATEHSE1';

const never = new AbortController().signal;
const refuse = (message: string): never => {
  throw new TargetError(message, { retryable: false, happened: false });
};

/** One account, as a test wants it. */
export const someAccount = (user: string, change: Partial<Account> = {}): Account => ({
  user,
  role: 'user',
  enabled: true,
  verified: true,
  mustResetPassword: false,
  failedAttempts: 0,
  lockedUntil: null,
  lastLogin: null,
  ...change,
});

/** A system of accounts in memory that writes down whatever changes it. */
export interface FakeSystem {
  users: Map<string, Account>;
  /** How many sessions each has. */
  signedIn: Map<string, number>;
  effects: string[];
  accounts: Accounts;
  sessions: Sessions;
}

/** A system with these accounts, each signed in twice. */
export function fakeSystem(accounts: readonly Account[]): FakeSystem {
  const users = new Map(accounts.map((one) => [one.user, one]));
  const signedIn = new Map(accounts.map(({ user }) => [user, 2]));
  const effects: string[] = [];
  const change = async (what: string, user: string, changes: Partial<Account>) => {
    const found = users.get(user) ?? refuse(`there is no ${user}`);
    effects.push(`${what} ${user}`);
    users.set(user, { ...found, ...changes });
  };
  return {
    users,
    signedIn,
    effects,
    accounts: accountsOf(users, effects, change),
    sessions: sessionsOf(signedIn, effects),
  };
}

function accountsOf(
  users: FakeSystem['users'],
  effects: string[],
  change: (what: string, user: string, changes: Partial<Account>) => Promise<void>,
): Accounts {
  return {
    roles: () => ['readonly', 'user', 'admin'],
    find: async (user) => users.get(user) ?? null,
    similar: async (user) => nearest(user, users.keys()),
    admins: async () =>
      [...users.values()].filter(({ role, enabled }) => role === 'admin' && enabled).length,
    create: async (user, role) => {
      if (users.has(user)) refuse(`there is a ${user}`);
      effects.push(`create ${user}`);
      users.set(user, someAccount(user, { role, mustResetPassword: true }));
    },
    disable: (user) => change('disable', user, { enabled: false }),
    enable: (user) => change('enable', user, { enabled: true }),
    resetPassword: (user) => change('reset', user, { mustResetPassword: true }),
    clearLockout: (user) => change('unlock', user, { lockedUntil: null, failedAttempts: 0 }),
  };
}

const sessionsOf = (signedIn: Map<string, number>, effects: string[]): Sessions => ({
  remains: () => 'Access tokens that were issued before are accepted for up to 15 m more.',
  count: async (user) =>
    user === null
      ? [...signedIn.values()].reduce((sum, one) => sum + one, 0)
      : (signedIn.get(user) ?? 0),
  revoke: async (user) => {
    effects.push(`sign out ${user}`);
    signedIn.delete(user);
  },
  revokeAll: async () => {
    effects.push('sign everybody out');
    signedIn.clear();
  },
});

/** Who is who, and what a test can change of it. */
export interface FakePeopleOptions {
  system: Pick<FakeSystem, 'accounts' | 'sessions'>;
  /** Slack ids by address. */
  people?: Record<string, string>;
  kept?: Record<string, string>;
  maybe?: Partial<Capabilities>;
}

/** A target with such a system, in front of the membership that Gatehouse really offers. */
export function fakePeople({ system, people = {}, kept = {}, maybe = {} }: FakePeopleOptions) {
  const { suspensions } = memoryStore();
  const endedFor: string[] = [];
  const membership = createMembership({
    config: { team, accounts: { people, kept, second: {} } },
    suspensions,
    findByAddress: async () => null,
    endRequestsOf: async ({ person }) => void endedFor.push(person.id),
    vacate: async () => {},
  });
  const { accounts, sessions } = system;
  const on = {
    target: { service: 'rms-auth', env: 'prod' },
    clock: { now: () => 1_000_000, monotonic: () => 0 },
    request: someRequest,
    maybe,
    can: { accounts, sessions, membership },
  };
  return { on, suspensions, membership, endedFor };
}

/** The plan as the runner would have it. */
export async function planOf<Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  params: Params,
  on: On<Needs>,
): Promise<Plan> {
  const draft = await action.plan(params, on);
  const { name, version } = action;
  const plain = JSON.parse(JSON.stringify(params));
  return { ...draft, action: name, version, target: on.target, params: plain, hash: '' };
}

/** Does all of it, one step after the other. @throws when a step is not done. */
export async function carryOut<Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  params: Params,
  on: On<Needs>,
): Promise<Plan> {
  const before = await action.precheck(params, on);
  if (!before.ok) throw new Error(JSON.stringify(before.checks.filter(({ ok }) => !ok)));
  const plan = await planOf(action, params, on);
  for (const step of plan.steps) {
    const outcome = await action.execute(step, plan, on, never);
    if (outcome.kind !== 'done') throw new Error(outcome.why);
  }
  return plan;
}

/** What did not hold, as people read it. */
export const whyNot = async <Params, Needs extends Capability>(
  action: Action<Params, Needs>,
  params: Params,
  on: On<Needs>,
): Promise<string> =>
  (await action.precheck(params, on)).checks
    .filter(({ ok }) => !ok)
    .map(({ name, seen }) => `${name}: ${seen}`)
    .join('; ');
