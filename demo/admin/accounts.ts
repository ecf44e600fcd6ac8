import { type Asked, ok, Refused, type Reply, type Route } from '../exchange.ts';
import { choiceField, limitIn, textField } from '../fields.ts';
import type { Parts } from '../parts.ts';
import type { StateFile } from '../store/state.ts';
import { makeUser, type User, userRoles } from '../users.ts';

/** Accounts: looking at them, making, changing and unlocking them. */
export const accountRoutes = ({ file }: Parts): Route[] => [
  list(file, '/admin/users', isWanted),
  list(file, '/admin/users/inactive', isInactive),
  list(file, '/admin/lockouts', isLocked),
  {
    method: 'GET',
    path: '/admin/users/:email',
    handle: (_, { email }) => ok(shown(find(file.state, email))),
  },
  { method: 'POST', path: '/admin/users', handle: (asked) => create(file, asked) },
  change(file, 'disable', () => ({ enabled: false })),
  change(file, 'enable', () => ({ enabled: true })),
  change(file, 'reset-password', () => ({ mustReset: true })),
  // What the person does who was told to by the system; the demo sends no mail.
  change(file, 'choose-password', () => ({ mustReset: false })),
  change(file, 'role', (asked) => ({ role: choiceField(asked, 'role', userRoles) })),
  { method: 'POST', path: '/admin/lockouts/clear', handle: (asked) => unlock(file, asked) },
];

function list(file: StateFile, path: string, wanted: (user: User, asked: Asked) => boolean): Route {
  const handle = (asked: Asked) => {
    const found = file.state.users.filter((user) => wanted(user, asked));
    return ok({ count: found.length, users: found.slice(0, limitIn(asked)).map(shown) });
  };
  return { method: 'GET', path, handle };
}

function change(file: StateFile, verb: string, changes: (asked: Asked) => Partial<User>): Route {
  const handle: Route['handle'] = (asked, { email }) => {
    const user = file.change((state) => Object.assign(find(state, email), changes(asked)));
    return ok(shown(user));
  };
  return { method: 'POST', path: `/admin/users/:email/${verb}`, handle };
}

function create(file: StateFile, asked: Asked): Reply {
  const email = textField(asked, 'email');
  if (!/^[^\s@/]+@[^\s@/]+$/.test(email)) throw new Refused(400, 'email must be an e-mail address');
  const role = choiceField(asked, 'role', userRoles);
  const user = makeUser(email, { role, mustReset: true });
  file.change(({ users }) => {
    if (users.some((one) => one.email === email)) {
      throw new Refused(409, 'there is such an account already');
    }
    users.push(user);
  });
  return { status: 201, body: shown(user) };
}

function unlock(file: StateFile, asked: Asked): Reply {
  const email = textField(asked, 'user');
  return file.change((state) => {
    const user = find(state, email);
    const cleared = isLocked(user) || user.failedAttempts > 0;
    Object.assign(user, { failedAttempts: 0, lockedUntil: null });
    return ok({ cleared, user: shown(user) });
  });
}

function find({ users }: { users: readonly User[] }, email: string | undefined): User {
  const user = users.find((one) => one.email === email);
  if (!user) throw new Refused(404, 'there is no such account');
  return user;
}

/** Whether an account fits the query: the beginning of its address, its role, whether it may sign in. */
function isWanted({ email, role, enabled }: User, { query }: Asked): boolean {
  const says = (name: string, value: string) => (query.get(name) ?? value) === value;
  const begins = email.startsWith(query.get('prefix') ?? '');
  return begins && says('role', role) && says('enabled', String(enabled));
}

const isLocked = ({ lockedUntil }: User): boolean =>
  lockedUntil !== null && lockedUntil > Date.now();

/** No login for a number of days, thirty when none is named; who never logged in counts from the start. */
function isInactive({ lastLogin, createdAt }: User, { query }: Asked): boolean {
  const days = Number(query.get('days') ?? 30);
  return (lastLogin ?? createdAt) < Date.now() - days * 86_400_000;
}

/** Seconds since 1970: the runbooks' queries compare `last_login` with `now`. */
const seconds = (time: number | null): number | null => time && Math.floor(time / 1000);

const shown = (user: User) => ({
  email: user.email,
  role: user.role,
  enabled: user.enabled,
  is_verified: user.verified,
  must_reset_password: user.mustReset,
  created_at: seconds(user.createdAt),
  last_login: seconds(user.lastLogin),
  failed_login_attempts: user.failedAttempts,
  lockout_until: isLocked(user) ? seconds(user.lockedUntil) : null,
});
