import { app, team } from '../people.ts';
import type { Deliver } from './deliver.ts';
import type { Acknowledgement, Delivery, Retry } from './delivery.ts';

/** Tells the app what happened, if its manifest asked for that. */
export interface Events {
  /**
   * Sends one event, and again up to three times until it is acknowledged. Resolves with the first
   * answer, or null when the app did not subscribe to `type`.
   */
  emit(event: { type: string } & Record<string, unknown>): Promise<Acknowledgement | null>;
  close(): void;
}

interface Options {
  deliver: Deliver;
  /** The names in the manifest: `app_mention`, `message.im`, … */
  subscribed: readonly string[];
  /** How long before each repetition, in milliseconds; Slack: at once, a minute, five minutes. */
  retryDelays: readonly number[];
  now(): number;
  id(prefix: string): string;
  token: string;
}

/** Events with Slack's repetitions. */
export function createEvents(options: Options): Events {
  const { deliver, subscribed, retryDelays } = options;
  const timers = new Set<NodeJS.Timeout>();
  const again = (delivery: Delivery, last: Acknowledgement, attempt: number) => {
    const delay = retryDelays[attempt - 1];
    if (last.ok || delay === undefined) return;
    const timer = setTimeout(async () => {
      timers.delete(timer);
      again(delivery, await deliver(delivery, { attempt, reason: reasonOf(last) }), attempt + 1);
    }, delay).unref();
    timers.add(timer);
  };
  return {
    async emit(event) {
      if (!subscribed.includes(subscriptionOf(event))) return null;
      const payload = callback(event, options);
      const delivery: Delivery = { kind: 'events_api', what: `events_api ${event.type}`, payload };
      const first = await deliver(delivery);
      again(delivery, first, 1);
      return first;
    },
    close: () => timers.forEach(clearTimeout),
  };
}

/** `message` is subscribed to by kind of channel. */
const kinds = { channel: 'channels', group: 'groups', im: 'im' } as Record<string, string>;

const subscriptionOf = (event: { type: string } & Record<string, unknown>): string =>
  event.type === 'message' ? `message.${kinds[String(event.channel_type)]}` : event.type;

const reasonOf = (last: Acknowledgement): Retry['reason'] => {
  if (last.ok || last.error === 'operation_timeout') return 'timeout';
  return last.error === 'dispatch_failed' ? 'connection_failed' : 'http_error';
};

const callback = (event: Record<string, unknown>, { now, id, token }: Options) => ({
  token,
  team_id: team.id,
  enterprise_id: null,
  api_app_id: app.id,
  event,
  type: 'event_callback',
  event_id: id('Ev'),
  event_time: Math.floor(now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: team.id,
      user_id: app.botUser,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: `4-${id('E')}`,
});
