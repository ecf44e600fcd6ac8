import { type Asked, ok, Refused, type Reply, type Route } from './exchange.ts';
import { gatherFacts } from './facts.ts';
import { textField } from './fields.ts';
import type { Facts } from './flavour.ts';
import { publicKeys } from './keys.ts';
import { metricsPage } from './metrics-page.ts';
import type { Parts } from './parts.ts';

/** What anybody may ask of a system, apart from its health. */
export function publicRoutes(parts: Parts): Route[] {
  const { flavour, logins, checkToken, file, profiles } = parts;
  const pages = Object.entries(flavour.pages).map(([path, page]) =>
    get(path, async () => ok(page(await gatherFacts(parts)))),
  );
  const login = async (asked: Asked) => {
    const name = 'email' in asked.body ? 'email' : 'username';
    return ok(await logins.login(textField(asked, name), textField(asked, 'password'), asked));
  };
  const refresh = async (asked: Asked) =>
    ok(await logins.refresh(textField(asked, 'refresh_token')));
  const profile = async (asked: Asked) => {
    const { sub } = await checkToken(asked);
    const user = file.state.users.find(({ email }) => email === sub);
    if (!user?.enabled) throw new Refused(401, 'the token is not valid');
    return ok(await profiles.of(user));
  };
  return [
    ...pages,
    get(flavour.paths.jwks, () => ok(publicKeys(file.state.keys))),
    get(flavour.paths.profile, profile),
    { method: 'POST', path: flavour.paths.login, handle: login },
    { method: 'POST', path: flavour.paths.refresh, handle: refresh },
  ];
}

/** The health endpoints; they answer during maintenance too. */
export function healthRoutes(parts: Parts): Route[] {
  const { health, dependent } = parts.flavour;
  return Object.entries(health).map(([path, healthy]) =>
    get(path, async () => {
      const facts = await gatherFacts(parts);
      const broken = dependent.includes(path) && facts.redis === 'down';
      return broken ? unhealthy(healthy, facts) : ok(healthy(facts));
    }),
  );
}

/** `/metrics`, which answers whatever else is wrong. */
export const metricsRoute = (parts: Parts): Route =>
  get('/metrics', async () => {
    const now = Date.now();
    const sessions = await parts.sessions.list().catch(() => []);
    const locked = parts.file.state.users.filter(({ lockedUntil }) => (lockedUntil ?? 0) > now);
    const body = metricsPage(parts.counters, parts.figures, {
      version: parts.version,
      sessions: sessions.length,
      lockouts: locked.length,
      denied: parts.denyList.list().length,
      startedAt: now / 1000 - process.uptime(),
    });
    return { status: 200, body, headers: { 'content-type': 'text/plain; version=0.0.4' } };
  });

/** A health answer of a system that is not well. */
export const unhealthy = (healthy: (facts: Facts) => object, facts: Facts): Reply => ({
  status: 503,
  body: { ...healthy(facts), status: 'unhealthy' },
});

const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, handle });
