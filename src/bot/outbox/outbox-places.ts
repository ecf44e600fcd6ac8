import type { WebClient } from '@slack/web-api';
import { messageOf } from '../../core/errors.ts';
import type { Standing } from '../../core/outbox.ts';
import { err, ok, type Result } from '../../core/result.ts';
import type { OutboxCalls } from './outbox-calls.ts';
import type { Trouble } from './outbox-trouble.ts';

/**
 * Finds the channel of a place: a channel is itself, `user:U…` is the direct messages with that person, and
 * `incident:INC-…` the channel that the incident has now.
 */
export type OutboxPlaces = (to: string) => Promise<Result<string, Trouble>>;

/**
 * The channel of an incident as it is now; `waiting` for as many milliseconds at least while there is none that
 * can be written into, `none` when there never will be one.
 */
export type RoomFound =
  | { kind: 'open'; channel: string }
  | { kind: 'waiting'; ms: number; why: string }
  | { kind: 'none'; why: string };

/** What sending knows of cards that stand in a channel which their incident has left, and tells of them. */
export interface OldCards {
  /** Whether the incident still has that channel, has left it, or has left it and is about security. */
  whose(incident: string, posted: Standing): Promise<'its' | 'left' | 'secret'>;
  /** Nothing of the card stands there any more, or why it still does. @throws when that is not written down. */
  left(incident: string, posted: Standing, why: string | null): Promise<void>;
}

/** What sending knows of the channels of incidents, and tells of them. */
export interface OutboxRooms {
  /** @throws when nobody knows. */
  find(incident: string): Promise<RoomFound>;
  /** Slack said that nothing can be written in the incident's channel. */
  refused(incident: string): void;
  /** The card of the incident stands in its channel, as another message than before. */
  cardStands(incident: string): void;
  oldCards?: OldCards;
}

/** The incident whose own channel a place is; null for any other place. */
export const roomIn = (to: string): string | null =>
  to.startsWith(roomPrefix) ? to.slice(roomPrefix.length) : null;

const prefix = 'user:';
const roomPrefix = 'incident:';

/** Makes it; direct messages are opened once. */
export function createOutboxPlaces(
  api: Pick<WebClient, 'conversations'>,
  call: OutboxCalls,
  rooms?: Pick<OutboxRooms, 'find'>,
): OutboxPlaces {
  const opened = new Map<string, string>();
  return async (to) => {
    const incident = roomIn(to);
    if (incident !== null) return (rooms ?? noRooms).find(incident).then(roomFor, unknown);
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

const noRooms: Pick<OutboxRooms, 'find'> = {
  find: async () => ({ kind: 'none', why: 'there are no incidents here' }),
};

/** Nobody knows at the moment, which is no fault of the message. */
const unknown = (error: unknown): Result<string, Trouble> =>
  err({ kind: 'later', retryIn: 2_000, why: messageOf(error) });

function roomFor(found: RoomFound): Result<string, Trouble> {
  if (found.kind === 'open') return ok(found.channel);
  const { why } = found;
  if (found.kind === 'waiting') return err({ kind: 'later', retryIn: found.ms, why });
  return err({ kind: 'refused', retryIn: 0, why });
}
