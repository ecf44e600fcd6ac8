import type { PeopleNames } from '../bot/people/people-names.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import type { Incident } from '../core/incident.ts';
import type { IncidentReport } from '../core/incident-report.ts';
import type { Directory } from '../core/person.ts';
import type { Redactor } from '../core/redactor.ts';
import type { SlackReach } from '../core/slack-reach.ts';
import type { PageAddress } from '../handlers/incidents/incident-tools.ts';
import type { StoreDoor } from '../store/store-door.ts';
import type { IncidentPages } from '../web/incident-pages.ts';
import { createPageLinks, pathOf } from '../web/page-links.ts';
import { mayReadPage } from './may-read-page.ts';
import { partsOnDemand } from './on-demand.ts';

/** What the pages of incidents are made of. */
export interface IncidentSiteOptions {
  config: Pick<Config, 'web' | 'team'> & { slack: NonNullable<Config['slack']> };
  store: StoreDoor;
  directory: Pick<Directory, 'standing'>;
  names: PeopleNames;
  clock: Clock;
  redactor: Pick<Redactor, 'redactAll'>;
  slackReach: Pick<SlackReach, 'away'>;
}

/** The pages of incidents and the links to them. */
export interface IncidentSite {
  /** The address of the page of an incident for one person; null as long as nobody listens. */
  page: PageAddress;
  /** Where it is, for a bookmark that everybody sees: it says how to get a link. Null as long as nobody listens. */
  door(incident: Pick<Incident, 'id'>): string | null;
  report(id: string): Promise<IncidentReport | null>;
  pages: IncidentPages;
  /** Hears the address of the HTTP server. */
  listens(address: string): void;
}

/** So many drawn charts are kept; the oldest goes first. */
const mostCharts = 20;

/**
 * Makes them. The links are signed with what all processes of one Gatehouse have in common and nobody who
 * reads the database has: the bot token.
 */
export function createIncidentSite(options: IncidentSiteOptions): IncidentSite {
  const { config, clock } = options;
  const links = createPageLinks(config.slack.botToken.reveal(), clock.now);
  const report = (id: string) => reportWithoutSecrets(options, id);
  let address: string | null = null;
  return {
    page: ({ id }, person, naming = 'names') =>
      address && `${address}${links.write(id, naming, person)}`,
    door: ({ id }) => address && `${address}${pathOf(id)}`,
    report,
    pages: {
      links,
      report,
      mayRead: (person, incident) => mayReadPage(options, person, incident),
      chart: createCharts(options.store),
      slackAway: () => options.redactor.redactAll(options.slackReach.away()),
    },
    listens: (url) => {
      address = config.web.url ?? url;
    },
  };
}

/** Whatever leaves passes the redactor: what was a secret may have become known since it was written down. */
async function reportWithoutSecrets(options: IncidentSiteOptions, id: string) {
  const { reportIncident } = await partsOnDemand.incidentReport();
  const found = await reportIncident(options, id);
  if (found === null) return null;
  const { names, ...said } = found;
  return { ...options.redactor.redactAll(said), names };
}

/** Draws the chart of an incident when it is asked for, once for each version and minute. */
function createCharts(store: Pick<StoreDoor, 'incidentSamples' | 'runs'>): IncidentPages['chart'] {
  const drawn = new Map<string, ReturnType<IncidentPages['chart']>>();
  return async (report) => {
    const { incident } = report;
    const now = incident.times.resolved ?? report.now;
    const key = `${incident.id} ${incident.version} ${Math.floor(now / 60_000)}`;
    const known = drawn.get(key);
    if (known) return known;
    const drawing = draw(store, report, now);
    drawn.set(key, drawing);
    const [oldest] = drawn.keys();
    if (drawn.size > mostCharts && oldest !== undefined) drawn.delete(oldest);
    drawing.catch(() => drawn.delete(key));
    return drawing;
  };
}

async function draw(
  { incidentSamples, runs }: Pick<StoreDoor, 'incidentSamples' | 'runs'>,
  { incident, absences }: IncidentReport,
  now: number,
) {
  const [samples, all] = await Promise.all([
    incidentSamples.since(incident.id, incident.times.declared - 60_000),
    runs.ofIncident(incident.id),
  ]);
  const { chartOf } = await partsOnDemand.incidentChart();
  const chart = chartOf({ incident, samples, absences, runs: all, now });
  if (chart === null) return null;
  const { renderChart } = await import('../charts/render-chart.ts');
  return renderChart(chart);
}
