import { ok, Refused, type Route } from '../exchange.ts';
import { limitIn } from '../fields.ts';
import type { Parts } from '../parts.ts';
import type { Session } from '../sessions.ts';

/** Who is logged in, and ending that. Tokens are never shown. */
export const sessionRoutes = ({ sessions }: Parts): Route[] => [
  {
    method: 'GET',
    path: '/admin/sessions',
    handle: async (asked) => {
      const user = asked.query.get('user');
      const found = (await sessions.list()).filter((one) => user === null || one.user === user);
      return ok({ count: found.length, sessions: found.slice(0, limitIn(asked)).map(shown) });
    },
  },
  {
    method: 'POST',
    path: '/admin/sessions/revoke',
    handle: async ({ body }) => {
      const { user, all } = body;
      if (typeof user !== 'string' && all !== true) {
        throw new Refused(400, 'say whose sessions: {"user": "…"}, or {"all": true}');
      }
      const wanted = (await sessions.list()).filter((one) => all === true || one.user === user);
      return ok({ revoked: await sessions.end(wanted.map(({ id }) => id)) });
    },
  },
];

const shown = ({ id, user, address, startedAt, expiresAt }: Session) => ({
  id,
  user,
  address,
  started_at: new Date(startedAt).toISOString(),
  expires_at: new Date(expiresAt).toISOString(),
});
