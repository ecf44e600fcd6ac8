import type { Message } from '../../workspace/protocol.ts';
import { type Grounds, tokens } from './grounds.ts';

/**
 * A message of Gatehouse with a button that this version knows nothing of, as an older one may have
 * left it: pressing it may change something, for all that anybody can tell.
 */
export async function leaveOldButton(
  { slack, slackUrl }: Grounds,
  channel: string,
  as: string,
): Promise<Message> {
  const button = { type: 'button', action_id: 'restart:7', value: 'rust-auth@prod' };
  const text = { type: 'plain_text', text: 'Restart' };
  const response = await fetch(`${slackUrl}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.bot}` },
    body: JSON.stringify({
      channel,
      text: 'From an older version',
      blocks: [{ type: 'actions', elements: [{ ...button, text }] }],
    }),
  });
  const { ts } = (await response.json()) as { ts: string };
  return slack.waitFor(as, ({ messages }) => messages.find((one) => one.ts === ts));
}
