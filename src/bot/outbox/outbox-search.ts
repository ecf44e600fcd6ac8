import type { WebClient } from '@slack/web-api';
import type { OutboxRow } from '../../core/outbox.ts';

const eventType = 'gatehouse';

/** What says in a message’s metadata that it is Gatehouse’s, and which row of the outbox it is. */
export const keyOf = ({ id, subject }: Pick<OutboxRow, 'id' | 'subject'>) => ({
  event_type: eventType,
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
  { conversations }: { conversations: Pick<WebClient['conversations'], 'history'> },
  row: Pick<OutboxRow, 'id' | 'subject' | 'posted'>,
  where: { channel: string; since: number },
): Promise<string | null> {
  for await (const messages of pagesSince(conversations, where)) {
    const found = messages.find((message) => isOf(row, message) && message.ts !== row.posted?.ts);
    if (found?.ts) return found.ts;
  }
  return null;
}

/** A message of a channel’s history, as far as it matters whose it is. */
export interface PastMessage {
  ts?: string;
  text?: string;
  metadata?: object;
}

/**
 * What was said in a channel since then, in pages, the newest first.
 *
 * @throws {Error} when not all of it can be read.
 */
export async function* pagesSince(
  conversations: Pick<WebClient['conversations'], 'history'>,
  { channel, since }: { channel: string; since: number },
): AsyncGenerator<readonly PastMessage[]> {
  const oldest = String(since);
  const what = { channel, oldest, limit: perPage, include_all_metadata: true };
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { messages, has_more, response_metadata } = await conversations.history(
      cursor ? { ...what, cursor } : what,
    );
    if (!messages) throw new Error('Slack’s answer about a channel cannot be read');
    yield messages;
    cursor = response_metadata?.next_cursor;
    if (!cursor) {
      if (has_more) throw new Error('Slack does not say how the history goes on');
      return;
    }
  }
  throw new Error('the channel has too much history to look through');
}

/** What a message of Gatehouse’s is about; null when it is nobody’s or another app’s. */
export function subjectOf({ metadata }: PastMessage): string | null {
  const { event_type, event_payload } = (metadata ?? {}) as Partial<ReturnType<typeof keyOf>>;
  return event_type === eventType ? (event_payload?.subject ?? null) : null;
}

/** Rows of another database may have the same ids; their subjects do not. */
function isOf(row: Parameters<typeof keyOf>[0], { metadata }: { metadata?: object }): boolean {
  const { event_type, event_payload: says } = (metadata ?? {}) as Partial<ReturnType<typeof keyOf>>;
  const key = keyOf(row);
  const { outbox, subject } = key.event_payload;
  return event_type === key.event_type && says?.outbox === outbox && says.subject === subject;
}
