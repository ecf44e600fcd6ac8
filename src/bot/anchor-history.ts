import type { WebClient } from '@slack/web-api';
import { type Anchor, anchorsIn } from '../core/anchor.ts';

/** As many as Slack advises. */
const perPage = 200;

/**
 * Every anchor that Gatehouse has posted into a channel, oldest first. What anybody else says there is
 * none, whatever it looks like.
 *
 * @throws {Error} when not all of the channel could be read.
 */
export async function readAnchorHistory(
  { auth, conversations }: Pick<WebClient, 'auth' | 'conversations'>,
  channel: string,
): Promise<Anchor[]> {
  const { user_id: self } = await auth.test();
  if (!self) throw new Error('Slack does not say who the token belongs to');
  const found: Anchor[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page = { channel, limit: perPage, ...(cursor && { cursor }) };
    const { messages, has_more, response_metadata } = await conversations.history(page);
    if (!messages) throw new Error('Slack’s answer about a channel cannot be read');
    for (const { user, text } of messages) if (user === self) found.push(...anchorsIn(text ?? ''));
    cursor = response_metadata?.next_cursor || undefined;
    if (has_more && !cursor) throw new Error('Slack does not say how the history goes on');
  }
  return found.toReversed();
}
