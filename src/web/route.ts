import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { isIncidentPath, showIncident } from './incident-pages.ts';
import type { WebOptions } from './web-options.ts';

/** Where Slack is told to send its requests. */
export const slackPath = '/slack/events';

type Page = (response: ServerResponse) => void | Promise<void>;

/** Finds who answers a request. */
export function route({
  checks,
  metrics,
  slack,
  incidents,
}: Omit<WebOptions, 'port'>): RequestListener {
  const pages: Record<string, Page> = {
    '/healthz': (response) => json(response, 200, { ok: true }),
    '/readyz': (response) => showReadiness(response, checks),
    '/metrics': async (response) => {
      const { type, text } = await metrics.expose();
      response.writeHead(200, { 'content-type': type }).end(text);
    },
  };
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (slack && path === slackPath) return slack(request, response);
    const found = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const shown: Page | undefined =
      incidents && isIncidentPath(path)
        ? (to) => showIncident(request.url ?? '', to, incidents)
        : undefined;
    const page = found ?? shown;
    if (!page) return json(response, 404, { ok: false, error: 'not found' });
    if (!isRead(request)) return json(response, 405, { ok: false, error: 'only GET' });
    Promise.resolve(page(response)).catch(() =>
      json(response, 500, { ok: false, error: 'broken' }),
    );
  };
}

const isRead = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

async function showReadiness(response: ServerResponse, checks: WebOptions['checks']) {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await check()] as const),
  );
  const ok = found.every(([, check]) => check.ok);
  const degraded = ok && found.some(([, { why }]) => why !== null);
  const body = { ok, ...(degraded && { degraded }), checks: Object.fromEntries(found) };
  json(response, ok ? 200 : 503, body);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
