import type { WebClient } from '@slack/web-api';
import { err, ok, type Result } from '../core/result.ts';
import type { OutboxCalls } from './outbox-calls.ts';
import type { Trouble } from './outbox-trouble.ts';

/**
 * Finds the channel of a place: a channel is itself, `user:U…` is the direct messages with that person, and
 * `incident:INC-…` the channel that the incident has now.
 */
export type OutboxPlaces = (to: string) => Promise<Result<string, Trouble>>;

/** The channel of an incident; null while there is none that can be written into. @throws when nobody knows. */
export type RoomOf = (incident: string) => Promise<string | null>;

const prefix = 'user:';
const roomPrefix = 'incident:';
/** How soon a message for a channel that is still being made is looked at again, in milliseconds. */
const untilMade = 500;

/** Makes it; direct messages are opened once. */
export function createOutboxPlaces(
  api: Pick<WebClient, 'conversations'>,
  call: OutboxCalls,
  roomOf: RoomOf = async () => null,
): OutboxPlaces {
  const opened = new Map<string, string>();
  return async (to) => {
    if (to.startsWith(roomPrefix)) {
      const room = await roomOf(to.slice(roomPrefix.length));
      const why = 'the incident has no channel that can be written into';
      return room === null ? err({ kind: 'later', retryIn: untilMade, why }) : ok(room);
    }
    if (!to.startsWith(prefix)) return ok(to);
    const known = opened.get(to);
    if (known !== undefined) return ok(known);
    const found = await call('conversations.open', to, async () => {
      const { channel } = await api.conversations.open({ users: to.slice(prefix.length) });
      if (!channel?.id) throw new Error('Slack opened no direct messages with the person');
      return channel.id;
    });
    if (found.ok) opened.set(to, found.value);
    return found;
  };
}
