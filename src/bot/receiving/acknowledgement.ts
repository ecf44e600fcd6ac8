import type { Message, View } from '../../views/blocks/message.ts';

/** What goes back with an acknowledgement: a message for the asker, or what a form does next. */
export type AckPayload =
  | (Message & { response_type: 'ephemeral' })
  | { response_action: 'errors'; errors: Record<string, string> }
  | { response_action: 'update'; view: View };

/** Tells Slack that a delivery has arrived. Only the first call does anything; it never throws. */
export type Acknowledge = (payload?: AckPayload) => Promise<void>;

/** An acknowledgement that works once, and reports to `done` when it is out. */
export function acknowledgeOnce(
  send: (payload?: AckPayload) => Promise<void>,
  failed: (error: unknown) => void,
): Acknowledge {
  let used = false;
  return async (payload) => {
    if (used) return;
    used = true;
    try {
      await send(payload);
    } catch (error) {
      failed(error);
    }
  };
}
