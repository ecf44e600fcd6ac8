import type { SlackClient } from '../bot/calling/slack-client.ts';
import { createMessageReader } from '../bot/marks/read-message.ts';
import type { Config } from '../config/config.ts';
import { rulesFor, wordsOf } from '../config/read-incidents.ts';
import type { Clock } from '../core/clock.ts';
import type { Incident } from '../core/incident.ts';
import type { Log } from '../core/log.ts';
import type { IncidentTools, PageAddress, Reviews } from '../handlers/incidents/incident-tools.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { fileReview } from './file-review.ts';
import { partsOnDemand } from './on-demand.ts';

/** What the desk looks up about incidents. */
export interface IncidentDeskOptions {
  config: Pick<Config, 'incidentSettings'>;
  store: StoreDoor;
  clock: Clock;
  client: SlackClient;
  log: Log;
  /** Where a person can read an incident; null where there is no page. */
  page: PageAddress;
  /** Everything that there is to say about an incident. */
  report: Reviews['report'];
}

/** What the desk works with, but for the life of incidents and for who can be called. */
export const incidentDesk = ({
  config: { incidentSettings },
  store,
  clock,
  client,
  log,
  page,
  report,
}: IncidentDeskOptions): Omit<IncidentTools, 'life' | 'reach'> => ({
  severityWords: wordsOf(incidentSettings),
  rulesFor: (target) => rulesFor(incidentSettings, target),
  matter: async (incident, address) =>
    (await partsOnDemand.incidentMessages()).matterOf(store, incident, address),
  running: async (incident: Incident) => {
    const { figuresIn } = await partsOnDemand.incidentFigures();
    return (await figuresIn(store, incident, clock.now())).running;
  },
  packet: async (incident: Incident) =>
    (await partsOnDemand.incidentFigures()).packetOf(store, incident, clock.now()),
  findByOrigin: async (origin: string) =>
    (await store.incidents.findByOrigin(origin))?.incident ?? null,
  redraw: store.incidents.refresh,
  outbox: store.outbox,
  audit: store.audit,
  notes: store.notes,
  figures: store.incidentFigures,
  messages: { read: createMessageReader(client.api) },
  reviews: { report, page, file: fileReview(client, log) },
});
