import type { SlackDirectory } from '../bot/directory.ts';
import { createIncidentRoom } from '../bot/incident-room.ts';
import type { RoomOf } from '../bot/outbox-places.ts';
import type { SlackClient } from '../bot/slack-client.ts';
import type { Config } from '../config/config.ts';
import { rulesFor } from '../config/read-incidents.ts';
import type { Clock } from '../core/clock.ts';
import type { Incident } from '../core/incident.ts';
import type { Absence } from '../core/incidents.ts';
import type { Log } from '../core/log.ts';
import type { Redactor } from '../core/redactor.ts';
import { probeDeadline, sightAll } from '../core/sighting.ts';
import type { Target } from '../core/target.ts';
import type { Targets } from '../core/targets.ts';
import type { IncidentTools } from '../handlers/incident-tools.ts';
import { createIncidents } from '../incidents/create-incidents.ts';
import { missingDeadlines } from '../incidents/deadlines.ts';
import { roomOf } from '../incidents/decision.ts';
import { createIncidentKeeper } from '../incidents/incident-keeper.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import { wakeDue } from '../incidents/incident-worker.ts';
import { sampleAll } from '../incidents/sampler.ts';
import { type SettingUp, setUp } from '../incidents/set-up.ts';
import { realSleep } from '../runs/sleep.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { gatherFigures } from './gather-figures.ts';
import { incidentDesk } from './incident-desk.ts';
import { incidentsWithoutSecrets } from './incidents-without-secrets.ts';
import { createReach } from './reach.ts';

/** What incidents are put together from. */
export interface IncidentPartsOptions {
  config: Pick<Config, 'incidentSettings'>;
  store: StoreDoor;
  targets: Targets;
  directory: SlackDirectory;
  client: SlackClient;
  clock: Clock;
  log: Log;
  redactor: Pick<Redactor, 'redactAll'>;
  /** A new id for a change. */
  changeId(): string;
  /** The address of the page of an incident; null where there is none. */
  page(id: string): string | null;
}

/** Incidents, from the declaration to the review. */
export interface IncidentParts {
  /** What the desk works with. */
  tools: IncidentTools;
  /** The channel of an incident, for what the outbox sends there. */
  roomOf: RoomOf;
  start(): void;
  stop(): Promise<void>;
}

/** Puts incidents together: their life, their timers, their channels and what looks after them. */
export function createIncidentParts(options: IncidentPartsOptions): IncidentParts {
  const { config, store, directory, client, log, redactor } = options;
  const { incidentSettings: settings } = config;
  const incidents = incidentsWithoutSecrets(store.incidents, redactor);
  const room = createIncidentRoom(client);
  const reach = createReach(directory, log);
  const life = createIncidents({
    incidents,
    rulesFor: (target) => rulesFor(settings, target),
    reach,
    newId: options.changeId,
    log,
    sleep: realSleep,
  });
  const settingUp = { life, room, ...placesIn(options) };
  const keeper = createIncidentKeeper({
    beat: store.presence.beat,
    wake: () =>
      wakeDue({
        incidents,
        samples: store.incidentSamples,
        life,
        setUp: (incident) => setUp(settingUp, incident),
        gather: (incident, now) => gatherFigures({ store, room, log }, incident, now),
        absenceSince: (at) => absenceSince(store, at),
        log,
      }),
    sample: () =>
      sampleAll({ incidents, samples: store.incidentSamples, life, look: lookAt(options), log }),
    repair: () => repairAll(store, life, log),
    onChanged: incidents.onChanged,
    log,
    sleep: realSleep,
  });
  return {
    tools: {
      life,
      ...incidentDesk(options),
      reach: (rules) => reach(rules),
    },
    roomOf: async (id) => {
      const channel = (await store.incidents.find(id))?.incident.channel ?? null;
      return channel?.lost === null ? channel.id : null;
    },
    start: keeper.start,
    stop: keeper.stop,
  };
}

/** Who belongs into the channel, where its card stands and what its bookmark leads to. */
const placesIn = ({
  store,
  page,
}: IncidentPartsOptions): Pick<SettingUp, 'belong' | 'cardIn' | 'link'> => ({
  belong: async (incident) => peopleOf(incident),
  cardIn: async (incident) =>
    (await store.outbox.standing(incident.id, 'incident', roomOf(incident)))?.ts ?? null,
  link: ({ id }) => {
    const link = page(id);
    return link === null ? null : { title: `${id}: everything so far`, link };
  },
});

/** Who declared it, who has a role in it, and whoever was called so far. */
const peopleOf = ({ declaredBy, roles, escalations }: Incident): string[] => [
  ...new Set([
    declaredBy.id,
    ...Object.values(roles).map(({ by }) => by),
    ...escalations.flatMap(({ people }) => people),
  ]),
];

/** The newest time in which nobody was there, when it lasted until after a deadline; null otherwise. */
async function absenceSince({ presence }: StoreDoor, at: number): Promise<Absence | null> {
  const found = await presence.absences(at);
  return found.findLast(({ from, until }) => from <= at && until >= at) ?? found.at(-1) ?? null;
}

const lookAt =
  ({ targets, clock }: IncidentPartsOptions) =>
  async (target: Target) =>
    sightAll(await targets.probes(target), clock, probeDeadline);

/** Puts back what every incident has to wait for, and logs that something was missing. */
async function repairAll({ incidents }: StoreDoor, life: IncidentLife, log: Log): Promise<void> {
  for (const { incident } of await incidents.unfinished()) {
    const deadlines = missingDeadlines(incident);
    if (deadlines.length === 0) continue;
    log.error({ incident: incident.id, deadlines }, 'Timers of an incident were missing');
    await life.do(incident.id, { kind: 'repaired', deadlines }, null);
  }
}
