import type { SlackClient } from '../bot/calling/slack-client.ts';
import type { Config } from '../config/config.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Notifier } from '../core/notifier.ts';
import type { Redactor } from '../core/redactor.ts';
import type { SlackReach } from '../core/slack-reach.ts';
import { createSlackGuard, type SlackGuard } from '../incidents/calling/slack-guard.ts';
import type { IncidentLife } from '../incidents/incident-life.ts';
import { createNotifier } from '../notify/create-notifier.ts';
import { realSleep } from '../runs/sleep.ts';
import type { StoreDoor } from '../store/store-door.ts';
import { pageWords } from '../views/incidents/page-elsewhere.ts';

/** What it takes to look after incidents while Slack cannot be reached. */
export interface GuardOptions {
  config: Pick<Config, 'incidentSettings' | 'notify'>;
  store: Pick<StoreDoor, 'outbox' | 'audit'>;
  redactor: Pick<Redactor, 'redactAll'>;
  client: Pick<SlackClient, 'api'>;
  slackReach: SlackReach;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Calls people by mail and webhook while Slack cannot be reached; what they are told passes the redactor. */
export function guardSlack(options: GuardOptions, life: IncidentLife): SlackGuard {
  const { store, redactor, client, slackReach, log } = options;
  const notifier = notifierFrom(options);
  const guard = createSlackGuard({
    outbox: store.outbox,
    audit: store.audit,
    life,
    notifier,
    compose: (incident, contact) => redactor.redactAll(pageWords(incident, contact)),
    reach: slackReach,
    probe: () => client.api.auth.test(),
    log,
    sleep: realSleep,
  });
  return {
    start: guard.start,
    holding: guard.holding,
    async stop() {
      await guard.stop();
      await notifier.close();
    },
  };
}

function notifierFrom({ config, clock }: GuardOptions): Notifier {
  const { smtp, webhookKey: key } = config.notify;
  const { webhooks: addresses } = config.incidentSettings;
  return createNotifier({ smtp, webhooks: key && { addresses, key, now: clock.now } });
}
