import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Message } from '../../protocol.ts';
import type { Pane } from '../state/pane.ts';
import { icon } from './icon.ts';

/** How many replies a message has; a press opens them. */
export const threadSummary = (
  pane: Pane,
  { replies, ts, broadcast, threadTs }: Message,
): VNode | null =>
  broadcast
    ? html`<button type="button" class="thread-summary" onClick=${() => openThread(pane, threadTs ?? ts)}>
        ${icon('thread')}Replied to a thread
      </button>`
    : replies === 0
      ? null
      : html`<button type="button" class="thread-summary" onClick=${() => openThread(pane, ts)}>
        ${icon('thread')}${replies === 1 ? '1 reply' : `${replies} replies`}
      </button>`;

/** Shows a message's thread beside the channel. */
export function openThread(pane: Pane, ts: string): void {
  pane.thread.value = ts;
}
