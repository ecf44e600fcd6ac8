import type { Clock } from '../../core/clock.ts';
import type { OutboxRow } from '../../core/outbox.ts';
import type { Message } from '../../views/blocks/message.ts';
import type { SlackClient } from '../calling/slack-client.ts';
import type { OutboxCalls } from './outbox-calls.ts';
import type { Gates } from './outbox-gates.ts';
import type { OutboxPlaces, OutboxRooms } from './outbox-places.ts';

/** What a message says now, and which version of its subject that is. */
export interface Drawn {
  message: Message;
  version: number;
  /** Whether it calls somebody: then it is rather said twice than not at all. */
  page?: boolean;
}

/** What an attempt needs. */
export interface AttemptOptions {
  api: SlackClient['api'];
  call: OutboxCalls;
  places: OutboxPlaces;
  /** Hears that the channel of an incident does not take anything any more. */
  rooms?: Pick<OutboxRooms, 'refused' | 'oldCards'>;
  gates: Gates;
  /** Draws the newest state; null when there is nothing to show any more. */
  draw(row: OutboxRow): Promise<Drawn | null>;
  clock: Clock;
  /** Waits; false when it was cut short because the sender stops. */
  pause(ms: number): Promise<boolean>;
}
