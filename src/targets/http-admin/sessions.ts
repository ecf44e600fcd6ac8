import { z } from 'zod';
import type { Sessions } from '../../core/capabilities.ts';
import { formatDuration } from '../../core/duration.ts';
import type { AdminApi } from './api.ts';
import type { HttpAdminOptions } from './options.ts';

const count = z.object({ count: z.int().min(0) });

/**
 * Sessions under `/admin/sessions`. The runbooks empty the whole Redis instead, with the lockouts and
 * the rate limits in it.
 */
export function adminSessions(
  api: AdminApi,
  { tokens_outlive: outlive }: Pick<HttpAdminOptions, 'tokens_outlive'>,
): Sessions {
  const revoke = (body: Record<string, string | boolean>, signal: AbortSignal) =>
    api.change({ method: 'POST', path: '/admin/sessions/revoke', body }, signal);
  return {
    remains: () =>
      outlive === undefined
        ? null
        : `Access tokens that were issued before are accepted for up to ${formatDuration(outlive)} more.`,
    count: async (user, signal) => {
      const query = new URLSearchParams({ limit: '0', ...(user !== null && { user }) });
      return (await api.read(`/admin/sessions?${query}`, count, signal)).count;
    },
    revoke: (user, signal) => revoke({ user }, signal),
    revokeAll: (signal) => revoke({ all: true }, signal),
  };
}
