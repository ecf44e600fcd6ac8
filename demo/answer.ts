import { timingSafeEqual } from 'node:crypto';
import { adminRoutes } from './admin/routes.ts';
import { type Asked, findRoute, Refused, type Reply } from './exchange.ts';
import { gatherFacts } from './facts.ts';
import { delay, fails } from './faults.ts';
import type { Parts } from './parts.ts';
import { healthRoutes, metricsRoute, publicRoutes, unhealthy } from './public-routes.ts';

/** Answers a request; never throws. The demo's own traffic goes through it as the network's does. */
export type AnswerRequest = (asked: Asked) => Promise<Reply>;

/** The whole of a system, seen from outside. */
export function createAnswer(parts: Parts): AnswerRequest {
  const admin = adminRoutes(parts);
  const health = healthRoutes(parts);
  const open = publicRoutes(parts);
  const metrics = [metricsRoute(parts)];

  const choose = async (asked: Asked): Promise<Reply> => {
    const adminRoute = findRoute(admin, asked.method, asked.path);
    if (adminRoute) {
      authorise(asked, parts.adminToken);
      return run(adminRoute, asked);
    }
    const metricsPage = findRoute(metrics, asked.method, asked.path);
    if (metricsPage) return run(metricsPage, asked);
    guard(asked, parts);
    const fault = parts.faults.now();
    await delay(fault);
    const healthRoute = findRoute(health, asked.method, asked.path);
    if (fails(fault)) return failed(asked, parts);
    if (healthRoute) return run(healthRoute, asked);
    refuseDuringMaintenance(parts);
    return run(findRoute(open, asked.method, asked.path), asked);
  };

  return async (asked) => {
    const started = performance.now();
    const reply = await choose(asked).catch((error) => replyOf(error, asked, parts));
    const seconds = (performance.now() - started) / 1000;
    parts.figures.answered(reply.status, seconds);
    parts.counters.count('http_requests_total', { status: String(reply.status) });
    if (seconds > 1) tellSlow(parts, asked, seconds);
    return reply;
  };
}

async function run(found: ReturnType<typeof findRoute>, asked: Asked): Promise<Reply> {
  if (!found) throw new Refused(404, 'there is nothing here');
  return found.route.handle(asked, found.parts);
}

function authorise({ bearer }: Asked, token: string): void {
  const given = Buffer.from(bearer ?? '');
  const wanted = Buffer.from(token);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new Refused(401, 'the admin API needs the bearer token of this system');
}

function guard({ address, path, requestId }: Asked, parts: Parts): void {
  const line = { address, path, request_id: requestId };
  if (parts.denyList.has(address)) {
    parts.counters.count('denied_total');
    parts.log.write('denied', { ...line, status: 403 });
    throw new Refused(403, 'this address is blocked');
  }
  if (address === '127.0.0.1' || parts.rateLimit.allows(address)) return;
  parts.counters.count('rate_limited_total');
  parts.log.write('limited', { ...line, status: 429 });
  throw new Refused(429, 'this address asks too often');
}

function refuseDuringMaintenance({ file }: Parts): void {
  const { maintenance } = file.state;
  if (maintenance && maintenance.until > Date.now()) throw new Refused(503, maintenance.message);
}

/** What a request gets that fails because the system was broken on purpose. */
async function failed(asked: Asked, parts: Parts): Promise<Reply> {
  const { path, address, requestId: request_id } = asked;
  const healthy = parts.flavour.health[path];
  const status = healthy ? 503 : 500;
  const error = 'connection pool exhausted';
  parts.log.write('failed', { address, path, status, error, request_id });
  return healthy
    ? unhealthy(healthy, await gatherFacts(parts))
    : { status, body: { error: 'internal error', request_id } };
}

function replyOf(error: unknown, { path, address, requestId }: Asked, { log }: Parts): Reply {
  if (error instanceof Refused) {
    const headers: Reply['headers'] =
      error.status === 429 || error.status === 503 ? { 'retry-after': '60' } : {};
    return { status: error.status, body: { error: error.message }, headers };
  }
  const message = error instanceof Error ? error.message : String(error);
  log.write('failed', { address, path, status: 500, error: message, request_id: requestId });
  return { status: 500, body: { error: 'internal error', request_id: requestId } };
}

function tellSlow({ log }: Parts, { path, address, requestId }: Asked, seconds: number): void {
  log.write('slow', { address, path, seconds: Number(seconds.toFixed(3)), request_id: requestId });
}
