import type { HomeView, KnownBlock, ModalView } from '@slack/types';

/** A Slack message: `text` is what notifications and screen readers get. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** A form or a Home tab. */
export type View = ModalView | HomeView;
