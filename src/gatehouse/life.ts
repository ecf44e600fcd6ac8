import type { Bot } from '../bot/bot.ts';
import type { SlackDirectory } from '../bot/people/directory.ts';
import type { HttpReceiver } from '../bot/receiving/http-receiver.ts';
import type { SlackReceiver } from '../bot/receiving/receiver.ts';
import { messageOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { loadAll } from '../core/on-demand.ts';
import type { SlackReach } from '../core/slack-reach.ts';
import type { Targets } from '../core/targets.ts';
import { handlersOnDemand } from '../handlers/on-demand.ts';
import type { StoreDoor } from '../store/store-door.ts';
import type { Metrics } from '../web/metrics.ts';
import { startWeb, type Web } from '../web/server.ts';
import type { Gatehouse, GatehouseParts } from './gatehouse-parts.ts';
import type { IncidentParts } from './incident-parts.ts';
import type { IncidentSite } from './incident-site.ts';
import { wrongLadder } from './ladder-at-start.ts';
import { partsOnDemand } from './on-demand.ts';
import type { RunParts } from './run-parts.ts';
import type { SuspendedDirectory } from './suspended.ts';
import { checks } from './vital-signs.ts';

/** Loading the database code takes the processor from the first answers; they go first, in milliseconds. */
const storeDelay = 250;

/** What has to be started and stopped, in this order. */
export interface Organs {
  bot: Bot;
  runs: RunParts;
  incidents: IncidentParts;
  receiver: SlackReceiver | HttpReceiver;
  metrics: Metrics;
  store: StoreDoor;
  directory: SlackDirectory;
  suspended: SuspendedDirectory;
  targets: Targets;
  slackReach: SlackReach;
  site: IncidentSite;
}

/** Starts what was put together, and stops it in the opposite order. */
export function lifeOf(
  organs: Organs,
  { config, clock, log, redactor }: GatehouseParts,
): Gatehouse {
  const { bot, runs, incidents, receiver, metrics, store, directory, suspended, targets } = organs;
  const broken = Promise.withResolvers<string>();
  const ended = new AbortController();
  let web: Web | null = null;
  store.opened().catch((error: unknown) => broken.resolve(redactor.redact(messageOf(error))));
  return {
    async start() {
      const slack = 'listener' in receiver ? { slack: receiver.listener } : {};
      web = await startWeb({
        ...config.web,
        ...slack,
        metrics,
        incidents: organs.site.pages,
        checks: checks(bot, store, directory, redactor, { reach: organs.slackReach, clock }),
      });
      organs.site.listens(web.url);
      await bot.start();
      setTimeout(() => {
        store.open();
        void loadTheRest(log);
      }, storeDelay).unref();
      void store.opened().then(suspended.start, () => {});
      void store.opened().then(runs.start, () => {}); // `broken` tells why not
      void store.opened().then(incidents.start, () => {});
      const ladder = { config, directory, log, ended: ended.signal };
      void store.opened().then(
        async () => {
          const wrong = await wrongLadder(ladder);
          if (wrong !== null) broken.resolve(wrong);
        },
        () => {},
      );
      return web.url;
    },
    async stop(patience) {
      ended.abort();
      const left = await bot.stop(patience);
      if (left > 0) log.warn({ left }, 'stopped before everything that had begun was finished');
      suspended.stop();
      await incidents.stop();
      await runs.stop(patience);
      await Promise.all([web?.close(), targets.close(), store.close()]);
    },
    ready: bot.ready,
    broken: broken.promise,
  };
}

/** So that the first click of a night waits for no disk. */
async function loadTheRest(log: Log): Promise<void> {
  await loadAll({ ...handlersOnDemand, ...partsOnDemand }, (part, error) =>
    log.error(
      { part, why: messageOf(error) },
      'A part of Gatehouse could not be loaded; it is tried again when somebody needs it',
    ),
  );
  log.debug({}, 'What is needed later was loaded');
}
