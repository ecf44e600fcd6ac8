import type { Asked } from '../../handlers/desk.ts';
import type { Message } from '../../views/blocks/message.ts';
import type { AckPayload } from './acknowledgement.ts';

/** Why nothing is done about a delivery. */
export type Decline = 'not-recorded' | 'starting' | 'stopping';

/** The sentence for each. */
export function declineText(why: Decline): string {
  switch (why) {
    case 'not-recorded':
      return 'This was not recorded, so nothing will happen: the database did not answer in time. Commands that only read, such as `/auth status`, still work. Please try again in a minute.';
    case 'starting':
      return 'This was not recorded, so nothing will happen: Gatehouse has just started and is still opening its database. Commands that only read, such as `/auth status`, still work. Please try again in a few seconds.';
    case 'stopping':
      return 'This was not taken, so nothing will happen: Gatehouse is just being restarted. Please try again in a minute.';
  }
}

/** What a person is told when a fault broke their request off. */
export const faultText = (code: string): string =>
  `Something broke on the side of Gatehouse, and your request may not be finished. The fault is logged as \`${code}\`. Please try again; if it breaks again, give that code to whoever runs Gatehouse.`;

/** A message of one paragraph. */
export const paragraph = (text: string): Message => ({
  text,
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
});

/**
 * The acknowledgement that says so, where Slack shows one: after a command, and inside a form, which
 * stays open with what was typed. Undefined where it has to be said otherwise.
 */
export function declinePayload(asked: Asked, why: Decline): AckPayload | undefined {
  const text = declineText(why);
  if (asked.kind === 'command') return { response_type: 'ephemeral', ...paragraph(text) };
  if (asked.kind !== 'submission') return undefined;
  const [block] = Object.keys(asked.values);
  if (block !== undefined) return { response_action: 'errors', errors: { [block]: text } };
  const { blocks } = paragraph(text);
  const title = { type: 'plain_text', text: 'Nothing will happen' } as const;
  return { response_action: 'update', view: { type: 'modal', title, blocks } };
}
