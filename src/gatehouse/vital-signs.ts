import type { Bot } from '../bot/bot.ts';
import type { SlackDirectory } from '../bot/directory.ts';
import type { SlackReceiver } from '../bot/receiver.ts';
import { within } from '../core/deadline.ts';
import { messageOf } from '../core/errors.ts';
import type { Readiness } from '../core/readiness.ts';
import type { Redactor } from '../core/redactor.ts';
import { whyStopped } from '../runs/why-stopped.ts';
import type { StoreDoor } from '../store/store-door.ts';

/** What `/readyz` asks of each part; what they answer passes the redactor, since others wrote parts of it. */
export const checks = (
  bot: Bot,
  store: StoreDoor,
  directory: SlackDirectory,
  { redactAll }: Pick<Redactor, 'redactAll'>,
) => ({
  slack: () => redactAll(bot.ready()),
  directory: () => redactAll(directory.ready()),
  database: () => redactAll(readinessOf(store)),
  changes: async () => redactAll(await whetherChanges(store)),
  messages: async () => redactAll(await whetherMessages(store)),
});

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
];
