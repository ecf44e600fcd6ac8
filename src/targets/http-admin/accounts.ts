import { z } from 'zod';
import type { Account, Accounts } from '../../core/capabilities.ts';
import { TargetError } from '../../core/errors.ts';
import { nearest } from '../../core/near.ts';
import type { AdminApi } from './api.ts';
import { segment } from './fields.ts';
import type { HttpAdminOptions } from './options.ts';

const seconds = z.number().nullish();

const shape = z.object({
  email: z.string(),
  role: z.string().nullish(),
  enabled: z.boolean(),
  is_verified: z.boolean().nullish(),
  must_reset_password: z.boolean().nullish(),
  failed_login_attempts: z.number().nullish(),
  lockout_until: seconds,
  last_login: seconds,
});

const list = z.object({ count: z.number(), users: z.array(shape) });

/** Accounts under `/admin/users`, one at a time; runbook 003 and 004 "User management". */
export function adminAccounts(api: AdminApi, { roles }: Pick<HttpAdminOptions, 'roles'>): Accounts {
  const pathOf = (user: string) => `/admin/users/${segment(user)}`;
  const post = (path: string, signal: AbortSignal, body: Record<string, string> = {}) =>
    api.change({ method: 'POST', path, body }, signal);

  return {
    roles: () => roles,
    find: async (user, signal) => {
      const found = await api.find(pathOf(user), shape, signal);
      return found && accountOf(onlyOne(found, user));
    },
    similar: async (user, signal) => {
      const query = new URLSearchParams({ prefix: user.slice(0, 1), limit: '200' });
      const { users } = await api.read(`/admin/users?${query}`, list, signal);
      return nearest(
        user,
        users.map(({ email }) => email),
      );
    },
    admins: async (signal) => {
      const role = roles.at(-1) ?? '';
      const query = new URLSearchParams({ role, enabled: 'true', limit: '200' });
      const { count, users } = await api.read(`/admin/users?${query}`, list, signal);
      const fit = users.filter((user) => user.enabled && user.role === role);
      if (fit.length === count && users.length === count) return count;
      const message = `the admin API does not tell which accounts are ${role}`;
      throw new TargetError(message, { retryable: false, happened: false });
    },
    create: async (user, role, signal) => post('/admin/users', signal, { email: user, role }),
    disable: async (user, signal) => post(`${pathOf(user)}/disable`, signal),
    enable: async (user, signal) => post(`${pathOf(user)}/enable`, signal),
    resetPassword: async (user, signal) => post(`${pathOf(user)}/reset-password`, signal),
    clearLockout: async (user, signal) => post('/admin/lockouts/clear', signal, { user }),
  };
}

/** Whoever was asked for one account and answers with another one is not believed. */
function onlyOne(found: z.infer<typeof shape>, user: string): z.infer<typeof shape> {
  if (found.email.toLowerCase() === user.toLowerCase()) return found;
  const message = 'the admin API answered about another account than it was asked for';
  throw new TargetError(message, { retryable: false, happened: false });
}

const accountOf = (found: z.infer<typeof shape>): Account => ({
  user: found.email,
  role: found.role ?? null,
  enabled: found.enabled,
  verified: found.is_verified ?? null,
  mustResetPassword: found.must_reset_password ?? null,
  failedAttempts: found.failed_login_attempts ?? null,
  lockedUntil: timeOf(found.lockout_until),
  lastLogin: timeOf(found.last_login),
});

const timeOf = (value: number | null | undefined): number | null =>
  value === null || value === undefined ? null : value * 1_000;
