import { createBot } from '../bot/bot.ts';
import { asksFirst, tellsAfterwards } from '../bot/calling/keep-pace.ts';
import type { SlackClient } from '../bot/calling/slack-client.ts';
import { createPost } from '../bot/create-post.ts';
import { createDirectory, type SlackDirectory } from '../bot/people/directory.ts';
import { createPeopleNames } from '../bot/people/people-names.ts';
import { createSlackReach, recentAbsence, type SlackReach } from '../core/slack-reach.ts';
import type { Targets } from '../core/targets.ts';
import { createDesk } from '../handlers/create-desk.ts';
import { realSleep } from '../runs/sleep.ts';
import { type StoreDoor, storeDoor } from '../store/store-door.ts';
import type { StoreState } from '../store/store-state.ts';
import { createTargets } from '../targets/targets.ts';
import { createMetrics } from '../web/metrics.ts';
import type { Gatehouse, GatehouseParts } from './gatehouse-parts.ts';
import { createIncidentParts } from './incident-parts.ts';
import { createIncidentSite } from './incident-site.ts';
import { lifeOf } from './life.ts';
import { partsOnDemand } from './on-demand.ts';
import { createRunParts, type RunParts } from './run-parts.ts';
import { refuseSecondAccounts } from './second-accounts.ts';
import { receiverFor, slackClientOf } from './slack-lines.ts';
import { refuseSuspended } from './suspended.ts';
import { gauges } from './vital-signs.ts';

/** How the app is called in a channel. */
const botName = 'Gatehouse';
/** How long anybody waits for the database, in milliseconds. */
const storePatience = 5_000;
/** How long the outbox gives one call to Slack, in milliseconds: a row is its taker's for ten seconds. */
const courierPatience = 4_000;

/** Puts the parts together. */
export function createGatehouse(parts: GatehouseParts): Gatehouse {
  const { config, log, redactor } = parts;
  const targets = createTargets({ ...parts, catalogue: config.catalogue });
  const store = storeDoor({ open: parts.openStore, patience: storePatience, log });
  const slackReach = createSlackReach(parts.clock);
  const pace = tellsAfterwards(store.pace);
  const client = slackClientOf(parts, { reach: slackReach, pace });
  const people = peopleOf(parts, store, client);
  const work = workOf(parts, { store, targets, slackReach, ...people });
  const { runs, incidents } = work;
  const desk = createDesk({
    ...parts,
    ...config,
    running: runs.tools,
    incidentTools: incidents.tools,
    directory: people.directory,
    targets: runs.targets,
    slackAway: () => recentAbsence(slackReach, parts.clock.now()),
    claims: { all: () => whenOpen(store, () => store.claims.all()) },
    redact: redactor.redact,
    post: createPost(client.api),
    botName,
  });
  const receiver = receiverFor(parts, client);
  const metrics = createMetrics(gauges(receiver, store), incidents.tallies);
  const bot = createBot({
    ...parts,
    ...{ receiver, client, desk, directory: people.directory, intake: store.intake },
    team: config.team,
    channelChanged: incidents.channelChanged,
    opening: () => isOpening(store.state()),
    meter: metrics,
  });
  return lifeOf({ bot, ...work, ...people, receiver, metrics, store, targets, slackReach }, parts);
}

/** Who is who, and who is answered no more. */
function peopleOf(parts: GatehouseParts, store: StoreDoor, client: SlackClient) {
  const { config, clock, log, lookUpFor: patience } = parts;
  const roles = () => config.policy.roles;
  const oncall = () => config.policy.oncall ?? {};
  const who = { api: client.api, team: config.team, roles, oncall };
  const everybody = createDirectory({ ...who, clock, log, ...(patience && { patience }) });
  const known = refuseSecondAccounts(everybody, config.accounts.second);
  const suspended = refuseSuspended({ directory: known, suspensions: store.suspensions, log });
  return { directory: suspended.directory, suspended };
}

/** Runs and incidents, which show each other, and one sender for what both have to say. */
function workOf(
  parts: GatehouseParts,
  shared: {
    store: StoreDoor;
    targets: Targets;
    directory: SlackDirectory;
    slackReach: SlackReach;
  },
) {
  const pace = asksFirst({ ...parts, pace: shared.store.pace, sleep: realSleep });
  const kept = { reach: shared.slackReach, pace, timeout: courierPatience };
  const client = slackClientOf(parts, kept);
  const names = createPeopleNames(client.api, parts.clock);
  const site = createIncidentSite({ ...parts, ...shared, names });
  const { page, door, report } = site;
  const incidents = createIncidentParts({
    ...parts,
    ...shared,
    ...{ client, page, door, report, changeId: parts.runId },
    requestRun: (request) => runs.tools.runner.request(request),
  });
  const runs: RunParts = createRunParts({
    ...parts,
    ...shared,
    ...{
      client,
      rooms: incidents.rooms,
      paused: incidents.holding,
      changedInIncident: incidents.runChanged,
      vacate: incidents.vacate,
    },
    drawIncidents: async (row) => {
      const { drawIncidents } = await partsOnDemand.incidentMessages();
      return drawIncidents({ store: shared.store, config: parts.config })(row);
    },
  });
  return { runs, incidents, site };
}

/** Only just: nothing has gone wrong with it so far. */
const isOpening = (state: StoreState): boolean => state.kind === 'opening' && state.why === null;

/** Whoever only looks waits for no database that is not open. */
const whenOpen = <T>(store: StoreDoor, read: () => Promise<T>): Promise<T> =>
  store.state().kind === 'open' ? read() : Promise.reject(new Error('the database is not open'));
