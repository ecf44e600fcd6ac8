import type { App } from '@slack/bolt';
import { messageOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Acknowledge } from './acknowledgement.ts';
import type { Body } from './body.ts';

/** Takes a delivery in. Resolves when everything about it is done; never rejects. */
export type Deliver = (body: Body, acknowledge: Acknowledge) => Promise<void>;

/**
 * Hands deliveries to Bolt. The checked body and its acknowledgement travel beside Bolt's own, since
 * Bolt acknowledges events before anybody has looked at them.
 */
export function throughBolt(app: App, log: Log): Deliver {
  return async (body, acknowledge) => {
    try {
      await app.processEvent({
        body,
        ack: async () => {},
        customProperties: { delivered: { body, acknowledge } },
      });
    } catch (error) {
      log.error({ why: messageOf(error) }, 'Bolt failed on a delivery');
    }
    await acknowledge();
  };
}

/** Registers the one function that gets every delivery. Bolt runs every listener for each of them, so there is no other. */
export function listen(app: App, deliver: Deliver): void {
  app.use(async ({ context }) => {
    const { body, acknowledge } = context.delivered;
    await deliver(body, acknowledge);
  });
}
