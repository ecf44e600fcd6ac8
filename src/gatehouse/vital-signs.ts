import type { Bot } from '../bot/bot.ts';
import type { SlackDirectory } from '../bot/people/directory.ts';
import type { SlackReceiver } from '../bot/receiving/receiver.ts';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { IncidentPulse } from '../core/incident-figures.ts';
import { mostLag } from '../core/late-timers.ts';
import type { Readiness } from '../core/readiness.ts';
import type { Redactor } from '../core/redactor.ts';
import { recentAbsence, type SlackReach } from '../core/slack-reach.ts';
import { whyStopped } from '../runs/why-stopped.ts';
import type { StoreDoor } from '../store/store-door.ts';

/** What `/readyz` asks of each part; what they answer passes the redactor, since others wrote parts of it. */
export const checks = (
  bot: Bot,
  store: StoreDoor,
  directory: SlackDirectory,
  { redactAll }: Pick<Redactor, 'redactAll'>,
  reach: ReachSigns,
) => ({
  slack: () => redactAll(bot.ready()),
  reach: () => redactAll(whetherReached(reach)),
  directory: () => redactAll(directory.ready()),
  database: () => redactAll(readinessOf(store)),
  changes: async () => redactAll(await whetherChanges(store)),
  messages: async () => redactAll(await whetherMessages(store)),
  timers: async () => redactAll(await whetherTimers(store)),
});

/** What is known of whether Slack can be reached. */
interface ReachSigns {
  reach: Pick<SlackReach, 'away' | 'lastAway'>;
  clock: Pick<Clock, 'now'>;
}

const at = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** A Slack that is away is no fault of the bot either; timers and calls go on meanwhile. */
function whetherReached({ reach, clock }: ReachSigns): Readiness {
  const away = reach.away();
  if (away) {
    const since = at(away.since);
    return { ok: true, why: `Slack cannot be reached since ${since} UTC: ${away.why}.` };
  }
  const last = recentAbsence(reach, clock.now());
  const why = last && `Slack could not be reached from ${at(last.from)} to ${at(last.until)} UTC.`;
  return { ok: true, why };
}

/** How long `/readyz` waits to hear of the kill switch, in milliseconds. */
const patience = 1_000;

/** Stopped changes are no fault of the bot: whoever watches it must not start it anew because of them. */
async function whetherChanges({ state, killSwitch }: StoreDoor): Promise<Readiness> {
  if (state().kind !== 'open') return { ok: true, why: 'Nothing is changed without the database.' };
  const why = await within(patience, () => whyStopped(killSwitch)).catch(messageOf);
  return { ok: true, why };
}

/** Nor has a message that Slack does not take anything to do with the bot itself. */
async function whetherMessages(store: StoreDoor): Promise<Readiness> {
  const count = await unconfirmedIn(store);
  const why = `${count} messages may not stand in Slack as they should.`;
  return { ok: true, why: count > 0 ? why : null };
}

/** Late timers are no reason to start the bot anew, but somebody has to know that updates come late. */
async function whetherTimers(store: StoreDoor): Promise<Readiness> {
  const { lag } = await pulseOf(store);
  const why = `Timers of incidents are ${Math.round(lag / 1_000)} s late: updates and calls come late.`;
  return { ok: true, why: lag > mostLag ? why : null };
}

/** How incidents are; nothing is known of them while the database is not open. */
async function pulseOf({ state, incidentFigures }: StoreDoor): Promise<IncidentPulse> {
  if (state().kind !== 'open') return unknown;
  return within(patience, () => incidentFigures.pulse()).catch(() => unknown);
}

const none = Number.NaN;
const unknown: IncidentPulse = { open: { 1: none, 2: none, 3: none, 4: none }, lag: none };

/** How long the oldest notice waits to be sent, in seconds; not a number when it cannot be told. */
async function oldestWaiting({ state, outbox }: StoreDoor): Promise<number> {
  if (state().kind !== 'open') return none;
  const all = await within(patience, () => outbox.waiting()).catch(() => null);
  return all === null ? none : Math.max(0, ...all.map(({ waited }) => waited)) / 1_000;
}

/** How many messages were given up and not shown since; not a number when it cannot be told. */
async function unconfirmedIn({ state, outbox }: StoreDoor): Promise<number> {
  if (state().kind !== 'open') return Number.NaN;
  return within(patience, async () => (await outbox.unconfirmed()).length).catch(() => Number.NaN);
}

function readinessOf(store: StoreDoor): Readiness {
  const state = store.state();
  if (state.kind === 'open') return { ok: true, why: null };
  return { ok: false, why: storeTrouble(state) };
}

type NotOpen = Exclude<ReturnType<StoreDoor['state']>, { kind: 'open' }>;

const storeTrouble = (state: NotOpen): string =>
  'why' in state && state.why !== null ? state.why : `the database is ${state.kind}`;

/** What `/metrics` shows beside the counts. */
export const gauges = (receiver: SlackReceiver, store: StoreDoor) => [
  {
    name: 'slack_connected',
    help: 'Whether Slack reaches Gatehouse.',
    read: () => Number(receiver.ready().ok),
  },
  {
    name: 'database_open',
    help: 'Whether the database is open.',
    read: () => Number(store.state().kind === 'open'),
  },
  {
    name: 'messages_unconfirmed',
    help: 'Messages that were given up and may not stand in Slack as they should; 50 is 50 or more.',
    read: () => unconfirmedIn(store),
  },
  {
    name: 'incidents_open',
    help: 'Incidents that are being worked on.',
    label: 'severity',
    read: async () => (await pulseOf(store)).open,
  },
  {
    name: 'incident_timer_lag_seconds',
    help: 'By how much the latest timer of an incident is late; look when it is more than 10.',
    read: async () => (await pulseOf(store)).lag / 1_000,
  },
  {
    name: 'outbox_age_seconds',
    help: 'How long the oldest notice waits to be sent.',
    read: () => oldestWaiting(store),
  },
];
