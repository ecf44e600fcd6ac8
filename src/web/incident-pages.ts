import type { ServerResponse } from 'node:http';
import type { IncidentReport } from '../core/incident-report.ts';
import { html } from './html.ts';
import { incidentPage, type PageMatter, styleSheet } from './incident-page.ts';
import type { PageLink, PageLinks } from './page-links.ts';
import { pageHeaders } from './page-style.ts';

/** Where the pages come from. */
export interface IncidentPages {
  links: Pick<PageLinks, 'read'>;
  /** Whether a person, by Slack user id, is still answered and may read the incident as it is now. */
  mayRead(person: string, incident: IncidentReport['incident']): Promise<boolean>;
  /** Everything about an incident; null when there is none. @throws when the database does not say. */
  report(id: string): Promise<IncidentReport | null>;
  /** How its checks were, as a picture of this version; null where nothing was checked. */
  chart(report: IncidentReport): Promise<{ png: Uint8Array; alt: string } | null>;
  /** Since when Slack cannot be reached, in milliseconds since 1970, and why; null while it can. */
  slackAway(): { since: number; why: string } | null;
}

/** Whether a path is one of the pages of incidents. */
export const isIncidentPath = (path: string): boolean => path.startsWith('/incidents/');

/**
 * Shows an incident by a link that was given to somebody who may read it now. In any other case nothing says
 * whether there is such an incident.
 */
export async function showIncident(
  address: string,
  response: ServerResponse,
  { links, mayRead, report: reportOf, chart: chartOf, slackAway }: IncidentPages,
): Promise<void> {
  const { pathname, searchParams } = new URL(address, 'http://page');
  const link = links.read(pathname, searchParams);
  const report = link && (await reportOf(link.incident));
  if (!link || !report || !(await mayRead(link.person, report.incident))) {
    return sendText(response, 404, noPage);
  }
  const chart = await chartOf(report).catch(() => null);
  sendPage(response, link, { report, chart, slackAway: slackAway() });
}

const noPage =
  'This address shows nothing: it is no link that was given to somebody, it is older than a day, or whoever it was given to may not read the incident any more. In Slack, type /auth incident show with the number of the incident, and you get a link of your own.';

/** The picture is part of the page, so that there is nothing else that a link has to be good for. */
function sendPage(
  response: ServerResponse,
  { naming, until }: PageLink,
  {
    chart,
    ...matter
  }: Pick<PageMatter, 'report' | 'slackAway'> & {
    chart: { png: Uint8Array; alt: string } | null;
  },
): void {
  const picture = chart && { address: dataOf(chart.png), alt: chart.alt };
  const page = incidentPage({ ...matter, naming, until, chart: picture });
  response.writeHead(200, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' }).end(page);
}

const dataOf = (png: Uint8Array): string =>
  `data:image/png;base64,${Buffer.from(png).toString('base64')}`;

function sendText(response: ServerResponse, status: number, text: string): void {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>Gatehouse</title>${styleSheet}</head><body><main><h1>Gatehouse</h1><p>${text}</p></main></body></html>`;
  response
    .writeHead(status, { ...pageHeaders, 'content-type': 'text/html; charset=utf-8' })
    .end(page.text);
}
