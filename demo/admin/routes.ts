import type { Asked, Reply, Route } from '../exchange.ts';
import type { Parts } from '../parts.ts';
import { accountRoutes } from './accounts.ts';
import { faultRoutes } from './faults.ts';
import { guardRoutes } from './guards.ts';
import { keyRoutes } from './keys.ts';
import { platformRoutes } from './platform.ts';
import { sessionRoutes } from './sessions.ts';

/** The admin API. Every route needs the system's bearer token; what changes something is logged. */
export const adminRoutes = (parts: Parts): Route[] =>
  [sessionRoutes, accountRoutes, keyRoutes, guardRoutes, faultRoutes, platformRoutes].flatMap(
    (routesOf) => routesOf(parts).map((route) => logged(route, parts)),
  );

function logged(route: Route, { log }: Parts): Route {
  if (route.method === 'GET') return route;
  const handle = async (asked: Asked, given: Readonly<Record<string, string>>): Promise<Reply> => {
    const reply = await route.handle(asked, given);
    const { method, path, address, requestId: request_id } = asked;
    log.write('administered', {
      address,
      action: `${method} ${path}`,
      status: reply.status,
      request_id,
    });
    return reply;
  };
  return { ...route, handle };
}
