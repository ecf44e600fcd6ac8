import type { SlackClient } from '../bot/calling/slack-client.ts';
import { createIncidentRoom } from '../bot/incident-room.ts';
import type { OutboxRooms } from '../bot/outbox/outbox-places.ts';
import type { SlackDirectory } from '../bot/people/directory.ts';
import type { Config } from '../config/config.ts';
import { rulesFor } from '../config/read-incidents.ts';
import type { Action } from '../core/action.ts';
import type { Clock } from '../core/clock.ts';
import type { Incident } from '../core/incident.ts';
import type { Incidents } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import type { Redactor } from '../core/redactor.ts';
import type { Run } from '../core/run.ts';
import type { SlackReach } from '../core/slack-reach.ts';
import type { Targets } from '../core/targets.ts';
import type { IncidentTools, PageAddress, Reviews } from '../handlers/incidents/incident-tools.ts';
import type { SettingUp } from '../incidents/channel/set-up.ts';
import { createSetups } from '../incidents/channel/setups.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import { keepingEvidence } from '../incidents/keeping/keep-evidence.ts';
import { tellOfRuns } from '../incidents/keeping/tell-of-runs.ts';
import { vacating } from '../incidents/keeping/vacate.ts';
import type { LifeTools } from '../incidents/life-tools.ts';
import type { Runner } from '../runs/runner.ts';
import { realSleep } from '../runs/sleep.ts';
import type { StoreDoor } from '../store/store-door.ts';
import type { Tally } from '../web/metrics.ts';
import { askEvidence } from './ask-evidence.ts';
import { goneFrom } from './gone.ts';
import { guardSlack } from './guard-slack.ts';
import { incidentDesk } from './incident-desk.ts';
import { createIncidentMeter } from './incident-meter.ts';
import { incidentsWithoutSecrets } from './incidents-without-secrets.ts';
import { later, portOf } from './later.ts';
import { partsOnDemand } from './on-demand.ts';
import { createReach } from './reach.ts';
import { cardIn, watchRooms } from './watch-rooms.ts';

/** What incidents are put together from. */
export interface IncidentPartsOptions {
  config: Pick<Config, 'channels' | 'incidentSettings' | 'notify' | 'policy' | 'catalogue'>;
  actions: readonly Action[];
  store: StoreDoor;
  targets: Targets;
  directory: SlackDirectory;
  client: SlackClient;
  clock: Clock;
  log: Log;
  redactor: Pick<Redactor, 'redactAll'>;
  /** Whether Slack can be reached, by what came of the last calls. */
  slackReach: SlackReach;
  /** From 0 to 1. */
  random(): number;
  /** A new id for a change. */
  changeId(): string;
  /** Where a person can read an incident; null where there is no page. */
  page: PageAddress;
  /** Where its page is, for a bookmark that everybody sees; null where there is none. */
  door(incident: Pick<Incident, 'id'>): string | null;
  /** Asks for a run, as somebody. */
  requestRun: Runner['request'];
  /** Everything that there is to say about an incident. */
  report: Reviews['report'];
}

/** Incidents, from the declaration to the review. */
export interface IncidentParts {
  /** What the desk works with. */
  tools: IncidentTools;
  /** What was counted so far. */
  tallies: readonly Tally[];
  /** The channels of incidents, for what the outbox sends there. */
  rooms: OutboxRooms;
  /** Slack said that something has happened to a channel, which may be one of an incident. */
  channelChanged(channel: string): void;
  /** A run that is part of an incident has changed. */
  runChanged(run: Run): void;
  /** Lets somebody who was suspended keep no part in any incident; it never throws. */
  vacate(person: { id: string; team: string }): Promise<void>;
  /** Whether messages wait, because Slack cannot be reached. */
  holding(): boolean;
  start(): void;
  stop(): Promise<void>;
}

/** Puts incidents together: their life, their timers, their channels and what looks after them. */
export function createIncidentParts(options: IncidentPartsOptions): IncidentParts {
  const { config, store, directory, client, log, redactor } = options;
  const { incidentSettings: settings } = config;
  const meter = createIncidentMeter();
  const incidents = meter.counting(incidentsWithoutSecrets(store.incidents, redactor));
  const room = createIncidentRoom(client);
  const reach = createReach(directory, log);
  const life = lifeLater({
    incidents,
    rulesFor: (target) => rulesFor(settings, target),
    reach,
    newId: options.changeId,
    log,
    sleep: realSleep,
  });
  const setups = createSetups({ incidents, life, room, log, ...placesIn(options) });
  const watch = watchRooms({ incidents, outbox: store.outbox, life, room, setups, log });
  const beside = besideOf(options, { incidents, life });
  const { teller, vacate, evidence } = beside;
  const keeper = later(async () => {
    const { keepIncidents } = await partsOnDemand.keeper();
    return keepIncidents(options, { incidents, life, room, setups, watch, reach, ...beside });
  });
  const guard = guardSlack(options, life);
  return {
    tallies: meter.tallies,
    tools: {
      life,
      ...incidentDesk(options),
      reach: (rules) => reach(rules),
    },
    rooms: watch.rooms,
    channelChanged: watch.changed,
    runChanged: teller.changed,
    vacate: (person) => vacate.left(person, 'suspended'),
    holding: guard.holding,
    start() {
      void keeper.get().then(({ start }) => start());
      guard.start();
    },
    async stop() {
      if (keeper.begun()) await (await keeper.get()).stop();
      await guard.stop();
      await Promise.all([setups.stop(), evidence.stop(), watch.idle()]);
    },
  };
}

/** What goes on beside the life of incidents: their runs, whoever has left, and the evidence. */
const besideOf = (
  options: IncidentPartsOptions,
  { incidents, life }: { incidents: Incidents; life: IncidentLife },
) => {
  const { store, directory, log } = options;
  return {
    teller: tellOfRuns({ life, incidents, runs: store.runs, log }),
    vacate: vacating({ incidents, life, gone: goneFrom(directory), log }),
    evidence: keepingEvidence({ incidents, life, log, ask: askEvidence(options) }),
  };
};

/** The life of incidents. It is loaded when the first one is looked for, or when the database is open. */
const lifeLater = (tools: LifeTools): IncidentLife =>
  portOf<IncidentLife, IncidentLife>(
    later(async () => (await partsOnDemand.incidents()).createIncidents(tools)),
    { declare: true, do: true, find: true, inChannel: true, list: true },
    (life) => life,
  );

/** Where the card of an incident stands, and what the bookmark of its channel leads to. */
const placesIn = ({ store, door }: IncidentPartsOptions): Pick<SettingUp, 'cardIn' | 'link'> => ({
  cardIn: (incident) => cardIn(store.outbox, incident),
  link: (incident) => {
    const link = door(incident);
    return link === null ? null : { title: `${incident.id}: its page`, link };
  },
});
