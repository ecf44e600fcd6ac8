import type { WebClient } from '@slack/web-api';
import { ok, type Result } from '../core/result.ts';
import type { OutboxCalls } from './outbox-calls.ts';
import type { Trouble } from './outbox-trouble.ts';

/** Finds the channel of a place: a channel is itself, `user:U…` is the direct messages with that person. */
export type OutboxPlaces = (to: string) => Promise<Result<string, Trouble>>;

const prefix = 'user:';

/** Makes it; direct messages are opened once. */
export function createOutboxPlaces(
  api: Pick<WebClient, 'conversations'>,
  call: OutboxCalls,
): OutboxPlaces {
  const opened = new Map<string, string>();
  return async (to) => {
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
