import type { WebClient } from '@slack/web-api';
import type { OutboxRow } from '../core/outbox.ts';

/** What says in a message’s metadata that it is Gatehouse’s, and which row of the outbox it is. */
export const keyOf = ({ id, subject }: Pick<OutboxRow, 'id' | 'subject'>) => ({
  event_type: 'gatehouse',
  event_payload: { outbox: id, subject },
});

/** As Slack advises, and more pages than a day of a busy channel has. */
const [perPage, mostPages] = [200, 50];

/**
 * Looks through a channel’s history for the message of a row, another one than the row knows
 * of; null when it is certainly not there.
 *
 * @param since In seconds since 1970.
 * @throws {Error} when not all of it could be read.
 */
export async function searchHistory(
  { conversations }: Pick<WebClient, 'conversations'>,
  row: Pick<OutboxRow, 'id' | 'subject' | 'posted'>,
  where: { channel: string; since: number },
): Promise<string | null> {
  const { channel, since: oldest } = where;
  const what = { channel, oldest: String(oldest), limit: perPage, include_all_metadata: true };
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { messages, has_more, response_metadata } = await conversations.history(
      cursor ? { ...what, cursor } : what,
    );
    if (!messages) throw new Error('Slack’s answer about a channel cannot be read');
    const found = messages.find((message) => isOf(row, message) && message.ts !== row.posted?.ts);
    if (found?.ts) return found.ts;
    cursor = response_metadata?.next_cursor;
    if (!cursor) {
      if (has_more) throw new Error('Slack does not say how the history goes on');
      return null;
    }
  }
  throw new Error('the channel has too much history to look through');
}

/** Rows of another database may have the same ids; their subjects do not. */
function isOf(row: Parameters<typeof keyOf>[0], { metadata }: { metadata?: object }): boolean {
  const { event_type, event_payload: says } = (metadata ?? {}) as Partial<ReturnType<typeof keyOf>>;
  const key = keyOf(row);
  const { outbox, subject } = key.event_payload;
  return event_type === key.event_type && says?.outbox === outbox && says.subject === subject;
}
