import type { Message } from '../../workspace/protocol.ts';
import { type Grounds, tokens } from './grounds.ts';

/** What a button carries unseen. */
export interface ButtonSecret {
  action: string;
  value: string;
}

/**
 * A message of Gatehouse with a button that this version knows nothing of, as an older one may have
 * left it: pressing it may change something, for all that anybody can tell.
 */
export const leaveOldButton = (grounds: Grounds, channel: string, as: string): Promise<Message> =>
  leaveButton(grounds, channel, as, { action: 'restart:7', value: 'rust-auth@prod' });

/** A message of Gatehouse with one button, `Restart`, that carries this; `as` sees it. */
export async function leaveButton(
  { slack, slackUrl }: Pick<Grounds, 'slack' | 'slackUrl'>,
  channel: string,
  as: string,
  { action, value }: ButtonSecret,
): Promise<Message> {
  const text = { type: 'plain_text', text: 'Restart' };
  const button = { type: 'button', action_id: action, value, text };
  const response = await fetch(`${slackUrl}/api/chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.bot}` },
    body: JSON.stringify({
      channel,
      text: 'From an older version',
      blocks: [{ type: 'actions', elements: [button] }],
    }),
  });
  const { ts } = (await response.json()) as { ts: string };
  return slack.waitFor(as, ({ messages }) => messages.find((one) => one.ts === ts));
}
