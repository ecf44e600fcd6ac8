import type { Receiver } from '@slack/bolt';
import type { Readiness } from '../../core/readiness.ts';

/** What takes deliveries from Slack and hands them to Bolt. */
export interface SlackReceiver extends Receiver {
  /** Begins; does not wait for Slack. */
  start(): Promise<void>;
  /** Takes nothing more and sends the acknowledgements that are owed. */
  stop(): Promise<void>;
  ready(): Readiness;
}
