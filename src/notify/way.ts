import type { Page } from '../core/notifier.ts';

/** One way to call somebody without Slack; its code is loaded when the first page goes out. */
export interface Way<To> {
  /** @throws when it was not taken, or nobody knows. */
  send(to: To, page: Page): Promise<void>;
  close(): Promise<void>;
}
