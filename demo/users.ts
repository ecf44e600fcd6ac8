/** An account. Times in milliseconds since 1970. */
export interface User {
  email: string;
  role: 'admin' | 'user' | 'readonly';
  enabled: boolean;
  verified: boolean;
  /** Set until the person has chosen a new password. */
  mustReset: boolean;
  createdAt: number;
  lastLogin: number | null;
  failedAttempts: number;
  lockedUntil: number | null;
}

/** The roles an account may have, as runbook 000 lists them. */
export const userRoles: readonly User['role'][] = ['admin', 'user', 'readonly'];

const day = 86_400_000;

/**
 * The password of a demo account is what stands before the @: there is nothing to keep secret, and
 * everybody who tries the demo can log in.
 */
export const passwordOf = (email: string): string => email.split('@')[0] ?? '';

/** A new account. */
export const makeUser = (email: string, change: Partial<User> = {}): User => ({
  email,
  role: 'user',
  enabled: true,
  verified: true,
  mustReset: false,
  createdAt: Date.now(),
  lastLogin: null,
  failedAttempts: 0,
  lockedUntil: null,
  ...change,
});

/** Forty ordinary people, some of them odd, one of whom the help speaks, two administrators, and an account for smoke tests. */
export const firstUsers = (): User[] => [
  ...Array.from({ length: 37 }, (_, index) => aged(`user-${index + 1}`, 300 - index * 7)),
  aged('user-38', 2, { verified: false }),
  aged('user-39', 400, { enabled: false, lastLogin: Date.now() - 120 * day }),
  aged('user-40', 500, { lastLogin: Date.now() - 95 * day }),
  aged('jane', 120),
  aged('admin-1', 700, { role: 'admin' }),
  aged('admin-2', 650, { role: 'admin' }),
  aged('smoke', 700, { role: 'readonly' }),
];

const aged = (name: string, days: number, change: Partial<User> = {}): User =>
  makeUser(`${name}@example.com`, { createdAt: Date.now() - days * day, ...change });
