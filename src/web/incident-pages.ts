import type { ServerResponse } from 'node:http';
import type { IncidentReport } from '../core/incident-report.ts';
import { html } from './html.ts';
import { incidentPage } from './incident-page.ts';
import type { PageLink, PageLinks } from './page-links.ts';
import { pageHeaders } from './page-style.ts';

/** Where the pages come from. */
export interface IncidentPages {
  links: Pick<PageLinks, 'read'>;
  /** Everything about an incident; null when there is none. @throws when the database does not say. */
  report(id: string): Promise<IncidentReport | null>;
  /** How its checks were, as a picture of this version; null where nothing was checked. */
  chart(report: IncidentReport): Promise<{ png: Uint8Array; alt: string } | null>;
}

/** Whether a path is one of the pages of incidents. */
export const isIncidentPath = (path: string): boolean => path.startsWith('/incidents/');

/**
 * Shows an incident, or its chart, to whoever has a link to it. To everybody else nothing says whether there
 * is such an incident.
 */
export async function showIncident(
  address: string,
  response: ServerResponse,
  { links, report: reportOf, chart: chartOf }: IncidentPages,
): Promise<void> {
  const { pathname, search, searchParams } = new URL(address, 'http://page');
  const link = links.read(pathname, searchParams);
  const report = link && (await reportOf(link.incident));
  if (!link || !report || (report.incident.security && !link.secret)) {
    return sendText(response, 404, noPage);
  }
  const chart = await chartOf(report).catch(() => null);
  if (!pathname.endsWith('/chart.png')) return sendPage(response, link, report, { chart, search });
  if (chart === null)
    return sendText(response, 404, 'There is no chart of it: nothing was checked.');
  response.writeHead(200, { ...pageHeaders, 'content-type': 'image/png' }).end(chart.png);
}

const noPage =
  'There is no such page, or this link to it has run out. /auth incident show in Slack gives a new one.';

function sendPage(
  response: ServerResponse,
  { incident, naming }: PageLink,
  report: IncidentReport,
  { chart, search }: { chart: { alt: string } | null; search: string },
): void {
  const picture = chart && { address: `/incidents/${incident}/chart.png${search}`, alt: chart.alt };
  const page = incidentPage({ report, naming, chart: picture });
  response.writeHead(200, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' }).end(page);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Gatehouse</title></head><body><main><h1>Gatehouse</h1><p>${text}</p></main></body></html>`;
  response
    .writeHead(status, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' })
    .end(page.text);
}
